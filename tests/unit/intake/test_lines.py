"""Merged hotlines: where a number leads on which day, what its caller hears, and which files are refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.intake.adapters.lines import load_modes, load_numbers
from services.intake.domain.lines import Numbers, Seats, Status, day_of, months_later

UNITS = frozenset({"350100-human-resources", "350100-tax", "350100-housing-fund"})
WHOLE = """
  - number: "12333"
    name: {zh: 人社咨询, en: labour}
    unit: 350100-human-resources
    mode: whole
    seats: cancelled
    since: 2021-11-30
    notices: [{from: 2021-11-30, until: 2022-02-28, text: {zh: 已并入, en: merged}}]
    basis: {rule: F21-03, article: "2(1).1"}
"""
DOUBLE = """
  - number: "12329"
    name: {zh: 公积金, en: housing fund}
    unit: 350100-housing-fund
    mode: double_number
    seats: kept
    since: 2021-11-30
    basis: {rule: F21-04, article: "2(1).2"}
"""


def numbers(folder: Path, *lines: str, city: str = "350100") -> Numbers:
    """What a city's file says, beside the platform's own modes."""
    (folder / "lines.yaml").write_text((ROOT / "policies" / "lines.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    place = folder / "cities" / "350100"
    place.mkdir(parents=True, exist_ok=True)
    (place / "lines.yaml").write_text(f'city: "{city}"\nlines:{"".join(lines)}', encoding="utf-8")
    return load_numbers(folder, "350100", UNITS)


def modes_of(found: Numbers, number: str, *instants: str) -> list[str]:
    return [one[0].mode.code for text in instants if (one := found.at(number, at(text)))]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "status", "leads_to", "hears"),
    [
        ("2021-11-29 15:59", Status.BEFORE, "12345", False),
        ("2021-11-29 16:00", Status.CANCELLED, "12345", True),  # midnight in China
        ("2022-02-28 15:59", Status.CANCELLED, "12345", True),
        ("2022-02-28 16:00", Status.CANCELLED, "12345", False),
        ("2026-09-24 06:00", Status.CANCELLED, "12345", False),
    ],
)
def test_a_cancelled_number_leads_to_the_hotline_and_says_so_for_three_months(
    tmp_path: Path, instant: str, status: Status, leads_to: str, hears: bool
) -> None:
    found = numbers(tmp_path, WHOLE).at("12333", at(instant))
    assert found
    line, now = found
    assert (now, line.leads_to) == (status, leads_to)
    assert bool(line.notice_at(day_of(at(instant)))) is hears


@pytest.mark.parametrize(("seats", "leads_to"), [("kept", "12329"), ("cancelled", "12345")])
def test_a_double_number_leads_to_whose_seats_are_left(tmp_path: Path, seats: str, leads_to: str) -> None:
    found = numbers(tmp_path, DOUBLE.replace("seats: kept", f"seats: {seats}")).at("12329", at("2022-01-01 00:00"))
    assert found
    assert (found[0].leads_to, found[1]) == (leads_to, Status.IN_USE)


def test_a_double_number_may_be_merged_whole_later(tmp_path: Path) -> None:
    later = WHOLE.replace("12333", "12329").replace("2021-11-30", "2023-05-01").replace("2022-02-28", "2023-07-31")
    found = numbers(tmp_path, DOUBLE, later)
    assert modes_of(found, "12329", "2023-04-01 00:00", "2023-06-01 00:00") == ["double_number", "whole"]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (WHOLE + DOUBLE.replace("12329", "12333").replace("2021", "2024"), "已取消的号码不再恢复"),
        (WHOLE.replace("2022-02-28", "2022-02-26"), "语音提示期不足"),
        (WHOLE.replace("    notices: [{from: 2021-11-30", "    notices: [{from: 2021-12-01"), "语音提示期不足"),
        (WHOLE.replace("seats: cancelled", "seats: kept"), "whole 不能 kept"),
        (DOUBLE.replace("double_number", "sub_centre").replace("seats: kept", "seats: cancelled"), "sub_centre 不能"),
        (DOUBLE.replace("double_number", "half"), "没有归并方式 half"),
        (DOUBLE.replace("350100-housing-fund", "nobody"), "没有单位 nobody"),
        (DOUBLE.replace("12329", "12345"), "12345 本身不归并"),
        (DOUBLE + DOUBLE, "应按日期先后排列"),
        (WHOLE.replace("2022-02-28", "2021-11-01"), "提示的止日早于起日"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_with_its_line(tmp_path: Path, lines: str, says: str) -> None:
    with pytest.raises(PolicyError) as told:
        numbers(tmp_path, lines)
    assert says in "\n".join(problem.zh for problem in told.value.problems)
    assert all(problem.line > 1 for problem in told.value.problems)


def test_a_file_of_another_city_is_refused_and_a_city_without_one_has_no_merged_numbers(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        numbers(tmp_path, WHOLE, city="350200")
    assert load_numbers(tmp_path, "610926", UNITS).lines == {}


def test_the_shipped_modes_are_those_of_the_regulations() -> None:
    modes = load_modes(ROOT / "policies")
    kept = {code: (mode.number_kept, sorted(mode.seats), mode.notice_months) for code, mode in modes.items()}
    assert kept == {
        "whole": (False, [Seats.CANCELLED], 3),
        "double_number": (True, [Seats.CANCELLED, Seats.KEPT], 0),
        "sub_centre": (True, [Seats.KEPT], 0),
        "coexisting": (True, [Seats.KEPT], 0),
    }
    assert [code for code, mode in modes.items() if mode.final] == ["whole"]
    assert all(mode.supervised for mode in modes.values())


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2021-11-30", 3, "2022-02-28"), ("2023-11-30", 3, "2024-02-29"), ("2021-12-01", 3, "2022-03-01"),
     ("2021-09-15", 3, "2021-12-15"), ("2021-10-31", 2, "2021-12-31")],
)  # fmt: skip
def test_months_are_counted_to_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, then: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(then)
