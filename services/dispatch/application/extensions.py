"""延期: asked by the lead unit; where the pack wants an approval, decided by the office."""

from chassis.message import id_of
from chassis.work import Work
from services.dispatch.application.commands import OFFICE, UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import assigned_unit, in_the_city, load_assignment, load_order
from services.dispatch.application.messages import GrantExtension, RefuseExtension, RequestExtension
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import extensions
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.notes import Extension, Note


@commands.on(RequestExtension, roles=UNIT, relation=assigned_unit)
def request_extension(cmd: RequestExtension, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).extensions
    for field in sorted(rules.required):
        if not getattr(cmd, field):
            raise FieldRequired(field=field, basis=str(rules.basis))
    extension = Extension(
        id=work.new_id(),
        assignment_id=assignment.id,
        round=order.round,
        working_days=cmd.working_days,
        filed_at=work.now,
        reason=sealing.to_citizen(order, "extension.reason", cmd.reason),
        agreed_by=sealing.own(order, "extension.agreed_by", cmd.agreed_by),
    )
    work.save(order, *extensions.request(order, assignment, extension, rules=rules, now=work.now))
    return saved(order)


@commands.on(GrantExtension, roles=OFFICE, relation=in_the_city)
def grant_extension(cmd: GrantExtension, work: Work, *, desk: Desk) -> WorkOrderView:
    order = load_order(cmd, work)
    extension = order.extension(id_of(cmd.name, "extensions"))
    rules = desk.regime_of(order).extensions
    work.save(order, extensions.grant(order, extension, rules=rules, now=work.now))
    return saved(order)


@commands.on(RefuseExtension, roles=OFFICE, relation=in_the_city)
def refuse_extension(cmd: RefuseExtension, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    extension = order.extension(id_of(cmd.name, "extensions"))
    refused = extensions.refuse(order, extension, now=work.now)
    reason = sealing.to_citizen(order, "extension.refused", cmd.reason)
    unit = order.assignment(extension.assignment_id).unit
    order.notes.append(Note("extension_refused", "", work.now, reason, to=unit))
    work.save(order, refused)
    return saved(order)
