"""提级办理 (N25): what is shirked or badly handled goes to the unit above."""

from collections.abc import Iterator
from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import OrderNotInHandling, ReturnAwaitsDecision
from services.dispatch.domain.passing_errors import NothingToRaise
from services.dispatch.domain.regime import RaisingRules
from services.dispatch.domain.states import Light, State
from services.dispatch.domain.work_order import WorkOrder

RAISABLE = frozenset({State.TO_DISPATCH, State.DISPATCHED, State.IN_HANDLING})


def check(order: WorkOrder, rules: RaisingRules) -> None:
    """Raises unless the pack lets it be raised now."""
    if order.state not in RAISABLE:
        raise OrderNotInHandling(state=str(order.state))
    for assignment in order.active():
        if assignment.pending_return:
            raise ReturnAwaitsDecision(unit=assignment.unit)
    overdue = any(note.kind in rules.clocks and note.light is Light.RED for note in order.clocks.values())
    if order.agreed_returns < rules.returns and not overdue:
        raise NothingToRaise(returns=rules.returns, basis=str(rules.basis))


def below_whom(order: WorkOrder) -> str:
    """The unit that leads, or led last."""
    leads = [a.unit for a in order.assignments if a.is_lead]
    return leads[-1] if leads else ""


def raise_to(order: WorkOrder, superior: str, *, ids: Iterator[str], now: datetime) -> list[Event]:
    """The unit above leads; who has it now stays as a co-unit, and so do the others. The citizen's clock runs on."""
    stay = tuple(a.unit for a in order.active() if a.unit != superior)
    if order.state is not State.TO_DISPATCH:
        order.move(State.TO_DISPATCH, now)
    choice = Choice(superior, stay, step="supervisor", rule="raised")
    return order.dispatch(choice, ids=ids, now=now, why="raised")
