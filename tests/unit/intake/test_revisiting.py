"""Return visits: when one is due, attempts on days of their own, the sample (decisions 4; S24 art. 22; F16 art. 23)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.domain import events, handling, revisiting
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import Order, OrderState
from services.intake.domain.states import Channel, State

REGIMES = PolicyRegimes(ROOT / "policies")
RULES = {
    name: REGIMES.of("350100", folder.ref).rules
    for name, folder in load_packs(ROOT / "policies").current.items()
    if name != "national-2025"
}
F16, P18, S24 = RULES["fujian-2016"], RULES["pingli-2018"], RULES["shuangyashan-2024"]
NOW = datetime(2026, 10, 8, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def replied(state: State = State.REPLIED, **more: Any) -> Case:
    done = OrderState.OPEN if state is State.IN_HANDLING else OrderState.COMPLETED
    one = Case(
        id="case-1", city="350100", pack="p@1.0.0", channel=Channel.PHONE, category="complaint", citizen_id="c",
        citizen_key=b"", reachable=True, named=True, masked_subject="", masked_text="", sealed_subject=None,
        sealed_text=None, registered_at=NOW - 9 * DAY, said_at=NOW - 9 * DAY, state=state,
        orders=[Order("wo-1", state=done)],
    )  # fmt: skip
    for name, value in more.items():
        setattr(one, name, value)
    return one


def call(case: Case, rules: IntakePack, days: float, *, reached: bool = False, wrong: bool = False) -> list[str]:
    at = NOW + days * DAY
    return [type(e).__name__ for e in revisiting.attempted(case, rules, reached=reached, wrong=wrong, now=at)]


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_three_calls_on_three_days_and_then_it_is_closed_as_not_rated(rules: IntakePack) -> None:
    case = replied()
    (due,) = revisiting.rating_over(case, rules, at=NOW)
    assert isinstance(due, events.RevisitDue)
    assert (due.why, case.state, revisiting.due(case)) == ("not_rated", State.REPLIED, "not_rated")
    assert [call(case, rules, day) for day in (0.1, 0.2, 1)] == [[], [], []], "two on one day count once"
    assert call(case, rules, 2) == ["CaseClosed"]
    assert (case.outcome, revisiting.due(case)) == ("not_rated", "")


def test_calls_that_were_made_before_the_time_was_over_count_too() -> None:
    case = replied()
    for day in (-3, -2, -1):
        assert call(case, F16, day) == []
    assert [type(e).__name__ for e in revisiting.rating_over(case, F16, at=NOW)] == ["CaseClosed"]


def test_who_cannot_be_called_is_not_waited_for() -> None:
    anonymous = replied(reachable=False)
    assert [type(e).__name__ for e in revisiting.rating_over(anonymous, F16, at=NOW)] == ["CaseClosed"]
    released_before = F16.model_copy(update={"revisits": None})
    assert [type(e).__name__ for e in revisiting.rating_over(replied(), released_before, at=NOW)] == ["CaseClosed"]


def test_it_is_asked_for_once_and_not_while_a_rating_is_looked_into() -> None:
    case = replied()
    revisiting.rating_over(case, F16, at=NOW)
    assert revisiting.rating_over(case, F16, at=NOW) == []
    looked_into = replied(orders=[Order("wo-1", state=OrderState.COMPLETED, under_verification=True)])
    assert revisiting.rating_over(looked_into, F16, at=NOW) == []
    assert revisiting.due(looked_into) == ""


@pytest.mark.parametrize(
    ("rules", "wrong", "closed"), [(F16, False, True), (F16, True, True), (S24, False, True), (S24, True, False)]
)
def test_who_is_reached_is_called_no_more(rules: IntakePack, wrong: bool, closed: bool) -> None:
    case = replied()
    revisiting.rating_over(case, rules, at=NOW)
    assert (call(case, rules, 0.1, reached=True, wrong=wrong) == ["CaseClosed"]) is closed
    assert revisiting.due(case) == ""


def test_a_redo_begins_anew() -> None:
    case = replied()
    revisiting.rating_over(case, F16, at=NOW)
    call(case, F16, 0.1)
    handling.redo_ordered(case, "wo-1", round=2, at=NOW)
    assert revisiting.due(case) == ""
    case.state = State.REPLIED
    assert revisiting.due(case) == ""
    revisiting.rating_over(case, F16, at=NOW + 20 * DAY)
    assert [call(case, F16, day) for day in (20.1, 21, 22)] == [[], [], ["CaseClosed"]]


def test_in_shuangyashan_a_visit_is_due_when_the_limit_is_over() -> None:
    case = replied(State.IN_HANDLING)
    (due,) = revisiting.limit_over(case, S24, at=NOW)
    assert isinstance(due, events.RevisitDue)
    assert (due.why, revisiting.due(case)) == ("expired", "expired")
    assert revisiting.limit_over(case, S24, at=NOW) == []
    assert call(case, S24, 0.1, reached=True, wrong=True) == []
    assert revisiting.due(case) == ""
    for rules in (F16, P18):
        assert revisiting.limit_over(replied(State.IN_HANDLING), rules, at=NOW) == []
    assert revisiting.limit_over(replied(State.WITHDRAWN), S24, at=NOW) == []


def test_a_visit_that_nobody_answers_three_days_is_given_up() -> None:
    case = replied(State.IN_HANDLING)
    revisiting.limit_over(case, S24, at=NOW)
    assert [call(case, S24, day) for day in (0, 1, 2)] == [[], [], []]
    assert (revisiting.due(case), case.state) == ("", State.IN_HANDLING)


# -- the sample --------------------------------------------------------------------------------------------------------


def test_the_sample_is_the_packs_share_and_the_same_whenever_it_is_drawn() -> None:
    def drawn(rules: IntakePack) -> list[str]:
        cases = [replied(id=f"0199a1b2-0000-7000-8000-{n:012x}") for n in range(5000)]
        for case in cases:
            revisiting.draw(case, rules)
        return [case.id for case in cases if case.visits.drawn]

    first = drawn(F16)
    assert first == drawn(F16)
    assert 60 < len(first) < 140, "twenty of a thousand"
    assert drawn(P18) == []


def test_a_drawn_case_waits_for_its_visit_once_it_is_closed() -> None:
    case = replied()
    case.visits = replace(case.visits, drawn=True)
    assert revisiting.due(case) == ""
    handling.close(case, "rated", at=NOW)
    assert (revisiting.due(case), revisiting.due_since(case)) == ("sample", NOW)
    assert call(case, F16, 1, reached=True) == []
    assert (revisiting.due(case), case.state) == ("", State.CLOSED)


@pytest.mark.parametrize("before", [True, False], ids=["called-before-the-time-was-over", "called-after-it"])
def test_who_was_called_in_vain_on_three_days_is_not_called_again_for_the_sample(before: bool) -> None:
    case = replied()
    case.visits = replace(case.visits, drawn=True)
    for day in (-3, -2, -1) if before else ():
        call(case, F16, day)
    revisiting.rating_over(case, F16, at=NOW)
    for day in () if before else (0, 1, 2):
        call(case, F16, day)
    assert (case.state, case.outcome, revisiting.due(case)) == (State.CLOSED, "not_rated", "")


def test_intake_waits_for_a_finding_exactly_where_dispatch_verifies_after_a_visit() -> None:
    for name, folder in load_packs(ROOT / "policies").current.items():
        rules, verifies = REGIMES.of("350100", folder.ref).rules.revisits, load_regime(folder).redo.on_revisit
        assert rules is not None
        assert (rules.dissatisfied == "verified") is verifies, name
