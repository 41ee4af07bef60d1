"""Batches rest as long as they usually take."""

import pytest

from chassis.pace import Pace


def test_steady_batches_rest_as_long_as_each_takes() -> None:
    pace = Pace(longest=1.0)
    rests = [pace.rest(0.2) for _ in range(40)]
    assert rests == sorted(rests)
    assert rests[-1] == pytest.approx(0.2, rel=0.01)


def test_one_that_waited_for_the_disk_holds_up_the_next_for_a_quarter_of_that() -> None:
    pace = Pace(longest=1.0)
    for _ in range(40):
        pace.rest(0.01)
    assert pace.rest(0.41) == pytest.approx(0.11, rel=0.01)


def test_a_rest_keeps_to_its_bounds() -> None:
    pace = Pace(longest=0.1, shortest=0.005)
    assert pace.rest(0.0) == 0.005
    assert pace.rest(9.0) == pytest.approx(0.025), "a stall of seconds is one of the longest rest"
    assert max(pace.rest(9.0) for _ in range(100)) <= 0.1
