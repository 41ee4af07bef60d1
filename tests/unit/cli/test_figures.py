"""`huying figures`: what is published of a month names no unit and shows nothing that rests on a few cases."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.access import Principal
from chassis.clock import SimulatedClock
from chassis.policy import PolicyError, load_cities
from chassis.questions import CannedQuestions
from chassis.settings import ROOT, Settings
from cli.audit import Asked
from cli.publishing import figures_command
from cli.publishing.city_rules import NotToBePublished
from cli.publishing.figures import Figure, Month, hidden_among, load_publication, publishable
from cli.publishing.figures_command import gather, month_of
from cli.publishing.figures_page import render
from services.sla.application.answers import answers
from tests.unit.cli.test_policy import huying, replace_once

POLICIES = ROOT / "policies"
RULES = load_publication(POLICIES)
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


def row(kpi: str, met: int, of: int, category: str = "", unit: str = "", **exclusions: int) -> dict[str, Any]:
    return {
        "city": "350100",
        "unit": unit,
        "category": category,
        "kpi": kpi,
        "numerator": met,
        "denominator": of,
        "excluded": sum(exclusions.values()),
        "exclusions": exclusions,
    }


ROWS = [
    row("on_time", 90, 103, data_wrong=7, platform_fault=2),
    row("on_time", 88, 100, "complaint"),
    row("on_time", 2, 3, "report"),
    row("on_time", 90, 103, unit="350100-water"),
    row("satisfaction", 3, 4),
    row("satisfaction", 3, 4, "complaint"),
    row("call_answer", 950, 1000),
    row("refused", 12, 500),
]


class Sla(CannedQuestions):
    """Answers with these rows what the service would let the asker ask."""

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        arguments = answers.by_name[question].checked(principal, values, {"rollup", "lines"})
        self.asked.append((service, question, arguments))
        return [one for one in ROWS if one["city"] == arguments["city"]]


def figure(kpi: str, category: str = "") -> Figure:
    (found,) = [one for one in publishable(ROWS, RULES) if (one.kpi, one.category) == (kpi, category)]
    return found


def test_a_figure_of_enough_cases_is_shown() -> None:
    whole = figure("on_time")
    assert (whole.numerator, whole.denominator, whole.percent, whole.hidden) == (90, 103, 87.4, False)
    assert figure("call_answer").percent == 95.0


def test_a_figure_that_rests_on_fewer_than_five_cases_is_marked_and_not_shown() -> None:
    few = figure("satisfaction")
    assert (few.hidden, few.numerator, few.denominator, few.percent) == (True, None, None, None)


def test_a_small_category_does_not_come_out_by_taking_the_others_from_the_whole() -> None:
    assert figure("on_time", "report").hidden
    assert figure("on_time", "complaint").hidden
    assert not figure("on_time").hidden


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 9}, ""),
        ({"a": 4, "b": 9, "c": 20}, "ab"),
        ({"a": 3, "b": 4, "c": 20}, "ab"),
        ({"a": 1, "b": 1, "c": 8, "d": 9}, "abc"),
        ({"a": 4}, "a"),
        ({}, ""),
    ],
)
def test_so_many_are_hidden_that_none_can_be_found(counts: dict[str, int], hidden: str) -> None:
    assert hidden_among(counts, 5) == set(hidden)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), max_size=8), st.integers(2, 12))
def test_what_is_hidden_is_never_one_alone_nor_together_few(counts: dict[str, int], least: int) -> None:
    hidden = hidden_among(counts, least)
    assert {name for name, count in counts.items() if count < least} <= hidden
    if hidden and hidden != set(counts):
        assert len(hidden) > 1
        assert sum(counts[name] for name in hidden) >= least


def test_a_few_facts_without_a_category_do_not_come_out_by_taking_the_categories_from_the_whole() -> None:
    rows = [row("on_time", 140, 153), row("on_time", 88, 100, "complaint"), row("on_time", 49, 50, "report")]
    found = {one.category: one.hidden for one in publishable(rows, RULES) if one.kpi == "on_time"}
    assert found == {"": False, "complaint": False, "report": True}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), max_size=8), st.integers(0, 12))
def test_the_whole_without_what_is_shown_of_it_tells_of_no_few(counts: dict[str, int], without: int) -> None:
    rows = [row("on_time", 0, of, category) for category, of in counts.items()]
    whole = sum(counts.values()) + without
    rows.append(row("on_time", 0, whole))
    total, *categories = (one for one in publishable(rows, RULES) if one.kpi == "on_time")
    untold = [counts[one.category] for one in categories if one.hidden] + [without] * bool(without)
    least = RULES.small_numbers.fewer_than
    assert total.hidden == (0 < whole < least)
    if not total.hidden and untold:
        assert sum(untold) >= least
        assert len(untold) > 1 or untold[0] >= least


def test_what_was_left_out_is_told_by_its_reason_and_few_of_it_are_only_marked() -> None:
    assert [(one.reason, one.count, one.hidden) for one in figure("on_time").left_out] == [
        ("data_wrong", 7, False),
        ("platform_fault", None, True),
    ]


def test_a_rate_without_a_case_is_told_as_none() -> None:
    assert figure("response") == Figure("response", "", False, 0, 0)


def test_only_the_rates_of_the_file_are_published() -> None:
    assert {one.kpi for one in publishable(ROWS, RULES)} == {rule.kpi for rule in RULES.figures}
    assert "refused" not in {rule.kpi for rule in RULES.figures}


def test_rows_of_units_are_passed_over_also_where_they_stand_first_or_alone() -> None:
    of_a_unit = [row("on_time", 50, 60, unit="350100-water"), row("on_time", 50, 60, "complaint", unit="350100-water")]
    assert not any(one.denominator for one in publishable(of_a_unit, RULES))
    assert publishable([*of_a_unit, *ROWS], RULES) == publishable(ROWS, RULES)


@pytest.fixture
def page() -> str:
    cities = load_cities(POLICIES)
    month = month_of("2026-10", "", SimulatedClock(NOW), RULES)
    return render(gather(Sla(), POLICIES, [cities["350100"]], month, RULES), month, RULES)


def test_the_page_names_no_unit_and_tells_until_when_it_counts(page: str) -> None:
    assert "350100-water" not in page
    assert "统计截至 2026年11月10日（周二）24:00" in page
    assert "尚未结束" not in page
    assert "初步" not in page
    assert "90 / 103" in page
    assert "数据归集或统计有误 7；平台故障 不足 5" in page
    for secret in ("88 / 100", "2 / 3", "3 / 4"):
        assert secret not in page


def test_a_month_is_published_as_of_one_instant_whenever_the_page_is_made() -> None:
    settled = datetime(2026, 11, 10, 16, tzinfo=UTC)
    for now in (settled, NOW, datetime(2027, 3, 1, tzinfo=UTC)):
        assert month_of("2026-10", "", SimulatedClock(now), RULES).as_of == settled
    for now, as_of, says in (
        (settled - timedelta(seconds=1), "", "2026-10 is published after Tuesday 10 November 2026 24:00"),
        (NOW, "2026-11-12", "any other time takes --preliminary"),
    ):
        with pytest.raises(NotToBePublished, match=says):
            month_of("2026-10", as_of, SimulatedClock(now), RULES)


def preliminary(month: str, as_of: str = "", now: datetime = NOW) -> Month:
    return month_of(month, as_of, SimulatedClock(now), RULES, preliminary=True)


def test_what_is_not_settled_is_marked_as_preliminary() -> None:
    goes_on, over = preliminary("2026-11"), preliminary("2026-10", "2026-11-05")
    assert [(one.complete, one.preliminary) for one in (goes_on, over)] == [(False, True), (True, True)]
    for month in (goes_on, over):
        assert "初步数字，不对外公布" in render([], month, RULES)
    assert "该月尚未结束" in render([], goes_on, RULES)


def test_a_month_is_that_of_the_place_and_the_past_is_told_as_of_its_day() -> None:
    month = preliminary("2026-12", "2027-01-05", datetime(2027, 3, 1, tzinfo=UTC))
    assert (month.start, month.end) == (datetime(2026, 11, 30, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC))
    assert month.as_of == datetime(2027, 1, 4, 16, tzinfo=UTC)
    assert preliminary("2026-11", "2099-01-01").as_of == NOW
    late = preliminary("2026-10", "2026-11-20")
    assert (late.as_of, late.preliminary) == (late.settled_at, False)


@pytest.mark.parametrize(
    ("told", "as_of", "says"),
    [
        ("2026-13", "", "'2026-13' is no month"),
        ("October", "", "'October' is no month"),
        ("2026-12", "", "2026-12 has not begun as of 2026-11-23"),
        ("2026-10", "2026-10-01", "2026-10 has not begun as of 2026-10-01"),
        ("2026-10", "soon", "'soon' is no time"),
    ],
)
def test_what_is_no_month_is_named(told: str, as_of: str, says: str) -> None:
    with pytest.raises(NotToBePublished, match=says):
        preliminary(told, as_of)


def test_sla_is_asked_for_the_month_of_each_city_alone() -> None:
    sla, cities = Sla(), load_cities(POLICIES)
    month = month_of("2026-10", "", SimulatedClock(NOW), RULES)
    told = gather(sla, POLICIES, [cities["350100"], cities["610926"]], month, RULES)
    assert [(service, question, asked["city"]) for service, question, asked in sla.asked] == [
        ("sla", "kpi", "350100"),
        ("sla", "kpi", "610926"),
    ]
    assert all((asked["start"], asked["end"]) == (month.start, month.end) for _, _, asked in sla.asked)
    assert [city.name for city in told] == ["福州市", "平利县"]
    assert not any(one.denominator for one in told[1].figures)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def of_the_fake(_: Settings) -> Iterator[Asked]:
        yield Asked(Sla())

    monkeypatch.setattr(figures_command, "asked", of_the_fake)


@pytest.mark.usefixtures("counted")
def test_the_command_writes_the_page_and_the_same_as_data(tmp_path: Path) -> None:
    output = tmp_path / "figures.html"
    arguments = ("figures", "--month", "2025-10", "--city", "350100")
    assert huying(*arguments, "--output", output).exit_code == 0
    assert "90 / 103" in output.read_text("utf-8")
    told = json.loads(huying(*arguments, "--json").stdout)
    (city,) = told["cities"]
    assert (told["month"], told["complete"], told["preliminary"], told["hidden_below"]) == ("2025-10", True, False, 5)
    assert told["as_of_time"] == "2025-11-10T16:00:00Z"
    few = next(one for one in city["figures"] if (one["kpi"], one["category"]) == ("on_time", "report"))
    assert (few["hidden"], few["numerator"], few["denominator"], few["percent"]) == (True, None, None, None)


@pytest.mark.usefixtures("counted")
def test_an_unknown_city_is_named() -> None:
    refused = huying("figures", "--month", "2025-10", "--city", "999999")
    assert refused.exit_code == 1
    assert "there is no city 999999; there are: 230500 Shuangyashan" in refused.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kpi: on_time,", "kpi: in_time,", "figures.1.kpi"),
        ("kpi: on_time,", "kpi: response,", "response stands twice"),
        ("fewer_than: 5", "fewer_than: 1", "small_numbers.fewer_than"),
        ("day: 10", "day: 31", "settled.day"),
    ],
)
def test_a_slip_in_the_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = Path(shutil.copy(POLICIES / "publication.yaml", tmp_path / "publication.yaml"))
    line = replace_once(path, old, new)
    with pytest.raises(PolicyError) as caught:
        load_publication(tmp_path)
    assert says in caught.value.en
    assert caught.value.line <= line
