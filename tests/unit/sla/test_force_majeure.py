"""Force majeure: a breach counts nowhere, whether it is recorded before it, after it, or when all is done."""

from datetime import timedelta

import pytest
import yaml

from chassis.domain import Step
from services.sla.domain.clock import Clock, State
from services.sla.domain.counting import counts
from tests.unit.sla.conftest import POLICIES
from tests.unit.sla.test_clock import DUE, START, clock, names

LATER = DUE + timedelta(hours=2)
WHY = Step("不可抗力", "force majeure")


def breached() -> Clock:
    k = clock()
    k.tick(DUE)
    return k


def test_it_voids_a_breach_that_came() -> None:
    k = breached()
    assert names(k.excuse(LATER, WHY)) == ["BreachWithdrawn", "ClockStopped"]
    assert (k.state, counts(k)) == (State.VOIDED, False)
    assert k.steps[-1] == WHY
    assert k.stop(LATER) == []


def test_it_voids_what_ended_late() -> None:
    k = breached()
    k.stop(LATER)
    assert k.state is State.LATE
    assert names(k.excuse(LATER, WHY)) == ["BreachWithdrawn", "ClockStopped"]
    assert (k.state, counts(k)) == (State.VOIDED, False)


def test_recorded_before_the_deadline_the_lights_go_on_and_no_breach_comes() -> None:
    k = clock()
    assert k.excuse(START, WHY) == []
    assert names(k.tick(k.warn_at)) == ["ClockWarned"]
    assert names(k.tick(DUE)) == ["ClockStopped"]
    assert (k.state, counts(k)) == (State.VOIDED, False)


def test_recorded_before_the_deadline_an_act_in_time_counts_for_the_unit() -> None:
    k = clock()
    k.excuse(START, WHY)
    assert names(k.stop(DUE)) == ["ClockStopped"]
    assert (k.state, counts(k)) == (State.MET, True)


def test_a_late_act_that_the_timer_had_not_seen_is_excused_too() -> None:
    k = clock()
    k.excuse(START, WHY)
    assert names(k.stop(LATER)) == ["ClockStopped"]
    assert k.state is State.VOIDED


def test_a_decision_that_comes_after_the_deadline_breaches_nothing() -> None:
    k = clock()
    k.excuse(START, WHY)
    k.hold("reply", START)
    assert names(k.release("reply", LATER)) == ["ClockStopped"]
    assert k.state is State.VOIDED


@pytest.mark.parametrize("state", [State.MET, State.CANCELLED, State.VOIDED])
def test_what_was_kept_or_no_longer_matters_is_left_alone(state: State) -> None:
    k = clock()
    k.state = state
    assert k.excuse(LATER, WHY) is None
    assert not k.excused


def test_it_is_recorded_once() -> None:
    k = clock()
    assert k.excuse(START, WHY) == []
    assert k.excuse(START, WHY) is None


def test_each_pack_voids_the_clocks_that_its_supervisors_may_name() -> None:
    for folder in (path.parent for path in (POLICIES / "packs").glob("*/sla.yaml")):
        clocks = yaml.safe_load((folder / "sla.yaml").read_text("utf-8"))["clocks"]
        named = yaml.safe_load((folder / "dispatch.yaml").read_text("utf-8"))["force_majeure"]["clocks"]
        assert [rule["kind"] for rule in clocks if "voids_on" in rule] == named, folder.name
