"""月度考核: places within a class, and what is low for how long."""

import shutil
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from services.sla.adapters.assessments import load_assessments, load_unit_levels
from services.sla.domain.assessing import REVISITS, Month, Rate, is_low, low_months, places
from tests.unit.sla.conftest import POLICIES

S24 = "shuangyashan-2024@1.0.0"


def rate(numerator: int, denominator: int) -> Rate:
    return Rate(numerator, denominator, {})


def test_equal_rates_share_a_place_and_what_counts_nothing_has_none() -> None:
    given = {"a": rate(9, 10), "b": rate(18, 20), "c": rate(5, 5), "d": rate(1, 2), "e": rate(0, 0)}
    assert places(given) == {"a": 2, "b": 2, "c": 1, "d": 4}


@pytest.mark.parametrize(
    ("numerator", "denominator", "low"),
    [(8, 10, False), (79, 100, True), (7, 10, True), (0, 9, False), (10, 10, False), (0, 0, False)],
)
def test_low_is_below_eighty_of_a_hundred_and_of_at_least_ten_answers(
    numerator: int, denominator: int, low: bool
) -> None:
    rule = load_assessments(POLICIES)[S24].low_satisfaction
    assert rule is not None
    assert is_low(rate(numerator, denominator), rule) is low
    assert not is_low(None, rule)


def test_only_months_in_a_row_are_counted_from_the_newest_on() -> None:
    rule = load_assessments(POLICIES)[S24].low_satisfaction
    assert rule is not None
    low, fine = (_month(rate(n, 10)) for n in (5, 9))
    assert [low_months("u", months, rule) for months in ([low, low, low], [low, fine, low], [fine, low, low])] == [
        3, 1, 0,
    ]  # fmt: skip
    assert low_months("u", [low, {}, low], rule) == 1, "a month without answers is not low"
    assert low_months("u", [low] * 5, rule) == 3, "the rule looks back no further"


def _month(of: Rate) -> Month:
    return {"u": {REVISITS: of}}


def test_without_the_national_text_all_units_are_one_class_and_with_it_one_for_each_kind() -> None:
    rules = load_assessments(POLICIES)
    for level in ("department", "enterprise", ""):
        found = rules[S24].class_of(level)
        assert found is not None
        assert found.code == "all"
    over = rules[f"{S24}+national-2025@1.0.0"]
    found_by = {level: over.class_of(level) for level in ("department", "county", "township", "enterprise", "")}
    assert {level: one.code for level, one in found_by.items() if one} == {
        "department": "departments",
        "county": "counties",
        "township": "townships",
        "enterprise": "others",
        "": "others",
    }
    assert over.low_satisfaction == rules[S24].low_satisfaction, "what the overlay leaves alone stays"


def test_every_unit_has_a_level() -> None:
    levels = load_unit_levels(POLICIES)
    assert levels["230500"]
    assert all(level for units in levels.values() for level in units.values())


def test_a_level_in_two_classes_stops_the_start(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    file = policies / "packs" / "national-2025" / "assessment.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("levels: [county]", "levels: [department]"), encoding="utf-8")
    with pytest.raises(PolicyError, match="department"):
        load_assessments(policies)
