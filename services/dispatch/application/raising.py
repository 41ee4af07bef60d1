"""提级办理: a supervisor gives an order to the unit above the one that shirked it or let it pass."""

from chassis.access import Role
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.level_messages import RaiseLevel
from services.dispatch.application.loading import ids, in_the_city, load_order
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import raising
from services.dispatch.domain.notes import Note
from services.dispatch.domain.passing_errors import NobodyAbove, NoRaising


@commands.on(RaiseLevel, roles={Role.SUPERVISOR}, relation=in_the_city)
def raise_level(cmd: RaiseLevel, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    rules = desk.regime_of(order).raising
    if rules is None:
        raise NoRaising(pack=order.pack)
    raising.check(order, rules)
    former = raising.below_whom(order)
    superior = next(desk.directory(order.city).superiors(former), "")
    if not superior:
        raise NobodyAbove(unit=former)
    desk.check_units(order.city, order.case, superior)
    reason = sealing.to_citizen(order, "work_order.raised", cmd.reason)
    order.notes.append(Note("raised", "", work.now, reason, to=superior))
    work.save(order, *raising.raise_to(order, superior, ids=ids(work), now=work.now))
    supervising.let_go(order, work)
    return saved(order)
