"""The record of a call, and the duty to call back: what opens it, what ends it, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.policy import load
from chassis.settings import ROOT
from services.intake.domain import calls, errors, events
from services.intake.domain.calls import DONE, LIFE, BackState, Call, CallBack, Direction, Light, Outcome
from services.intake.domain.pack import IntakePack

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
RULES = {
    name: load(ROOT / "policies" / "packs" / name / "intake.yaml", IntakePack).calls
    for name in ("fujian-2016", "pingli-2018", "shuangyashan-2024")
}
PACK = RULES["fujian-2016"]


def call(**changed: Any) -> Call:
    fields: dict[str, Any] = {
        "id": "l1",
        "city": "350100",
        "pack": "fujian-2016@1.0.0",
        "source": "350100/170.1",
        "line": "12345",
        "direction": Direction.INBOUND,
        "outcome": Outcome.MISSED,
        "seat": "",
        "citizen_id": "z1",
        "citizen_key": b"k" * 32,
        "number_known": True,
        "queued_at": NOW - timedelta(minutes=2),
        "answered_at": None,
        "ended_at": NOW - timedelta(minutes=1),
        "recorded_at": NOW,
    }
    return Call(**(fields | changed))


def missed(**changed: Any) -> Call:
    one = call(**changed)
    calls.record(one, PACK)
    return one


ANSWERED_AT = NOW - timedelta(seconds=100)


@pytest.mark.parametrize("rules", RULES.values(), ids=list(RULES))
def test_each_pack_calls_back_what_was_missed_or_dropped_and_tries_three_times(rules: Any) -> None:
    assert (set(rules.called_back), rules.attempts) == ({"missed", "dropped"}, 3)


@pytest.mark.parametrize(
    ("changed", "owes"),
    [
        ({}, True),
        ({"outcome": Outcome.DROPPED}, True),
        ({"outcome": Outcome.DROPPED, "answered_at": ANSWERED_AT}, True),
        ({"outcome": Outcome.ANSWERED, "answered_at": ANSWERED_AT}, False),
        ({"direction": Direction.OUTBOUND}, False),
        ({"number_known": False}, False),
        ({"restricted_until": NOW}, False),
        ({"restricted_until": NOW, "outcome": Outcome.DROPPED}, False),
    ],
)
def test_a_call_back_is_owed_for_what_came_in_unanswered_from_a_number_that_is_known(
    changed: dict[str, Any], owes: bool
) -> None:
    one = call(**changed)
    (told,) = calls.record(one, PACK)
    assert isinstance(told, events.CallRecorded)
    assert (one.owes, told.call_back, told.subject) == (owes, owes, "cities/350100/calls/l1")
    assert told.restricted_until == one.restricted_until


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"outcome": Outcome.ANSWERED}, errors.OutcomeDoesNotFit),
        ({"answered_at": ANSWERED_AT}, errors.OutcomeDoesNotFit),
        ({"queued_at": NOW - timedelta(seconds=30)}, errors.CallOutOfOrder),
        ({"ended_at": NOW + timedelta(seconds=1)}, errors.CallOutOfOrder),
        ({"outcome": Outcome.ANSWERED, "answered_at": NOW - timedelta(seconds=30)}, errors.CallOutOfOrder),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(changed: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        calls.record(call(**changed), PACK)


def test_reached_ends_the_duty() -> None:
    one = missed()
    tried, ended = calls.try_back(one, reached=True, by="agent:1", now=NOW)
    assert isinstance(tried, events.CallBackRecorded)
    assert isinstance(ended, events.CallBackEnded)
    assert (tried.attempt, tried.recorded_by, ended.how, one.owes) == (1, "agent:1", "reached", False)


def test_the_third_attempt_in_vain_ends_it_as_not_reached() -> None:
    one = missed()
    told = [calls.try_back(one, reached=False, by="a", now=NOW + timedelta(minutes=n)) for n in range(3)]
    assert [len(each) for each in told] == [1, 1, 2]
    assert one.call_back is not None
    assert one.call_back.state is BackState.NOT_REACHED
    with pytest.raises(errors.CallBackNotOwed):
        calls.try_back(one, reached=True, by="a", now=NOW)


def test_the_pack_says_how_often_it_is_tried() -> None:
    one = call()
    calls.record(one, PACK.model_copy(update={"attempts": 1}))
    assert len(calls.try_back(one, reached=False, by="a", now=NOW)) == 2


@pytest.mark.parametrize("state", sorted(DONE))
def test_what_is_done_is_not_done_again(state: BackState) -> None:
    one = call(call_back=CallBack(most=3, state=state))
    for step in (
        lambda: calls.try_back(one, reached=True, by="a", now=NOW),
        lambda: calls.end(one, BackState.ERASED, NOW),
    ):
        with pytest.raises(errors.CallBackNotOwed):
            step()


def test_nothing_is_owed_for_a_call_that_was_answered() -> None:
    one = call(outcome=Outcome.ANSWERED, answered_at=ANSWERED_AT)
    calls.record(one, PACK)
    with pytest.raises(errors.CallBackNotOwed):
        calls.try_back(one, reached=True, by="a", now=NOW)
    assert calls.show(one, light=Light.RED) is False


def test_every_state_that_is_not_final_has_an_exit() -> None:
    assert LIFE.dead_ends() == frozenset()
    assert LIFE.table[BackState.OWED] == DONE


@pytest.mark.parametrize(
    ("changed", "answered"),
    [
        ({}, True),
        ({"answered_at": NOW - timedelta(seconds=61)}, False),
        ({"direction": Direction.OUTBOUND}, False),
        ({"answered_at": None, "outcome": Outcome.MISSED}, False),
    ],
)
def test_only_a_later_call_of_theirs_that_is_answered_makes_up_for_a_missed_one(
    changed: dict[str, Any], answered: bool
) -> None:
    later = {"outcome": Outcome.ANSWERED, "answered_at": NOW - timedelta(seconds=60)}
    assert calls.answers(call(id="l2", **later | changed), missed()) is answered


def test_a_case_is_linked_once_and_so_many_at_most() -> None:
    one = call()
    assert [calls.link(one, "c1"), calls.link(one, "c1"), calls.link(one, "c2")] == [True, False, True]
    one.case_ids = [f"c{n}" for n in range(calls.MOST_CASES)]
    with pytest.raises(errors.TooManyCases):
        calls.link(one, "another")


def test_the_deadline_stays_when_only_the_light_changes() -> None:
    one = missed()
    calls.show(one, light=Light.GREEN, due_at=NOW)
    calls.show(one, light=Light.YELLOW)
    assert one.call_back is not None
    assert (one.call_back.light, one.call_back.due_at) == ("yellow", NOW)
