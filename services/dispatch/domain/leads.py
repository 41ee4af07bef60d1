"""牵头与协办: another unit leads; a co-unit is pressed for its opinion."""

from collections.abc import Iterator
from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import (
    CoReplyIsIn,
    LeadsAlready,
    OnlyCoUnitsArePressed,
    OrderNotInHandling,
    PressedToday,
    ReturnAwaitsDecision,
    same_day,
)
from services.dispatch.domain.states import AssignmentState, State
from services.dispatch.domain.work_order import WorkOrder

WITH_THE_UNITS = frozenset({State.DISPATCHED, State.IN_HANDLING})


def change(order: WorkOrder, lead: str, *, keep_former: bool, ids: Iterator[str], now: datetime) -> list[Event]:
    """改派牵头单位: the order is dispatched anew to the next lead; co-units stay, and the former lead if wanted.

    The clocks of the former lead end as they stand, those of the next begin; the citizen's runs on.
    """
    former = order.lead
    if order.state not in WITH_THE_UNITS or former is None:
        raise OrderNotInHandling(state=str(order.state))
    if former.unit == lead:
        raise LeadsAlready(field="lead", unit=lead)
    for assignment in order.active():
        if assignment.pending_return and (assignment is former or assignment.unit == lead):
            raise ReturnAwaitsDecision(unit=assignment.unit)
    stay = [a.unit for a in order.active() if not a.is_lead and a.unit != lead]
    if keep_former:
        stay.append(former.unit)
    order.move(State.TO_DISPATCH, now)
    choice = Choice(lead, tuple(stay), step="dispatcher", rule="lead_changed")
    return order.dispatch(choice, ids=ids, now=now, why="lead_changed")


def press(order: WorkOrder, assignment: Assignment, *, by: str, now: datetime) -> Event:
    """督促协办单位 (P18 art. 8(4)); by the lead, or with an empty `by` the office. Its clock stays as it is."""
    unit = assignment.unit
    if assignment.is_lead:
        raise OnlyCoUnitsArePressed(unit=unit)
    if order.state not in WITH_THE_UNITS or assignment not in order.active():
        raise OrderNotInHandling(state=str(order.state))
    if assignment.state is AssignmentState.REPLIED:
        raise CoReplyIsIn(unit=unit)
    if assignment.pending_return:
        raise ReturnAwaitsDecision(unit=unit)
    if assignment.pressed_at and same_day(assignment.pressed_at, now):
        raise PressedToday(unit=unit)
    assignment.pressed, assignment.pressed_at = assignment.pressed + 1, now
    return events.CoUnitPressed(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=unit,
        by=by,
        occurrence=assignment.pressed,
        pressed_at=now,
    )
