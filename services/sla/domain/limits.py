"""A legal limit such as "10 working_day", and the instants it leads to."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self

from chassis.policy import Unsound
from services.sla.domain.beyond import Beyond, beyond, beyond_in_days
from services.sla.domain.calendar import MOMENT, OfficeCalendar


class Unit(StrEnum):
    """What a limit counts in."""

    WORKING_DAY = "working_day"
    HALF_WORKING_DAY = "half_working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    CLOCK_HOUR = "clock_hour"
    MINUTE = "minute"
    # 24:00 of the day of the start, and at least so many clock hours from it.
    SAME_DAY = "same_day"


DAY_AND_NIGHT = frozenset({Unit.CLOCK_HOUR, Unit.MINUTE, Unit.SAME_DAY, Unit.CALENDAR_DAY})
MOST = 9999
_TEXT = re.compile(r"(\d{1,4}) (\w+)")


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of a unit; "4 same_day" is the same day, and at least 4 clock hours."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "10 working_day". Raises Unsound."""
        match = _TEXT.fullmatch(text)
        if match is None or match[2] not in set(Unit) or int(match[1]) == 0:
            units = ", ".join(Unit)
            raise Unsound(
                f"时限应写作“10 working_day”：1 至 {MOST} 的整数，空格，单位（{units} 之一）",
                f"a limit reads like '10 working_day': a whole number from 1 to {MOST}, a space, one of {units}",
            )
        return cls(int(match[1]), Unit(match[2]))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def due(self, start: datetime, calendar: OfficeCalendar) -> datetime:
        """When the limit ends that begins at `start`. Raises OutsideCalendar."""
        return _DUE[self.unit](self.amount, start, calendar)

    def due_after(self, due: datetime, calendar: OfficeCalendar) -> datetime:
        """When it ends if it follows another limit, or moves its deadline: 24:00 still belongs to the day it ends."""
        match self.unit:
            case Unit.WORKING_DAY | Unit.CALENDAR_DAY:
                return self.due(due - MOMENT, calendar)
            case Unit.SAME_DAY:
                return max(calendar.end_of_day(due - MOMENT), due + timedelta(hours=self.amount))
            case _:
                return self.due(due, calendar)

    def before(self, due: datetime, calendar: OfficeCalendar) -> datetime:
        """The last moment at which the whole limit still lies ahead of the deadline."""
        match self.unit:
            case Unit.WORKING_DAY:
                return calendar.before_working_days(due, self.amount)
            case Unit.HALF_WORKING_DAY:
                return calendar.before_sessions(due, self.amount)
            case Unit.WORKING_HOUR:
                return calendar.last_when_worked(calendar.worked(due) - self.amount * 3600)
            case Unit.MINUTE:
                return due - timedelta(minutes=self.amount)
            case Unit.CLOCK_HOUR:
                return due - timedelta(hours=self.amount)
            case Unit.CALENDAR_DAY | Unit.SAME_DAY:
                return due - timedelta(days=self.amount)


# A look into a table: each unit of an Enum that is named costs a fiftieth of a whole deadline.
_DUE: Mapping[Unit, Callable[[int, datetime, OfficeCalendar], datetime]] = {
    Unit.WORKING_DAY: lambda amount, start, calendar: calendar.after_working_days(start, amount),
    Unit.HALF_WORKING_DAY: lambda amount, start, calendar: calendar.after_sessions(start, amount),
    Unit.WORKING_HOUR: lambda amount, start, calendar: calendar.when_worked(calendar.worked(start) + amount * 3600),
    Unit.CALENDAR_DAY: lambda amount, start, calendar: calendar.after_calendar_days(start, amount),
    Unit.CLOCK_HOUR: lambda amount, start, _: start + timedelta(hours=amount),
    Unit.MINUTE: lambda amount, start, _: start + timedelta(minutes=amount),
    Unit.SAME_DAY: lambda amount, start, calendar: max(calendar.end_of_day(start), start + timedelta(hours=amount)),
}
_WORKING_HOUR, _CALENDAR_DAY = Unit.WORKING_HOUR, Unit.CALENDAR_DAY


@dataclass(frozen=True, slots=True)
class Yellow:
    """When the yellow light comes: shares of the limit in percent, and working days before the deadline."""

    share: int
    working_days_before: int
    not_before: int
    share_of_hours: int


class Deadline(NamedTuple):
    """The instants of one limit."""

    start: datetime
    due: datetime
    warn: datetime
    # It reaches past the last published holiday notice.
    provisional: bool
    # By what it is found anew when the notice comes, where that can change it.
    beyond: Beyond | None = None


def deadline(start: datetime, limits: Sequence[Limit], yellow: Yellow, calendar: OfficeCalendar) -> Deadline:
    """The deadline of limits that follow each other, with its yellow light."""
    last = limits[-1]
    due = last.due(start, calendar) if len(limits) == 1 else due_of(start, limits, calendar)
    found = with_due(start, due, last.unit, yellow, calendar)
    if last.unit is not _CALENDAR_DAY or not found.provisional:
        return found
    begins = due_of(start, limits[:-1], calendar) - MOMENT if len(limits) > 1 else start
    if begins > calendar.published_until and len(limits) > 1:
        return found  # what runs first would have to be found anew as well
    return found._replace(beyond=beyond_in_days(begins, last.amount, found.due, calendar))


def due_of(start: datetime, limits: Sequence[Limit], calendar: OfficeCalendar) -> datetime:
    """When limits that follow each other end."""
    due = limits[0].due(start, calendar)
    for limit in limits[1:]:
        due = limit.due_after(due, calendar)
    return due


def with_due(start: datetime, due: datetime, unit: Unit, yellow: Yellow, calendar: OfficeCalendar) -> Deadline:
    """The deadline that is known already, with its yellow light."""
    warn = warn_at(start, due, unit, yellow, calendar)
    if due <= calendar.published_until:
        return Deadline(start, due, warn, False)
    left = None if unit in DAY_AND_NIGHT else beyond(start, due, unit, calendar)
    return Deadline(start, due, warn, True, left)


def warn_at(start: datetime, due: datetime, unit: Unit, yellow: Yellow, calendar: OfficeCalendar) -> datetime:
    """Earlier of a share of the limit and whole working days before its end, never before half; hours: a share."""
    if due <= start:  # a moment that somebody has set may have passed before
        return due
    if unit in DAY_AND_NIGHT:
        return start + (due - start) * yellow.share_of_hours / 100
    begin, end = calendar.worked(start), calendar.worked(due)
    total = end - begin
    if unit is _WORKING_HOUR:
        return calendar.when_worked(begin + total * yellow.share_of_hours // 100)
    if total == 0:  # a night or a holiday: half of the time is half of what the clock shows
        return start + (due - start) * yellow.not_before / 100
    early = begin + total * yellow.share // 100
    days_before = calendar.worked_before_working_days(due, yellow.working_days_before)
    half = begin + total * yellow.not_before // 100
    early = early if early < days_before else days_before
    warn = calendar.when_worked(early if early > half else half)
    return warn if warn > start else start


def share_of_time(start: datetime, due: datetime, percent: int, calendar: OfficeCalendar) -> datetime:
    """A share of the working time between two instants; of clock time where hardly any working time lies between."""
    begin, end = calendar.worked(start), calendar.worked(due)
    if end - begin < 3600:
        return start + (due - start) * percent / 100
    return calendar.when_worked(begin + (end - begin) * percent // 100)
