"""移交 (county to province, across cities): another tenant opens a linked order of its own; the case stays here.

The citizen's clock goes on with the first tenant. The answer of the linked order completes the first; refused, it comes
back.
"""

from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.errors import OrderNotInHandling, ReturnAwaitsDecision
from services.dispatch.domain.hand_over_errors import HandOverNotKnown, LinkedOrderStays, NotHandedOver, SignedAlready
from services.dispatch.domain.notes import HandedOver, Note
from services.dispatch.domain.regime import HandOverRules
from services.dispatch.domain.states import AssignmentState, HandOverMode, State
from services.dispatch.domain.work_order import WorkOrder

WITH_THE_OFFICE = frozenset({State.TO_DISPATCH, State.DISPATCHED, State.IN_HANDLING})
REFUSED = "hand_over_refused"


def check(order: WorkOrder, mode: HandOverMode, rules: HandOverRules | None, pack: str) -> None:
    """Whether this order may leave its tenant in that way."""
    if rules is None or mode not in rules.modes:
        raise HandOverNotKnown(pack=pack, mode=str(mode))
    if order.linked_to:
        raise LinkedOrderStays()
    if order.state not in WITH_THE_OFFICE:
        raise OrderNotInHandling(state=str(order.state))
    for assignment in order.active():
        if assignment.pending_return:
            raise ReturnAwaitsDecision(unit=assignment.unit)


def hand_over(order: WorkOrder, to: HandedOver) -> list[Event]:
    """Units that had it are released; `check` comes first."""
    if order.state is not State.TO_DISPATCH:
        order.move(State.TO_DISPATCH, to.at)
    released = order.release(to.at, why="handed_over")
    order.move(State.HANDED_OVER, to.at)
    order.why, order.candidates, order.clocks = "", [], {}
    order.hand_overs.append(to)
    handed = events.OrderHandedOver(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        linked_order_id=to.linked_order_id,
        to_city=to.city,
        mode=str(to.mode),
        basis=to.basis,
        occurrence=len(order.hand_overs),
        handed_over_at=to.at,
    )
    return [*released, handed]


def opened(linked: WorkOrder, first: WorkOrder, now: datetime) -> Event:
    """The receiver has an order of its own, under its own pack; how it is dispatched, its own events tell."""
    return events.WorkOrderLinked(
        case_id=linked.case.case_id,
        city=linked.city,
        pack=linked.pack,
        work_order_id=linked.id,
        number=linked.number,
        from_city=first.city,
        from_order_id=first.id,
        category=linked.case.category,
        item=linked.case.item,
        emergency_class=linked.case.emergency_class,
        citizen_reachable=linked.case.citizen_reachable,
        linked_at=now,
    )


def check_refusal(linked: WorkOrder) -> None:
    """The receiver may refuse it until one of its units has signed."""
    if not linked.linked_to:
        raise NotHandedOver()
    if any(a.state is not AssignmentState.ASSIGNED for a in linked.active()):
        raise SignedAlready()


def come_back(first: WorkOrder, *, outcome: str, now: datetime) -> list[Event]:
    """The receiver does not handle it: it waits for a dispatcher of the first tenant again."""
    last = first.hand_overs[-1]
    last.outcome = outcome
    returned = events.HandOverReturned(
        case_id=first.case.case_id,
        city=first.city,
        work_order_id=first.id,
        linked_order_id=last.linked_order_id,
        from_city=last.city,
        outcome=outcome,
        occurrence=len(first.hand_overs),
        returned_at=now,
    )
    return [returned, first.queue(why=REFUSED, candidates=[], now=now)]


def answered(first: WorkOrder, linked: WorkOrder, *, now: datetime) -> Event:
    """The answer of the linked order is the answer of the first; who may read the one reads it in the other."""
    last = first.hand_overs[-1]
    last.outcome = "answered"
    first.move(State.COMPLETED, now)
    if linked.reply and linked.reply.result:
        first.notes.append(Note("hand_over_reply", "", now, linked.reply.result))
    return events.HandOverAnswered(
        case_id=first.case.case_id,
        city=first.city,
        work_order_id=first.id,
        linked_order_id=linked.id,
        from_city=linked.city,
        answered_at=now,
    )


def is_with(first: WorkOrder | None, linked: WorkOrder) -> bool:
    """Whether the first order waits for this one."""
    return first is not None and first.state is State.HANDED_OVER and first.hand_overs[-1].linked_order_id == linked.id
