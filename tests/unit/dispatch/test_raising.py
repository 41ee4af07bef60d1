"""What is shirked or overdue is raised to the unit above, and when not."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chassis.domain import DomainError
from services.dispatch.domain import raising
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.notes import ClockNote
from services.dispatch.domain.regime import RaisingRules
from services.dispatch.domain.states import AssignmentState, Light, ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, tzinfo=UTC)
RULES = RaisingRules(2, frozenset({"finish"}), Basis("N25-14", "6"))


def order(state: State = State.IN_HANDLING, *, returned: int = 0, red: str = "") -> WorkOrder:
    case = CaseCopy("case-1", "n", "complaint")
    made = WorkOrder("order-1", "230500", "p@1", case, 1, NOW, state=state, agreed_returns=returned)
    part = AssignmentState.SIGNED if state is State.IN_HANDLING else AssignmentState.RELEASED
    made.assignments = [
        Assignment("a1", "bureau", Role.LEAD, 1, NOW, part),
        Assignment("a2", "helper", Role.CO, 1, NOW, AssignmentState.SIGNED),
    ]
    if red:
        made.clocks["c1"] = ClockNote(red, "a1", NOW, light=Light.RED)
    return made


def refused(one: WorkOrder) -> str:
    with pytest.raises(DomainError) as told:
        raising.check(one, RULES)
    return told.value.reason


@pytest.mark.parametrize(
    "one", [order(red="finish"), order(returned=2), order(State.TO_DISPATCH, returned=2), order(returned=3)]
)
def test_after_two_agreed_returns_or_a_breach_it_may_be_raised(one: WorkOrder) -> None:
    raising.check(one, RULES)


@pytest.mark.parametrize("one", [order(), order(returned=1), order(red="sign"), order(State.TO_DISPATCH)])
def test_else_there_is_nothing_to_raise(one: WorkOrder) -> None:
    assert refused(one) == "NOTHING_TO_RAISE"


@pytest.mark.parametrize("state", sorted(set(State) - raising.RAISABLE))
def test_what_is_answered_disputed_elsewhere_or_over_is_not_raised(state: State) -> None:
    assert refused(order(state, returned=2)) == "ORDER_NOT_IN_HANDLING"


def test_a_return_is_decided_before() -> None:
    one = order(returned=2)
    one.assignments[0].state = AssignmentState.RETURN_REQUESTED
    one.assignments[0].returns.append(ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False))
    assert refused(one) == "RETURN_AWAITS_DECISION"


def test_the_unit_above_leads_and_whoever_has_it_stays_as_a_co_unit(ids: Iterator[str]) -> None:
    one = order(red="finish")
    told = raising.raise_to(one, "above", ids=ids, now=NOW)
    assert one.state is State.DISPATCHED
    assert {a.unit: a.role for a in one.active()} == {"above": Role.LEAD, "bureau": Role.CO, "helper": Role.CO}
    assert [type(event).__name__ for event in told] == ["AssignmentReleased", "WorkOrderDispatched"]


def test_from_the_queue_it_goes_to_the_unit_above_the_last_lead(ids: Iterator[str]) -> None:
    one = order(State.TO_DISPATCH, returned=2)
    assert raising.below_whom(one) == "bureau"
    raising.raise_to(one, "above", ids=ids, now=NOW)
    assert {a.unit for a in one.active()} == {"above", "helper"}


def test_a_co_unit_that_stands_above_becomes_the_lead(ids: Iterator[str]) -> None:
    one = order(red="finish")
    raising.raise_to(one, "helper", ids=ids, now=NOW)
    assert {a.unit: a.role for a in one.active()} == {"helper": Role.LEAD, "bureau": Role.CO}
