"""集中诉求: how much more is much more, and what comes back with the season."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from services.sla.adapters.assessments import load_assessments
from services.sla.application.analysing import spans_of_month, spans_of_season
from services.sla.domain.matters import Counted, Matter, MatterRules, Season, expected, frequent, is_concentrated
from tests.unit.sla.conftest import POLICIES

DRAIN, LAMP = Matter("01", ""), Matter("15", "")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules() -> MatterRules:
    """At least ten, and half as much again as the mean of three months; in two of three years."""
    return load_assessments(POLICIES)["shuangyashan-2024@1.0.0"].matters


@pytest.mark.parametrize(
    ("cases", "before", "concentrated"),
    [
        (30, [20, 20, 20], True),
        (29, [20, 20, 20], False),
        (10, [0, 0, 0], True),
        (9, [0, 0, 0], False),
        (11, [7, 7, 8], True),
        (11, [7, 8, 8], False),
        (15, [10], True),
        (500, [], False),
    ],
)
def test_concentrated_is_enough_and_enough_more_than_the_mean(
    rules: MatterRules, cases: int, before: list[int], concentrated: bool
) -> None:
    assert is_concentrated(cases, before, rules.concentrated) is concentrated


def test_a_month_is_put_beside_those_before_and_the_same_of_the_year_before(rules: MatterRules) -> None:
    spans = spans_of_month("2026-01", rules)
    counted = Counted(
        LONG_AGO, spans, {LAMP: [4, 1, 2, 3, 9], DRAIN: [30, 20, 20, 20, 0], Matter("02", ""): [0, 9, 9, 9, 9]}
    )
    first, second = frequent(counted, rules.concentrated)
    assert (first.matter, first.cases, first.month_before, first.year_before) == (DRAIN, 30, 20, 0)
    assert (first.cases_before, first.months_before, first.concentrated) == (60, 3, True)
    assert (second.matter, second.month_before, second.year_before, second.concentrated) == (LAMP, 1, 9, False)


def test_the_month_in_which_the_counting_began_is_compared_with_nothing(rules: MatterRules) -> None:
    spans = spans_of_month("2026-09", rules)
    (only,) = frequent(Counted(spans[1][0], spans, {DRAIN: [30, 20, 1, 0, 0]}), rules.concentrated)
    assert (only.cases_before, only.months_before, only.concentrated, only.year_before) == (20, 1, True, None)
    (only,) = frequent(Counted(spans[1][1], spans, {DRAIN: [30, 1, 1, 0, 0]}), rules.concentrated)
    assert (only.month_before, only.months_before, only.concentrated) == (None, 0, False)


def test_a_season_is_one_that_came_in_two_of_three_years(rules: MatterRules) -> None:
    spans = spans_of_season("2026-11", rules)
    thrice, never, once = [30, 5, 5, 5] * 3, [30, 30, 30, 30] * 3, [30, 5, 5, 5] + [5] * 8
    twice = [30, 5, 5, 5] + [5] * 4 + [20, 5, 5, 5]
    cases = {LAMP: twice, DRAIN: thrice, Matter("02", ""): never, Matter("03", ""): once}
    found = expected(Counted(LONG_AGO, spans, cases), rules)
    assert [one.matter for one in found] == [DRAIN, LAMP]
    assert found[1].seasons == [Season(1, 30, 15, 3), Season(3, 20, 15, 3)]
    assert expected(Counted(spans[7][0], spans, {LAMP: twice}), rules) == [], "the third year was not counted"


def test_the_months_are_those_of_the_city_and_go_over_the_year(rules: MatterRules) -> None:
    month, before, *_, year_before = spans_of_month("2026-01", rules)
    assert month == (datetime(2025, 12, 31, 16, tzinfo=UTC), datetime(2026, 1, 31, 16, tzinfo=UTC))
    assert before[1] == month[0]
    assert year_before[1] == datetime(2025, 1, 31, 16, tzinfo=UTC)
    season = spans_of_season("2026-11", rules)
    assert [season[number][1].year for number in (0, 4, 8)] == [2025, 2024, 2023]


def test_the_national_text_changes_the_article_and_no_number() -> None:
    packs = load_assessments(POLICIES)
    own, over = packs["shuangyashan-2024@1.0.0"].matters, packs["shuangyashan-2024@1.0.0+national-2025@1.0.0"].matters
    assert (own.concentrated.basis.rule, over.concentrated.basis.rule) == ("S24-08b", "N25-17")
    assert own.concentrated.model_copy(update={"basis": over.concentrated.basis}) == over.concentrated
    assert own.seasonal.model_copy(update={"basis": over.seasonal.basis}) == over.seasonal


def test_a_season_that_can_never_be_stops_the_start(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    file = policies / "packs" / "fujian-2016" / "assessment.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("times: 2", "times: 4"), encoding="utf-8")
    with pytest.raises(PolicyError, match="times"):
        load_assessments(policies)
