"""转办: a unit passes its part on to a section or a town below it, takes it back, and gets the reply."""

from chassis.message import id_of
from chassis.work import Work
from services.dispatch.application.commands import UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.level_messages import PassOn, ReplyPassedOn, TakeBackPassedOn
from services.dispatch.application.loading import Named, load_assignment, load_order, order_named
from services.dispatch.application.ports import Sealing
from services.dispatch.application.queries import shown
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import passing
from services.dispatch.domain.notes import Passing
from services.dispatch.domain.passing_errors import NoSubDispatch


def has_in_hand(cmd: Named, work: Work) -> bool:
    """The assignment is the caller's own unit's, or was passed on to it."""
    order = order_named(cmd, work)
    wanted, unit = id_of(cmd.name, "assignments"), work.principal.unit
    return order is not None and any(a.id == wanted and passing.holds(order, a, unit) for a in order.assignments)


def passed_on_by_caller(cmd: Named, work: Work) -> bool:
    order, wanted = order_named(cmd, work), id_of(cmd.name, "passings")
    return order is not None and any(p.id == wanted and p.by == work.principal.unit for p in order.passings)


def passed_on_to_caller(cmd: Named, work: Work) -> bool:
    order, wanted = order_named(cmd, work), id_of(cmd.name, "passings")
    return order is not None and any(p.id == wanted and p.section == work.principal.unit for p in order.passings)


@commands.on(PassOn, roles=UNIT, relation=has_in_hand)
def pass_on(cmd: PassOn, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    regime, by = desk.regime_of(order), work.principal.unit
    if regime.passing is None:
        raise NoSubDispatch(pack=order.pack)
    desk.check_no_conflict(order, "section", cmd.section)
    passing.check(
        order, assignment, by=by, section=cmd.section, rules=regime.passing,
        directory=desk.directory(order.city), grass_roots=regime.grass_roots,
    )  # fmt: skip
    handler = sealing.own(order, "passing.handler", cmd.handler)
    new = Passing(work.new_id(), assignment.id, cmd.section, by, work.now, handler=handler)
    note = sealing.to_citizen(order, "passing.note", cmd.note)
    work.save(order, passing.pass_on(order, new, note=note))
    return shown(saved(order), order, work.principal)


@commands.on(TakeBackPassedOn, roles=UNIT, relation=passed_on_by_caller)
def take_back_passed_on(cmd: TakeBackPassedOn, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    one = passing.passing_of(order, id_of(cmd.name, "passings"))
    reason = sealing.to_citizen(order, "passing.taken_back", cmd.reason)
    taken = passing.take_back(order, one, reason=reason, now=work.now)
    work.save(order, taken, *passing.let_go(order, work.now))
    return shown(saved(order), order, work.principal)


@commands.on(ReplyPassedOn, roles=UNIT, relation=passed_on_to_caller)
def reply_passed_on(cmd: ReplyPassedOn, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    one = passing.passing_of(order, id_of(cmd.name, "passings"))
    text = sealing.to_citizen(order, "passing.reply", cmd.result)
    replied = passing.reply(order, one, text=text, declined=cmd.declined, now=work.now)
    work.save(order, replied, *passing.let_go(order, work.now))
    return shown(saved(order), order, work.principal)
