"""What the department of a merged line oversees: by the ledger of each city, from the day of the merging on."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chassis.access import Principal, Role
from chassis.lines import load_lines
from chassis.policy import PolicyError
from chassis.settings import ROOT

SHIPPED = ROOT / "policies"
NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)


def department(line: str, *cities: str, role: Role = Role.LINE_DEPARTMENT) -> Principal:
    return Principal("d", frozenset({role}), frozenset(cities or {"*"}), line=line)


def test_its_unit_in_every_city_where_the_line_was_merged() -> None:
    lines = load_lines(SHIPPED)
    everywhere = {"350100": "350100-human-resources", "350200": "350200-human-resources"}
    assert lines.units(department("12333"), NOW) == everywhere
    assert lines.units(department("12333", "350200"), NOW) == {"350200": "350200-human-resources"}
    assert lines.unit(department("12333"), "350100", NOW) == "350100-human-resources"
    assert lines.unit(department("12333"), "610926", NOW) == "", "no line was merged there"


@pytest.mark.parametrize("line", ["", "12345", "12399"])
def test_a_number_that_is_in_no_ledger_gives_nothing(line: str) -> None:
    assert load_lines(SHIPPED).units(department(line), NOW) == {}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LINE_DEPARTMENT}))
def test_a_line_on_the_token_of_anybody_else_gives_nothing(role: Role) -> None:
    assert load_lines(SHIPPED).units(department("12333", role=role), NOW) == {}


def test_it_begins_with_the_day_of_the_merging_as_people_there_count() -> None:
    lines = load_lines(SHIPPED)
    assert lines.units(department("12333"), datetime(2021, 11, 29, 15, 59, tzinfo=UTC)) == {}
    assert len(lines.units(department("12333"), datetime(2021, 11, 29, 16, 0, tzinfo=UTC))) == 2


def ledger(folder: Path, text: str) -> Path:
    """The shipped policies, in which Fuzhou has this ledger."""
    policies = Path(shutil.copytree(SHIPPED, folder / "policies"))
    (policies / "cities/350100/lines.yaml").write_text(text, encoding="utf-8")
    return policies


DOUBLE = """
city: "350100"
lines:
  - {number: "12329", name: {zh: 公积金, en: fund}, unit: 350100-housing-fund, mode: double_number, seats: kept,
     since: 2021-11-30, basis: {rule: F21-04, article: "2(1).2"}}
"""


def test_the_unit_of_the_last_merging_counts(tmp_path: Path) -> None:
    later = """  - {number: "12329", name: {zh: 公积金, en: fund}, unit: 350100-justice, mode: whole, seats: cancelled,
     since: 2026-09-24, notices: [{from: 2026-09-24, until: 2026-12-23, text: {zh: 已并入, en: merged}}],
     basis: {rule: F21-03, article: "2(1).1"}}
"""
    lines = load_lines(ledger(tmp_path, DOUBLE + later))
    before = datetime(2026, 9, 23, 15, 59, tzinfo=UTC)
    assert lines.unit(department("12329"), "350100", before) == "350100-housing-fund"
    assert lines.unit(department("12329"), "350100", NOW) == "350100-justice"


def test_a_mode_without_oversight_gives_the_department_none(tmp_path: Path) -> None:
    lines = load_lines(ledger(tmp_path, DOUBLE.replace("double_number", "coexisting")))
    assert lines.units(department("12329"), NOW) == {"350200": "350200-housing-fund"}


def test_a_ledger_that_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"lines\.yaml"):
        load_lines(ledger(tmp_path, DOUBLE.replace("2021-11-30", "someday")))
