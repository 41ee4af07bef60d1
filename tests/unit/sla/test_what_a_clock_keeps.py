"""What a clock keeps and tells of each step."""

from dataclasses import MISSING, fields, replace

import pytest

from chassis.domain import StepNotAllowed
from services.sla.domain import events
from services.sla.domain.calendar import MOMENT
from services.sla.domain.clock import FINAL, LIFE, Clock, State
from services.sla.domain.facts import Facts
from services.sla.domain.limits import Deadline
from services.sla.domain.reminder import Reminder
from services.sla.domain.rules import Asks, Watches
from tests.unit.sla.clocks import HOUR, LATER, SECOND, breached, held, late, refusal, warned
from tests.unit.sla.test_clock import DUE, START, WORDS, clock, names

# -- the table ---------------------------------------------------------------------------------------------------------

BEGUN = {State.RUNNING: clock, State.WARNED: warned, State.BREACHED: breached, State.HELD: held, State.LATE: late}


@pytest.mark.parametrize("state", [State.RUNNING, State.WARNED, State.BREACHED, State.HELD])
def test_whatever_is_open_may_be_kept_cancelled_dropped_or_voided(state: State) -> None:
    begun = BEGUN[state]
    for end, step in (
        (State.MET, lambda k: k.stop(DUE)),
        (State.CANCELLED, lambda k: k.cancel(LATER)),
        (State.CANCELLED, lambda k: k.drop("w", LATER)),
        (State.VOIDED, lambda k: k.void(LATER)),
    ):
        k = begun()
        assert k.state is state
        k.holds = ["left over"]
        told = step(k)
        assert isinstance(told[-1], events.ClockStopped)
        assert (k.state, told[-1].outcome, k.holds, k.next_at) == (end, end, [], None)
        assert k.stopped_at is not None
        assert told[-1].judged_at == k.judged_at


def test_what_is_over_takes_no_further_step_but_the_voiding_of_what_was_late() -> None:
    over = {state: after for state in FINAL if (after := LIFE.table.get(state, frozenset()))}
    assert over == {State.LATE: {State.VOIDED}}
    assert LIFE.final == FINAL
    for state in FINAL - {State.LATE}:
        k = clock()
        k.state = state
        assert isinstance(refusal(lambda k=k: k.void(LATER)), StepNotAllowed)  # type: ignore[misc]
        assert (k.hold("x", START), k.drop("w", DUE), k.release("x", DUE)) == (None, [], None)
        assert k.move(Deadline(START, LATER, DUE, False), None, "w", START, WORDS) == []


def test_nothing_has_happened_yet_to_a_clock_that_is_new() -> None:
    begins = {"state", "citizen_reachable"}
    told = {
        each.name: each.default for each in fields(Clock) if each.default is not MISSING and each.name not in begins
    }
    assert not [name for name, value in told.items() if value], told
    assert clock().citizen_reachable
    assert not Reminder(Asks.RETURN, START, DUE).done


# -- lights and ends ---------------------------------------------------------------------------------------------------


def test_each_light_tells_its_instants() -> None:
    k = clock()
    (yellow,) = k.tick(k.warn_at + SECOND)
    (red,) = k.tick(LATER)
    assert isinstance(yellow, events.ClockWarned)
    assert isinstance(red, events.ClockBreached)
    assert (yellow.due_at, yellow.warned_at) == (DUE, k.warn_at)
    assert (red.round, red.due_at, red.breached_at, k.state, k.warned) == (1, DUE, DUE, State.BREACHED, True)


def test_a_timer_that_slept_gives_both_lights_in_order() -> None:
    assert names(clock().tick(LATER)) == ["ClockWarned", "ClockBreached"]
    window = clock(window=True)
    (ended,) = window.tick(LATER)
    assert isinstance(ended, events.ClockStopped)
    assert (ended.judged_at, window.stopped_at) == (DUE, DUE)


def test_an_act_is_judged_by_its_own_instant_not_by_its_arrival() -> None:
    k = breached()
    told = k.stop(LATER, judged_at=DUE)
    assert names(told) == ["BreachWithdrawn", "ClockStopped"]
    assert isinstance(told[0], events.BreachWithdrawn)
    assert (told[0].why, told[0].withdrawn_at) == ("act_in_time", LATER)
    assert (k.state, k.judged_at, k.stopped_at) == (State.MET, DUE, LATER)
    k = clock()
    assert names(k.stop(START, judged_at=LATER)) == ["ClockBreached", "ClockStopped"]
    assert (k.state, k.judged_at, k.stopped_at) == (State.LATE, LATER, START)
    assert names(breached().stop(LATER)) == ["ClockStopped"]


def test_a_breach_is_disproved_by_what_came_by_the_deadline() -> None:
    k = breached()
    (told,) = k.disprove(DUE)
    assert isinstance(told, events.BreachWithdrawn)
    assert (told.why, told.withdrawn_at, k.state) == ("act_in_time", DUE, State.RUNNING)
    assert clock().disprove(DUE) == []
    assert (breached().breached_at(DUE), breached().breached_at(DUE + SECOND)) == (False, True)
    assert not clock().breached_at(LATER)


def test_what_should_never_have_run_takes_its_breach_back() -> None:
    k = breached()
    told = k.drop("corrected", LATER)
    assert isinstance(told[0], events.BreachWithdrawn)
    assert (told[0].why, names(told)) == ("corrected", ["BreachWithdrawn", "ClockStopped"])
    assert names(clock().drop("corrected", START)) == ["ClockStopped"]


def test_a_late_return_is_kept_on_the_clock_that_it_cancels() -> None:
    k, other = clock(), clock()
    k.cancel(LATER, late_return=True)
    other.cancel(LATER)
    assert (k.late_return, other.late_return) == (True, False)


def test_holds_end_one_by_one_and_only_those_that_there_are() -> None:
    k = held()
    assert k.release("other", START) is None
    assert k.holds == ["reply"]
    assert k.release("reply", DUE) == []
    assert (k.state, k.holds, k.next_at) == (State.RUNNING, [], k.warn_at)
    assert clock().release("reply", START) is None
    k = held()
    assert names(k.release("reply", DUE + SECOND)) == ["ClockBreached"]
    assert breached().holds == []
    assert held().stop(DUE)


def test_void_says_force_majeure() -> None:
    told = breached().void(LATER)
    assert isinstance(told[0], events.BreachWithdrawn)
    assert told[0].why == "force_majeure"


# -- a new deadline ----------------------------------------------------------------------------------------------------

FURTHER = DUE + 100 * HOUR


def to(due: object = FURTHER, warn: object = FURTHER - HOUR) -> Deadline:
    return Deadline(START, due, warn, True)  # type: ignore[arg-type]


def test_a_move_tells_both_deadlines_and_keeps_the_first() -> None:
    k = clock()
    (told,) = k.move(to(), DUE, "extension_granted", START, WORDS)
    assert isinstance(told, events.ClockMoved)
    assert (told.old_due_at, told.due_at, told.warn_at, told.last_extension_at) == (DUE, FURTHER, FURTHER - HOUR, DUE)
    assert (told.why, told.moved_at) == ("extension_granted", START)
    assert (told.rule, told.article, told.limit_unit, told.limit_amount) == ("F16-22b", "20(2)", "working_day", 10)
    assert (k.due_at, k.warn_at, k.last_extension_at, k.first_due_at) == (FURTHER, FURTHER - HOUR, DUE, DUE)
    assert (k.provisional, k.beyond, k.steps) == (True, None, [WORDS])
    k.move(to(FURTHER + HOUR), None, "w", START, WORDS)
    assert (k.first_due_at, len(k.steps)) == (DUE, 2)


def test_a_move_to_where_it_stands_is_none_unless_it_is_counted_anew() -> None:
    k = clock()
    same = Deadline(START, DUE, k.warn_at, False)
    assert k.move(same, None, "w", START, WORDS) == []
    assert names(k.move(same, None, "w", START, WORDS, anew=True)) == ["ClockMoved"]
    assert k.first_due_at is None


def test_a_yellow_light_goes_out_only_where_the_new_one_lies_ahead() -> None:
    k = warned()
    k.move(to(), None, "w", k.warn_at, WORDS)
    assert (k.state, k.warned) == (State.RUNNING, False)
    k = warned()
    k.move(to(FURTHER, DUE), None, "w", DUE, WORDS)
    assert (k.state, k.warned) == (State.WARNED, True)
    waiting = warned()
    waiting.hold("extension", waiting.warn_at)
    waiting.move(to(), None, "w", waiting.warn_at, WORDS)
    assert (waiting.state, waiting.warned) == (State.HELD, False)


def test_a_breach_stands_where_the_new_deadline_has_passed_as_well() -> None:
    k = breached()
    assert names(k.move(to(LATER, DUE), None, "w", LATER, WORDS)) == ["ClockMoved"]
    assert k.state is State.BREACHED
    k = breached()
    told = k.move(to(LATER + SECOND, DUE), None, "w", LATER, WORDS)
    assert isinstance(told[0], events.BreachWithdrawn)
    assert (told[0].why, told[0].withdrawn_at, k.state, k.warned) == ("w", LATER, State.RUNNING, False)


def test_the_last_moment_may_change_while_the_deadline_stays() -> None:
    k, coming = clock(), Reminder(Asks.EXTENSION, DUE - 2 * HOUR, DUE - HOUR)
    k.stay(DUE - HOUR, coming, START, WORDS)
    assert (k.last_extension_at, k.reminder, k.steps, k.due_at) == (DUE - HOUR, coming, [WORDS], DUE)
    again = replace(coming)
    k.stay(DUE - HOUR, again, START, WORDS)
    assert k.reminder is coming, "of the same last moment nobody is told twice"
    k.stay(DUE - HOUR, replace(coming, last_at=DUE), coming.at, WORDS)
    assert k.reminder is None, "it would have come already"


def test_a_reminder_fires_once_in_its_time() -> None:
    coming = Reminder(Asks.EXTENSION, START, DUE)
    assert (coming.fire(START - SECOND), coming.done) == (False, False)
    assert (coming.fire(START), coming.done, coming.fire(START)) == (True, True, False)
    assert not Reminder(Asks.EXTENSION, START, DUE).fire(DUE)


def test_of_several_orders_the_longest_extension_counts() -> None:
    k = clock()
    assert [k.extend(order, days) for order, days in (("a", 3), ("b", 2), ("b", 2), ("a", 3))] == [3, 0, 1, 2]
    assert k.extended == {"a": 6, "b": 4}


# -- what it says of itself --------------------------------------------------------------------------------------------


def test_the_timer_looks_at_what_comes_next() -> None:
    k = clock()
    reminder = Reminder(Asks.EXTENSION, START + HOUR, DUE)
    assert (k.next_at, warned().next_at, clock(window=True).next_at) == (k.warn_at, DUE, DUE)
    assert (breached().next_at, held().next_at) == (None, None)
    assert replace(k, reminder=reminder).next_at == START + HOUR
    assert replace(k, reminder=replace(reminder, done=True)).next_at == k.warn_at
    assert replace(k, reminder=replace(reminder, at=DUE)).next_at == k.warn_at
    assert replace(k, warned=True).next_at == DUE


def test_a_clock_names_itself_and_its_facts() -> None:
    k = replace(
        clock(), work_order_id="w", assignment_id="a", unit="u", policy_id="p", call_id="c", article_id="l",
        last_extension_at=DUE, category="help", item="08", emergency_class="urgent", role="lead", supervision="s",
        steps=[WORDS], explain_only=True, citizen_reachable=False,
    )  # fmt: skip
    assert k.natural_key == "order/w/finish/1/1"
    told = k.started()
    assert (told.city, told.case_id, told.clock_id, told.kind) == ("350100", "c1", "k", "finish")
    assert (told.work_order_id, told.assignment_id, told.unit) == ("w", "a", "u")
    assert (told.policy_id, told.call_id, told.article_id) == ("p", "c", "l")
    assert (told.round, told.occurrence, told.steps, told.provisional) == (1, 1, [WORDS], False)
    assert (told.started_at, told.due_at, told.warn_at, told.last_extension_at) == (START, DUE, k.warn_at, DUE)
    assert (told.rule, told.article, told.limit_unit, told.limit_amount) == ("F16-22b", "20(2)", "working_day", 10)
    assert told.supervision_id == ""
    assert replace(k, watches=Watches.SUPERVISION).started().supervision_id == "w"
    assert k.facts == Facts(
        category="help", item="08", emergency_class="urgent", round=1, explain_only=True, citizen_reachable=False,
        role="lead", supervision="s",
    )  # fmt: skip
    assert (k.counted, replace(k, counted_due_at=START).counted) == (DUE, START)
    assert (k.is_open, late().is_open) == (True, False)


def test_a_citizens_clock_outlives_the_order_that_it_joined_or_left_before() -> None:
    case = replace(clock(), watches=Watches.CASE)
    assert case.outlives("w", "joined", START)
    assert case.outlives("w", "ended", START - SECOND)
    assert not case.outlives("w", "ended", START)
    assert not case.outlives("", "joined", START)
    assert not clock().outlives("w", "joined", START)


def test_what_came_seconds_before_an_acceptance_anew_is_for_it_and_what_came_earlier_is_not() -> None:
    anew, apart = replace(clock(), watches=Watches.CASE, occurrence=2), 5 * SECOND
    assert anew.begun_after(START - apart - MOMENT)
    assert not anew.begun_after(START - apart)
    assert not anew.begun_after(START + SECOND)
    assert replace(anew, occurrence=3).begun_after(START - HOUR)
    assert not replace(anew, occurrence=1).begun_after(START - HOUR), "before the first there was none"
    assert not replace(anew, watches=Watches.ORDER).begun_after(START - HOUR)


def test_force_majeure_is_recorded_with_its_words_and_ends_what_was_late() -> None:
    k = clock()
    assert k.excuse(START, WORDS) == []
    assert (k.excused, k.steps, k.state) == (True, [WORDS], State.RUNNING)
    (told,) = k.tick(DUE)[-1:]
    assert isinstance(told, events.ClockStopped)
    assert (told.outcome, told.judged_at) == (State.VOIDED, DUE)
    k = late()
    k.excuse(LATER, WORDS)
    assert k.state is State.VOIDED
