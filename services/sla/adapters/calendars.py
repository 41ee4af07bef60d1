"""The calendar files of policies/calendar/, together with the chinesecalendar package, as working days."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import chinese_calendar
from pydantic import Field

from chassis.policy import Basis, Policy, Words, WorkingHours, load
from services.sla.domain.calendar import DayKind, HolidayName, OfficeCalendar, Sessions, WorkingDays
from services.sla.domain.local_days import NO_LOCAL_DAYS, LocalDays

FIRST = date(2009, 1, 1)
MonthDay = Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]


class DaysOff(Policy):
    """A run of days off with its name."""

    since: date = Field(alias="from")
    until: date
    name: Words


class Notice(Policy):
    """One year's holiday notice; it replaces what the package knows of that year."""

    year: int
    source: Words
    days_off: tuple[DaysOff, ...]
    make_up_workdays: tuple[date, ...] = ()


class YearlyHoliday(Policy):
    """Statutory days with a fixed date."""

    days: tuple[MonthDay, ...]
    name: Words


class Statutory(Policy):
    """The statutory days of years without a notice yet."""

    every_year: tuple[YearlyHoliday, ...]
    spring_festival: tuple[date, ...]
    qingming: tuple[date, ...]
    dragon_boat: tuple[date, ...]
    mid_autumn: tuple[date, ...]


class PublishedLater(Policy):
    """How deadlines that were reckoned without the notice of their year follow it: later at once, earlier with care."""

    earlier_while_working_days_ahead: Annotated[int, Field(ge=1, le=30)]
    basis: Basis


class CalendarFile(Policy):
    """``calendar/<name>.yaml``."""

    name: str
    published: Literal["chinesecalendar", "none"]
    basis: Basis
    published_later: PublishedLater
    notices: tuple[Notice, ...]
    statutory: Statutory


Off = dict[date, HolidayName]
_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def load_working_days(path: Path, *, through: int | None = None) -> WorkingDays:
    """All days from 2009 to the last year that the file covers; `through`: as if no later year were published.

    Raises PolicyError.
    """
    file = load(path, CalendarFile)
    off, worked = _packaged(through) if file.published == "chinesecalendar" else ({}, set())
    known_through = max(off, default=FIRST).year if off else FIRST.year - 1
    last = max((day.year for day in file.statutory.spring_festival), default=known_through)
    for year in range(known_through + 1, last + 1):
        off.update(_statutory(file.statutory, year))
    told = (notice for notice in file.notices if through is None or notice.year <= through)
    notices = sorted(told, key=lambda notice: notice.year)
    off, worked = _without([notice.year for notice in notices], off, worked)
    for notice in notices:
        off |= {day: _name(run.name) for run in notice.days_off for day in _days(run.since, run.until)}
        worked |= set(notice.make_up_workdays)
        known_through = notice.year if notice.year == known_through + 1 else known_through
    return WorkingDays(
        first=FIRST,
        kinds=[_kind(day, off, worked) for day in _days(FIRST, date(last, 12, 31))],
        names=off,
        published_through=date(known_through, 12, 31),
        name=file.name,
        earlier_ahead=file.published_later.earlier_while_working_days_ahead,
        sources={notice.year: _name(notice.source) for notice in notices},
    )


def office_calendar(days: WorkingDays, hours: WorkingHours, local: LocalDays = NO_LOCAL_DAYS) -> OfficeCalendar:
    """A city's office sessions, and the days that it keeps otherwise, laid over the country's working days."""
    usual = usual_sessions(hours)
    return OfficeCalendar(local.laid_over(days), lambda day: local.sessions.get(day) or usual(day))


def usual_sessions(hours: WorkingHours) -> Callable[[date], Sessions]:
    """The office sessions of a day by the season."""
    seasons = sorted(hours.seasons, key=lambda season: season.since)
    sessions = [(s.since, tuple((x.opens, x.closes) for x in s.sessions)) for s in seasons]

    @cache
    def sessions_of(month: int, day: int) -> Sessions:
        # Before the first season of the year the last one of the year before goes on.
        month_day = f"{month:02d}-{day:02d}"
        return next((found for since, found in reversed(sessions) if since <= month_day), sessions[-1][1])

    return lambda day: sessions_of(day.month, day.day)


def _packaged(through: int | None) -> tuple[Off, set[date]]:
    until = date(through or date.max.year, 12, 31)
    off = {
        day: HolidayName(_ZH.get(name, name), name)
        for day, name in chinese_calendar.holidays.items()
        if FIRST <= day <= until
    }
    return off, {day for day in chinese_calendar.workdays if FIRST <= day <= until}


def _statutory(statutory: Statutory, year: int) -> Off:
    off: Off = {}
    for holiday in statutory.every_year:
        off |= {date.fromisoformat(f"{year}-{day}"): _name(holiday.name) for day in holiday.days}
    for first in (day for day in statutory.spring_festival if day.year == year):
        off |= {first + timedelta(days=n): HolidayName("春节", "Spring Festival") for n in range(-1, 3)}
    for days, name in (
        (statutory.qingming, HolidayName("清明节", "Tomb-sweeping Day")),
        (statutory.dragon_boat, HolidayName("端午节", "Dragon Boat Festival")),
        (statutory.mid_autumn, HolidayName("中秋节", "Mid-autumn Festival")),
    ):
        off |= {day: name for day in days if day.year == year}
    return off


def _without(years: Collection[int], off: Off, worked: set[date]) -> tuple[Off, set[date]]:
    """Before any notice is read: one may name the last days of the year before, whose own notice leaves them alone."""
    return (
        {day: name for day, name in off.items() if day.year not in years},
        {day for day in worked if day.year not in years},
    )


def _kind(day: date, off: Off, worked: set[date]) -> DayKind:
    if day in off:
        return DayKind.HOLIDAY
    if day in worked and day.weekday() >= 5:
        return DayKind.MAKE_UP
    return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _name(words: Words) -> HolidayName:
    return HolidayName(words.zh, words.en)
