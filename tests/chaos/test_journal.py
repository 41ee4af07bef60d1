"""A run that was broken off goes on where it was, and the table tells of all of it."""

from pathlib import Path

import pytest

from chassis.crashpoints import POINTS
from tests.chaos import table
from tests.chaos.journal import Journal, Line


def line(number: int, *, lost: list[str] | None = None) -> Line:
    return Line(
        seed=1, number=number, cases=200, faults=["one"], hits=["relay.after_publish"], unsure={"SignAssignment": 2},
        delays=[("kill -9 bus", 1.25), ("rabbitmq stopped", None), ("postgres killed", float("inf"))],
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
