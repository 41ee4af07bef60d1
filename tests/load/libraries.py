"""The same question to the libraries there are: when do 10 working days end, and when 16 working hours?

None of them knows the lights, half days, sessions by season, the twenty-fourth hour, or what is provisional: they get
no more than a number of days or hours, and their answers are compared one by one.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import chinese_calendar
import holidays
import numpy as np
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule

from services.sla.domain.calendar import SHANGHAI, OfficeCalendar, local
from services.sla.domain.limits import Limit, Unit
from tests.load.report import Report

DAYS, HOURS, HOURS_A_DAY = 10, 16, 7
BASELINE = "the holidays loop"
Answers = Callable[[Sequence[datetime]], Sequence[Any]]


@dataclass(frozen=True)
class Way:
    """How somebody finds the answers; `exact`: it is told all that the question needs, so they must be the same."""

    name: str
    answers: Answers
    exact: bool
    few: int = 1
    """It gets one in so many of the questions, where all would take minutes."""


def compared(calendar: OfficeCalendar, starts: Sequence[datetime]) -> Report:
    report = Report(f"The same question of {len(starts):,} starts, and the same answers", baseline=BASELINE)
    days, hours = Limit(DAYS, Unit.WORKING_DAY), Limit(HOURS, Unit.WORKING_HOUR)
    closes = [local(days.due(start, calendar)).replace(tzinfo=None) for start in starts]
    loop, base = _measured(_ways_of_days(calendar)[0], starts)
    _, rate = _measured(Way("", lambda asked: [days.due(start, calendar) for start in asked], True), starts)
    report.add(f"{DAYS} working days: this platform", f"{rate:,.0f} per second", ratio=rate / base)
    for way in _ways_of_days(calendar):
        found, rate = (loop, base) if way.name == BASELINE else _measured(way, starts)
        _add(report, f"{DAYS} working days: {way.name}", way, rate, base, found, closes[:: way.few])
    ends = [local(hours.due(start, calendar)).replace(tzinfo=None) for start in starts]
    found, rate = _measured(Way("", lambda asked: [hours.due(start, calendar) for start in asked], True), starts)
    report.add(f"{HOURS} working hours: this platform", f"{rate:,.0f} per second", ratio=rate / base)
    way = Way("businesstimedelta", _by_businesstimedelta(calendar, HOURS, from_midnight=False), True, few=25)
    found, rate = _measured(way, starts)
    _add(report, f"{HOURS} working hours: {way.name}", way, rate, base, found, ends[:: way.few])
    report.add(f"{HOURS} working hours: holidays, numpy, chinesecalendar", "cannot say: they know days only")
    return report


def _ways_of_days(calendar: OfficeCalendar) -> list[Way]:
    return [
        Way(BASELINE, _by_holidays(), False),
        Way("a loop over the days of chinesecalendar", _by_chinesecalendar, True),
        Way("numpy.busday_offset, told our days off, one by one", _by_numpy(calendar, together=False), True),
        Way("numpy.busday_offset, told our days off, all in one array", _by_numpy(calendar, together=True), True),
        Way("businesstimedelta, told our days off", _by_businesstimedelta(calendar, DAYS * HOURS_A_DAY), True, few=25),
    ]


def _measured(way: Way, starts: Sequence[datetime]) -> tuple[Sequence[Any], float]:
    asked = starts[:: way.few]
    cpu = time.process_time()
    found = way.answers(asked)
    return found, len(asked) / (time.process_time() - cpu)


def _add(
    report: Report, what: str, way: Way, rate: float, base: float, found: Sequence[datetime], right: Sequence[datetime]
) -> None:
    same = sum(one == other for one, other in zip(found, right, strict=True))
    goal = f"{same:,} of {len(right):,} the same"
    report.add(what, f"{rate:,.0f} per second", goal, same == len(right) if way.exact else None, rate / base)


# -- by days -----------------------------------------------------------------------------------------------------------


def _closing(day: date) -> datetime:
    return datetime.combine(day, time_of_day(17, 30))


def _by_holidays() -> Answers:
    """Day by day, until so many were worked; the package has the make-up days of the years that it knows."""
    china = holidays.country_holidays("CN", years=range(2023, 2027))

    def ends(start: datetime) -> datetime:
        day, amount = start.astimezone(SHANGHAI).date(), DAYS
        while amount:
            day += timedelta(days=1)
            amount -= china.is_working_day(day)
        return _closing(day)

    return lambda asked: [ends(start) for start in asked]


def _by_chinesecalendar(asked: Sequence[datetime]) -> Sequence[datetime]:
    def ends(start: datetime) -> datetime:
        day, amount = start.astimezone(SHANGHAI).date(), DAYS
        while amount:
            day += timedelta(days=1)
            amount -= chinese_calendar.is_workday(day)
        return _closing(day)

    return [ends(start) for start in asked]


def _by_numpy(calendar: OfficeCalendar, *, together: bool) -> Answers:
    """It knows no weekend that is worked: so all days of the week are, and the weekends stand among the days off."""
    days = np.busdaycalendar(weekmask="1111111", holidays=_days_off(calendar))

    def ends(since: Any) -> Any:
        return np.busday_offset(since, DAYS, roll="preceding", busdaycal=days)

    def one_by_one(asked: Sequence[datetime]) -> Sequence[datetime]:
        return [_closing(ends(start.astimezone(SHANGHAI).date()).item()) for start in asked]

    def in_an_array(asked: Sequence[datetime]) -> Sequence[datetime]:
        local_days = np.array([start.astimezone(SHANGHAI).date() for start in asked], dtype="datetime64[D]")
        return [_closing(day) for day in ends(local_days).tolist()]

    return in_an_array if together else one_by_one


# -- by hours ----------------------------------------------------------------------------------------------------------


def _by_businesstimedelta(calendar: OfficeCalendar, hours: int, *, from_midnight: bool = True) -> Answers:
    """One rule for each session, the same all the year; days are so many hours from the midnight that follows."""
    zone = pytz.timezone("Asia/Shanghai")
    sessions = ((time_of_day(8), time_of_day(12)), (time_of_day(14, 30), time_of_day(17, 30)))
    rules = [WorkDayRule(opens, closes, working_days=list(range(7)), tz=zone) for opens, closes in sessions]
    span = BusinessTimeDelta(Rules([*rules, HolidayRule(set(_days_off(calendar)), tz=zone)]), hours=hours)

    def ends(start: datetime) -> datetime:
        since = start.astimezone(zone)
        if from_midnight:
            since = zone.localize(datetime.combine(since.date() + timedelta(days=1), time_of_day()))
        found: datetime = (since + span).astimezone(zone).replace(tzinfo=None)
        return found

    return lambda asked: [ends(start) for start in asked]


def _days_off(calendar: OfficeCalendar) -> list[date]:
    days = calendar.days
    return [days.first + timedelta(days=n) for n, kind in enumerate(days.kinds) if not kind.is_worked]
