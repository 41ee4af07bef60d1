"""延期: asked by the lead unit; where the pack wants an approval, decided by the office."""

from chassis.access import Role
from chassis.message import id_of
from chassis.privacy import mask
from chassis.work import Work
from services.dispatch.application.commands import OFFICE, UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import (
    assigned_unit,
    in_the_city,
    load_assignment,
    load_order,
    own_extension,
)
from services.dispatch.application.messages import (
    AllowExtension,
    FileLongCycle,
    GrantExtension,
    RecordExplanation,
    RefuseExtension,
    RequestExtension,
)
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import allowances, extensions
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.notes import Extension, Note
from services.dispatch.domain.regime import ExtensionRules, LongCycle
from services.dispatch.domain.states import Route


@commands.on(RequestExtension, roles=UNIT, relation=assigned_unit)
def request_extension(cmd: RequestExtension, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).extensions
    _check_required(cmd, rules)
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


@commands.on(FileLongCycle, roles=UNIT, relation=assigned_unit)
def file_long_cycle(cmd: FileLongCycle, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).extensions
    _check_required(cmd, extensions.long_cycle(rules))
    extension = Extension(
        id=work.new_id(),
        assignment_id=assignment.id,
        round=order.round,
        working_days=cmd.working_days,
        filed_at=work.now,
        reason=sealing.to_citizen(order, "extension.reason", cmd.reason),
        route=Route.LONG_CYCLE,
        basis=sealing.to_citizen(order, "extension.basis", cmd.basis),
        confirmed_by=sealing.own(order, "extension.confirmed_by", cmd.confirmed_by),
    )
    work.save(order, *extensions.request(order, assignment, extension, rules=rules, now=work.now))
    return saved(order)


@commands.on(AllowExtension, roles={Role.SUPERVISOR}, relation=in_the_city)
def allow_extension(cmd: AllowExtension, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).extensions
    by = sealing.own(order, "extension.allowed_by", work.principal.id)
    allowed = allowances.allow(order, assignment, cmd.bar, by=by, rules=rules, now=work.now)
    reason = sealing.to_citizen(order, "extension.allowed", cmd.reason)
    order.notes.append(Note("extension_allowed", "", work.now, reason, to=assignment.unit))
    work.save(order, allowed)
    return saved(order)


@commands.on(RecordExplanation, roles=UNIT, relation=own_extension)
def record_explanation(cmd: RecordExplanation, work: Work, *, desk: Desk) -> WorkOrderView:
    order = load_order(cmd, work)
    extension = order.extension(id_of(cmd.name, "extensions"))
    rules, proof = desk.regime_of(order).extensions, mask(cmd.proof)
    work.save(order, extensions.explain(order, extension, method=cmd.method, proof=proof, rules=rules, now=work.now))
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


def _check_required(cmd: RequestExtension | FileLongCycle, rules: ExtensionRules | LongCycle) -> None:
    for field in sorted(rules.required):
        if not getattr(cmd, field):
            raise FieldRequired(field=field, basis=str(rules.basis))
