"""The days of the demonstration."""

from datetime import date

from cli.demo.days import days_between, name_of
from cli.demo.result import DayKind


def test_national_day_is_named_once_and_its_make_up_workdays_each() -> None:
    days = days_between(date(2026, 9, 14), date(2026, 10, 18), {date(2026, 9, 14): 3})
    assert {(day.on.month, day.on.day): day.zh for day in days if day.zh} == {
        (9, 20): "调休",
        (9, 25): "中秋",
        (10, 1): "国庆",
        (10, 10): "调休",
    }
    assert days[0].cases == 3


def test_eleven_days_are_off_between_the_festival_and_the_makeup_saturday() -> None:
    days = days_between(date(2026, 9, 25), date(2026, 10, 11), {})
    off = [day for day in days if day.kind in (DayKind.HOLIDAY, DayKind.WEEKEND)]
    assert len(off) == 11
    assert name_of(date(2026, 10, 7)) == "国庆"
