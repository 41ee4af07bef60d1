"""The life of one clock, whatever order acts, lights and decisions come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.domain import Step
from services.sla.domain.clock import FINAL, LIFE, Clock, State
from services.sla.domain.counting import counts, in_time
from services.sla.domain.limits import Deadline
from services.sla.domain.rules import Judges, Kpi, Watches

START = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
DUE = START + timedelta(hours=100)
WORDS = Step("延期", "extended")


def clock(*, window: bool = False) -> Clock:
    return Clock(
        id="k", city="350100", pack="p@1", kind="finish", watches=Watches.ORDER, watched_id="w", round=1, occurrence=1,
        judges=Judges.UNIT, kpi=Kpi.ON_TIME, window=window, started_at=START, due_at=DUE,
        warn_at=START + timedelta(hours=75), rule="F16-22b", article="20(2)", limit="10 working_day", calendar="c",
        provisional=False, case_id="c1",
    )  # fmt: skip


def names(events: list[object] | None) -> list[str]:
    return [type(event).__name__ for event in events or []]


def test_lights_never_come_early_and_each_once() -> None:
    k = clock()
    assert k.tick(k.warn_at - timedelta(seconds=1)) == []
    assert names(k.tick(k.warn_at)) == ["ClockWarned"]
    assert k.tick(DUE - timedelta(seconds=1)) == []
    assert names(k.tick(DUE)) == ["ClockBreached"]
    assert k.tick(DUE + timedelta(days=9)) == []


def test_the_last_instant_is_still_in_time() -> None:
    k = clock()
    assert names(k.stop(DUE)) == ["ClockStopped"]
    assert k.state is State.MET


def test_a_late_act_breaches_first_even_if_the_timer_slept() -> None:
    k = clock()
    assert names(k.stop(DUE + timedelta(seconds=1))) == ["ClockBreached", "ClockStopped"]
    assert k.state is State.LATE


def test_a_window_ends_in_silence() -> None:
    k = clock(window=True)
    assert k.next_at == DUE
    assert names(k.tick(DUE)) == ["ClockStopped"]
    assert k.state is State.CANCELLED
    assert not counts(k)


def test_two_decisions_pending_hold_it_until_both_are_made() -> None:
    k = clock()
    assert k.hold("reply", START) == []
    assert k.hold("extension", START) == []
    assert k.next_at is None
    assert k.release("extension", START) == []
    assert k.state is State.HELD
    assert k.release("reply", START) == []
    assert k.state is State.RUNNING


def test_what_was_asked_too_late_holds_nothing() -> None:
    k = clock()
    assert k.hold("extension", DUE + timedelta(seconds=1)) is None
    k.tick(DUE)
    assert k.hold("extension", DUE + timedelta(seconds=1)) is None
    assert k.state is State.BREACHED


def test_what_was_asked_in_time_and_heard_late_withdraws_the_breach_and_waits() -> None:
    k = clock()
    k.tick(DUE)
    assert names(k.hold("reply", DUE - timedelta(seconds=1)) or []) == ["BreachWithdrawn"]
    assert (k.state, k.next_at) == (State.HELD, None)
    assert names(k.release("reply", DUE + timedelta(hours=3)) or []) == ["ClockBreached"]


def test_what_was_asked_too_late_holds_nothing_even_if_another_question_is_open() -> None:
    k = clock()
    assert k.hold("return", DUE) == []
    assert k.hold("extension", DUE + timedelta(hours=1)) is None
    assert names(k.release("return", DUE + timedelta(hours=2))) == ["ClockBreached"]


def test_what_was_asked_in_time_and_heard_late_disproves_the_breach() -> None:
    k = clock()
    k.tick(DUE)
    assert k.disprove(DUE + timedelta(seconds=1)) == []
    assert names(k.disprove(DUE)) == ["BreachWithdrawn"]
    assert k.hold("extension", DUE) == []
    assert k.state is State.HELD


def test_an_end_before_the_deadline_that_is_heard_after_it_withdraws_the_breach() -> None:
    recalled, overdue = clock(), clock()
    recalled.tick(DUE)
    overdue.tick(DUE)
    assert names(recalled.cancel(DUE - timedelta(hours=1))) == ["BreachWithdrawn", "ClockStopped"]
    assert names(overdue.cancel(DUE + timedelta(hours=1))) == ["ClockStopped"]


def test_a_yellow_light_stays_yellow_when_a_decision_is_made() -> None:
    k = clock()
    k.tick(k.warn_at)
    assert k.hold("return", k.warn_at) == []
    assert k.release("return", k.warn_at) == []
    assert k.state is State.WARNED


def test_a_window_that_was_held_past_its_end_is_over_in_silence() -> None:
    k = clock(window=True)
    assert k.hold("return", START) == []
    assert names(k.release("return", DUE + timedelta(hours=1))) == ["ClockStopped"]
    assert k.state is State.CANCELLED


def test_force_majeure_voids_a_breach() -> None:
    k = clock()
    k.tick(DUE)
    assert names(k.void(DUE)) == ["BreachWithdrawn", "ClockStopped"]
    assert not counts(k)


def test_a_move_past_the_present_withdraws_the_breach() -> None:
    k = clock()
    k.tick(DUE)
    later = DUE + timedelta(days=9)
    moved = k.move(Deadline(START, later, DUE, False), None, "extension_granted", DUE, WORDS)
    assert names(moved) == ["BreachWithdrawn", "ClockMoved"]
    assert k.state is State.RUNNING
    assert k.first_due_at == DUE


def test_an_extended_deadline_has_a_yellow_light_of_its_own() -> None:
    k = clock()
    k.tick(k.warn_at)
    asked = k.warn_at + timedelta(hours=1)
    assert k.hold("extension", asked) == []
    due = DUE + timedelta(hours=100)
    k.move(Deadline(START, due, due - timedelta(hours=25), False), None, "extension_granted", asked, WORDS)
    k.release("extension", asked)
    assert k.next_at == k.warn_at
    assert names(k.tick(k.warn_at)) == ["ClockWarned"]


def test_the_citizens_no_overrules_only_what_was_on_record_by_then() -> None:
    k = replace(clock(), kpi=Kpi.RESPONSE, denied_at=START + timedelta(hours=2))
    early, later = replace(k), replace(k)
    early.stop(START + timedelta(hours=1))
    later.stop(START + timedelta(hours=3))
    assert (in_time(early), in_time(later)) == (False, True)


def test_a_citizen_who_cannot_be_reached_is_in_no_response_rate() -> None:
    unreachable = replace(clock(), kpi=Kpi.RESPONSE, citizen_reachable=False)
    assert counts(replace(unreachable, citizen_reachable=True))
    assert not counts(unreachable)


def test_no_state_is_a_trap() -> None:
    assert LIFE.dead_ends() == frozenset()


ACTS = ["tick", "stop", "hold", "release", "move", "cancel"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 300)), max_size=12))
def test_any_order_of_acts_keeps_the_promises(acts: list[tuple[str, int]]) -> None:
    k = clock()
    now = START
    events: list[object] = []
    for act, hours in acts:
        now = max(now, START + timedelta(hours=hours))
        match act:
            case "tick":
                due = k.due_at
                events += (fired := k.tick(now))
                assert not fired or due <= now or names(fired) == ["ClockWarned"]
            case "stop":
                events += k.stop(now)
            case "hold":
                events += k.hold("x", now) or []
            case "release":
                events += k.release("x", now) or []
            case "move":
                to = k.due_at + timedelta(hours=50)
                events += k.move(Deadline(START, to, to - timedelta(hours=9), False), None, "e", now, WORDS)
            case "cancel":
                events += k.cancel(now)
        assert (k.next_at is None) == (k.state not in (State.RUNNING, State.WARNED))
    said = names(events)
    assert said.count("ClockStopped") == (k.state in FINAL)
    withdrawn = said.count("BreachWithdrawn")
    standing = k.state in (State.BREACHED, State.LATE) or (k.state is State.CANCELLED and said.count("ClockBreached"))
    assert said.count("ClockBreached") - withdrawn in ({0, 1} if k.state is State.CANCELLED else {int(bool(standing))})
    assert not in_time(k) or (k.judged_at is not None and k.judged_at <= k.due_at)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_what_is_over_stays_over(state: State) -> None:
    k = clock()
    k.state = state
    assert k.stop(DUE) == []
    assert k.cancel(DUE) == []
    assert k.tick(DUE) == []
