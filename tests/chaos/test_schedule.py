"""Schedules are the same for the same seed, and in enough of them everything comes up."""

from collections import Counter

import pytest

from chassis.crashpoints import POINTS
from cli.stack.plan import ROLES, SERVICES
from tests.chaos.schedule import LINES, MAY_DIE_AT, SERVERS, Kind, dealt, schedule, short_ones
from tests.chaos.table import HITS, HITS_IN


@pytest.mark.parametrize("number", [0, 7, 99])
def test_the_same_seed_makes_the_same_schedule(number: int) -> None:
    assert schedule(1, number) == schedule(1, number)
    assert schedule(1, number) != schedule(2, number)
    assert schedule(1, number).faults != schedule(1, number + 1).faults


def test_no_schedule_depends_on_those_before_it() -> None:
    assert [schedule(5, n) for n in range(10)][7] == schedule(5, 7)


@pytest.mark.parametrize("faults", [1, 2, 3])
@pytest.mark.parametrize("cases", [20, 200])
def test_faults_come_in_order_while_cases_are_under_way(cases: int, faults: int) -> None:
    for number in range(50):
        at = [fault.at for fault in schedule(3, number, cases=cases, faults=faults).faults]
        assert len(at) == faults
        assert at == sorted(at)
        assert max(at) < cases


def test_a_hundred_schedules_do_everything() -> None:
    faults = [fault for number in range(100) for fault in schedule(12345, number).faults]
    kinds = Counter((fault.kind, fault.target) for fault in faults if fault.kind is not Kind.POINT)
    assert set(kinds) == {(Kind.KILL, f"{service}.{role}") for service in SERVICES for role in ROLES} | {
        (kind, server) for server in SERVERS for kind in (Kind.STOP, Kind.CRASH, *LINES)
    }
    assert {fault.replica for fault in faults} == {0, 1, 2}


def test_ten_short_ones_do_something_of_every_sort() -> None:
    faults = [fault for short in short_ones() for fault in short.faults]
    killed = {fault.target.partition(".")[2] for fault in faults if fault.kind is Kind.KILL}
    outages = {(fault.kind, fault.target) for fault in faults if fault.kind not in (Kind.KILL, Kind.POINT)}
    assert killed == set(ROLES)
    assert {kind for kind, _ in outages} == {Kind.STOP, Kind.CRASH, *LINES}
    assert {
        (Kind.DELAY, "rabbitmq"),
        (Kind.STOP, "rabbitmq"),
        (Kind.RESET, "postgres"),
        (Kind.CRASH, "postgres"),
    } <= outages
    assert {fault.point.partition(".")[0] for fault in faults if fault.point} == {
        "receiver",
        "relay",
        "parking",
        "clocks",
    }


def test_every_point_comes_up_as_often_as_is_promised() -> None:
    points = Counter(fault.point for number in range(HITS_IN) for fault in schedule(9, number).faults if fault.point)
    assert points == dict.fromkeys(POINTS, HITS)
    assert MAY_DIE_AT.keys() == POINTS


def test_a_deck_is_dealt_out_before_it_is_shuffled_again() -> None:
    cards = list("abcdefg")
    for turn in range(3):
        assert sorted(dealt("deck", cards, turn * 7 + place) for place in range(7)) == cards
