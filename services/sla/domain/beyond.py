"""The part of a limit that lies past the published calendar: by it the deadline is found anew when the notice comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from services.sla.domain.calendar import MOMENT, OfficeCalendar, OutsideCalendar


class CountedIn(StrEnum):
    """What remained to be counted."""

    WORKING_DAY = "working_day"
    HALF_WORKING_DAY = "half_working_day"
    WORKING_SECOND = "working_second"
    # Only whether the last day is off depends on the calendar.
    CALENDAR_DAY = "calendar_day"


@dataclass(frozen=True, slots=True)
class Beyond:
    """So much of a limit was left at `since`, up to which the calendar was published when it was reckoned.

    A notice changes nothing before that instant, so the same amount after it leads to the deadline under any calendar.
    """

    since: datetime
    amount: int
    unit: CountedIn

    @classmethod
    def parse(cls, text: str) -> Self:
        since, amount, unit = text.split(" ")
        return cls(datetime.fromisoformat(since), int(amount), CountedIn(unit))

    def __str__(self) -> str:
        return f"{self.since.isoformat()} {self.amount} {self.unit}"

    def due(self, calendar: OfficeCalendar) -> datetime:
        """Where the amount ends. Raises OutsideCalendar."""
        match self.unit:
            case CountedIn.WORKING_DAY:
                return calendar.after_working_days(self.since - MOMENT, self.amount)
            case CountedIn.HALF_WORKING_DAY:
                return calendar.after_sessions(self.since, self.amount)
            case CountedIn.WORKING_SECOND:
                return calendar.when_worked(calendar.worked(self.since) + self.amount)
            case CountedIn.CALENDAR_DAY:
                return calendar.after_calendar_days(self.since - MOMENT, self.amount)


def beyond(start: datetime, due: datetime, unit: str, calendar: OfficeCalendar) -> Beyond | None:
    """None where nothing lies past the published part, or where the deadline does not follow from working time."""
    if due <= calendar.published_until:
        return None
    for found in _ways(start, due, unit, calendar):
        if found.amount > 0 and _leads_to(found, due, calendar):
            return found
    return None


def beyond_in_days(start: datetime, amount: int, due: datetime, calendar: OfficeCalendar) -> Beyond | None:
    """Of a limit in calendar days: those that are left; none where the limit does not begin before."""
    if due <= calendar.published_until:
        return None
    since = max(calendar.end_of_day(start), calendar.published_until)
    return Beyond(since, max((calendar.end_of_day(start, amount) - since).days, 0), CountedIn.CALENDAR_DAY)


def _ways(start: datetime, due: datetime, unit: str, calendar: OfficeCalendar) -> Iterator[Beyond]:
    """In the limit's own unit; else in working time, where the deadline lies within a session."""
    if unit == CountedIn.WORKING_DAY:
        since = max(calendar.end_of_day(start), calendar.published_until)
        yield Beyond(since, calendar.working_days_between(since, due), CountedIn.WORKING_DAY)
    since = max(start, calendar.published_until)
    if unit == CountedIn.HALF_WORKING_DAY:
        yield Beyond(since, calendar.sessions_between(since, due), CountedIn.HALF_WORKING_DAY)
    yield Beyond(since, calendar.worked(due) - calendar.worked(since), CountedIn.WORKING_SECOND)


def _leads_to(found: Beyond, due: datetime, calendar: OfficeCalendar) -> bool:
    try:
        return found.due(calendar) == due
    except OutsideCalendar:
        return False


def may_move(old: datetime, new: datetime, now: datetime, calendar: OfficeCalendar) -> bool:
    """Later at once; earlier only while the new deadline is more than the calendar's working days ahead."""
    days = calendar.days.earlier_ahead
    return new > old or (new < old and now < calendar.before_working_days(new, days))
