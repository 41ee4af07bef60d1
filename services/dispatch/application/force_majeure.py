"""不可抗力, recorded by a supervisor."""

from chassis.access import Role
from chassis.work import Work
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import in_the_city, load_order
from services.dispatch.application.messages import RecordForceMajeure
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import force_majeure
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.notes import Note


@commands.on(RecordForceMajeure, roles={Role.SUPERVISOR}, relation=in_the_city)
def record_force_majeure(cmd: RecordForceMajeure, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    rules = desk.regime_of(order).force_majeure
    for field in sorted(rules.required) if rules else ():
        if not getattr(cmd, field):
            raise FieldRequired(field=field, basis=str(rules.basis if rules else ""))
    by = sealing.own(order, "force_majeure.by", work.principal.id)
    recorded = force_majeure.record(order, cmd.clocks, by=by, rules=rules, now=work.now)
    to = order.lead.unit if order.lead else ""
    for field in ("reason", "evidence"):
        text = sealing.to_citizen(order, f"force_majeure.{field}", getattr(cmd, field))
        order.notes.append(Note(f"force_majeure_{field}", "", work.now, text, to=to))
    work.save(order, recorded)
    return saved(order)
