"""The days of the demonstration, with holidays and make-up workdays by the State Council's notice."""

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar

from cli.demo.result import Day, DayKind

NAMES = {"National Day": "国庆", "Mid-autumn Festival": "中秋"}
MAKEUP = "调休"


def kind_of(on: date) -> DayKind:
    """A weekend inside a holiday counts as the holiday."""
    weekend = on.weekday() > 4
    if chinese_calendar.is_workday(on):
        return DayKind.MAKEUP if weekend else DayKind.WORKDAY
    if not weekend or chinese_calendar.get_holiday_detail(on)[1] is not None:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND


def name_of(on: date) -> str:
    """国庆, 中秋, 调休 or nothing; for the board and the strip."""
    match kind_of(on):
        case DayKind.MAKEUP:
            return MAKEUP
        case DayKind.HOLIDAY:
            return NAMES.get(chinese_calendar.get_holiday_detail(on)[1] or "", "")
        case _:
            return ""


def days_between(first: date, last: date, cases_on: Mapping[date, int]) -> tuple[Day, ...]:
    """Every day from `first` to `last`; a holiday is named on its first day only."""
    shown: list[Day] = []
    for index in range((last - first).days + 1):
        on = first + timedelta(days=index)
        name = name_of(on)
        again = bool(shown) and name != MAKEUP and name_of(shown[-1].on) == name
        shown.append(Day(on, kind_of(on), "" if again else name, cases_on.get(on, 0)))
    return tuple(shown)
