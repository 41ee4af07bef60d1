"""A run that was broken off goes on where it was, and the table tells of all of it."""

from pathlib import Path

import pytest

from chassis.crashpoints import POINTS
from tests.chaos import table
from tests.chaos.journal import Journal, Line

Delays = list[tuple[str, float | None]]
DELAYS: Delays = [("kill -9 bus", 1.25), ("rabbitmq stopped", None), ("postgres killed", float("inf"))]


def line(number: int, *, lost: list[str] | None = None, delays: Delays = DELAYS) -> Line:
    return Line(
        seed=1, number=number, cases=200, faults=["one"], hits=["relay.after_publish"], unsure={"SignAssignment": 2},
        delays=delays,
        wrong={"lost": lost or [], "doubled": [], "inverted": []}, seconds=40.0,
    )  # fmt: skip


def test_what_earlier_schedules_came_to_stands_and_later_ones_are_forgotten(tmp_path: Path) -> None:
    journal = Journal(tmp_path, 1)
    assert journal.begin(0) == []
    for number in range(4):
        journal.add(line(number))
    kept = Journal(tmp_path, 1).begin(2)
    assert [one.number for one in kept] == [0, 1]
    assert (kept[0].unsure, kept[0].delays[:2]) == (line(0).unsure, line(0).delays[:2])
    assert table.said(kept[0].delays[2][1]) == "never"
    assert Journal(tmp_path, 2).begin(9) == []


def test_the_table_names_what_was_lost_and_how_late_the_survivors_were(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line(0), line(1, lost=["sent_case_unknown: c1"])]
    assert not table.clean(lines)
    assert table.clean(lines[:1])
    table.show(lines)
    told = capsys.readouterr().out
    assert "schedule 1, lost: sent_case_unknown: c1" in told
    assert "1.25" in told
    assert "never" in told


def test_points_that_were_hit_too_seldom_are_named_once_there_were_schedules_enough() -> None:
    lines = [line(number) for number in range(table.HITS_IN)]
    assert table.missed(lines[:-1]) == {}
    assert table.missed(lines) == {point: 0 for point in sorted(POINTS) if point != "relay.after_publish"}


@pytest.mark.parametrize(
    ("fault", "in_time", "late"),
    [("kill -9 grpc", 1.9, 2.1), ("death at relay.after_claim", 1.9, 2.1), ("rabbitmq killed", 4.9, 5.1)],
)
def test_a_first_effect_later_than_its_goal_decides_the_exit_code(fault: str, in_time: float, late: float) -> None:
    assert table.exit_code([line(0, delays=[(fault, in_time), (fault, None)])], range(1)) == 0
    assert table.exit_code([line(0, delays=[(fault, late)])], range(1)) == 1
    assert table.exit_code([line(0, delays=[(fault, float("inf"))])], range(1)) == 1


def test_what_is_late_on_a_busy_machine_is_far_from_never() -> None:
    lines = [line(0, delays=[("kill -9 bus", 14.0), ("postgres stopped", 16.0), ("kill -9 grpc", float("inf"))])]
    assert len(table.late(lines)) == 3
    assert table.late(lines, table.FAR_TOO_LATE_SECONDS) == [
        "schedule 0, first effect after postgres stopped: 16.00",
        "schedule 0, first effect after kill -9 grpc: never",
    ]


def test_what_was_lost_and_what_was_not_run_decide_the_exit_code() -> None:
    good = [line(number, delays=[]) for number in range(3)]
    assert table.exit_code(good, range(3)) == 0
    assert table.exit_code(good[1:], range(1, 3)) == 0, "begun with the second"
    assert table.exit_code(good, range(4)) == table.BROKEN_OFF
    assert table.exit_code([], range(1)) == table.BROKEN_OFF
    assert table.exit_code([*good[:2], line(2, lost=["c1"], delays=[])], range(3)) == 1
