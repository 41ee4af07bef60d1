"""Which way an order goes when it leaves its tenant, and which orders may."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.domain import DomainError
from chassis.policy import City, Level, load_cities
from chassis.settings import ROOT
from services.dispatch.application.desk import Desk
from services.dispatch.domain import handing_over
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.notes import HandedOver
from services.dispatch.domain.regime import HandOverRules
from services.dispatch.domain.states import ORDER, AssignmentState, HandOverMode, ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, tzinfo=UTC)
BASIS = Basis("F16-07", "9")
RULES = HandOverRules(frozenset(HandOverMode), BASIS)


def order(state: State = State.TO_DISPATCH) -> WorkOrder:
    return WorkOrder("order-1", "350100", "p@1", CaseCopy("case-1", "n", "complaint"), 1, NOW, state=state)


def to(city: str = "350200") -> HandedOver:
    return HandedOver(city, "order-2", HandOverMode.ACROSS, "F16-07 9", NOW)


def refused(*args: Any) -> str:
    with pytest.raises(DomainError) as told:
        handing_over.check(*args)
    return told.value.reason


def _tenants() -> dict[str, City]:
    found = load_cities(ROOT / "policies")
    return found | {"350000": found["350100"].model_copy(update={"code": "350000", "level": Level.PROVINCE})}


@pytest.mark.parametrize(
    ("here", "there", "mode"),
    [("350100", "350000", "push_up"), ("350000", "350100", "across"), ("350100", "350200", "across"),
     ("610926", "350000", "across"), ("610926", "230500", "across")],
)  # fmt: skip
def test_it_is_pushed_up_within_the_province_and_handed_across_else(here: str, there: str, mode: str) -> None:
    desk = Desk(routers={}, regimes={}, packs={}, authorities={}, tenants=_tenants())
    assert str(desk.mode_of_hand_over(here, there)) == mode


def test_the_pack_says_by_which_ways_an_order_may_leave() -> None:
    only_up = HandOverRules(frozenset({HandOverMode.PUSH_UP}), BASIS)
    handing_over.check(order(), HandOverMode.PUSH_UP, only_up, "p@1")
    assert refused(order(), HandOverMode.ACROSS, only_up, "p@1") == "HAND_OVER_NOT_KNOWN"
    assert refused(order(), HandOverMode.ACROSS, None, "p@1") == "HAND_OVER_NOT_KNOWN"


@pytest.mark.parametrize("state", sorted(set(State) - handing_over.WITH_THE_OFFICE))
def test_what_is_answered_disputed_over_or_gone_already_stays(state: State) -> None:
    assert refused(order(state), HandOverMode.ACROSS, RULES, "p@1") == "ORDER_NOT_IN_HANDLING"


def test_a_return_is_decided_before() -> None:
    one = order(State.IN_HANDLING)
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    one.assignments = [Assignment("a1", "u1", Role.LEAD, 1, NOW, AssignmentState.RETURN_REQUESTED, returns=[asked])]
    assert refused(one, HandOverMode.ACROSS, RULES, "p@1") == "RETURN_AWAITS_DECISION"


def test_units_that_had_it_are_released_and_their_clocks_forgotten() -> None:
    one = order(State.IN_HANDLING)
    one.assignments = [Assignment("a1", "u1", Role.LEAD, 1, NOW, AssignmentState.SIGNED)]
    told = handing_over.hand_over(one, to())
    assert [type(event).__name__ for event in told] == ["AssignmentReleased", "OrderHandedOver"]
    assert (one.state, one.active(), one.clocks) == (State.HANDED_OVER, [], {})


def test_it_comes_back_to_the_queue_and_goes_out_again() -> None:
    one = order()
    handing_over.hand_over(one, to())
    told = handing_over.come_back(one, outcome="refused", now=NOW)
    assert [type(event).__name__ for event in told] == ["HandOverReturned", "WorkOrderQueued"]
    assert one.state is State.TO_DISPATCH
    again = handing_over.hand_over(one, to("230500"))
    assert again[-1].occurrence == 2  # type: ignore[attr-defined]


def test_the_answer_there_completes_it_here() -> None:
    one, there = order(), order()
    there.id, there.linked_to = "order-2", "order-1"
    handing_over.hand_over(one, to())
    assert handing_over.is_with(one, there)
    handing_over.answered(one, there, now=NOW)
    assert one.state is State.COMPLETED
    assert not handing_over.is_with(one, there)


@pytest.mark.parametrize("state", sorted(set(State) - {State.TO_DISPATCH, State.COMPLETED, State.ENDED}))
def test_nothing_else_is_done_with_it_meanwhile(state: State) -> None:
    with pytest.raises(DomainError):
        ORDER.check(State.HANDED_OVER, state)
