"""Who leads an order, and who is pressed."""

from chassis.access import Role
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import OFFICE, UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import ids, in_the_city, led_or_in_the_city, load_assignment, load_order
from services.dispatch.application.messages import ChangeLead, PressCoUnit
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import leads
from services.dispatch.domain.notes import Note


@commands.on(ChangeLead, roles=OFFICE, relation=in_the_city)
def change_lead(cmd: ChangeLead, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    desk.check_named(order, cmd.lead)
    former = order.lead.unit if order.lead else ""
    happened = leads.change(order, cmd.lead, keep_former=cmd.keep_former, ids=ids(work), now=work.now)
    reason = sealing.to_citizen(order, "work_order.lead_changed", cmd.reason)
    order.notes.append(Note("lead_changed", "", work.now, reason, to=former))
    work.save(order, *happened)
    supervising.let_go(order, work)
    return saved(order)


@commands.on(PressCoUnit, roles=UNIT | OFFICE, relation=led_or_in_the_city)
def press_co_unit(cmd: PressCoUnit, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    by = "" if work.principal.has(Role.DISPATCHER) else work.principal.unit
    pressed = leads.press(order, assignment, by=by, now=work.now)
    if cmd.note:
        note = sealing.to_citizen(order, "work_order.pressed", cmd.note)
        order.notes.append(Note("pressed", by, work.now, note, to=assignment.unit))
    work.save(order, pressed)
    return saved(order)
