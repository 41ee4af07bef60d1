"""Days and office hours of one city, laid out as arrays so that a deadline is a few look-ups."""

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from chassis.domain import DomainError, Step

# China has kept one zone without summer time since 1991; a fixed offset is exact and fast.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

# What lies between 24:00 of a day and the day itself.
MOMENT = timedelta(microseconds=1)

Sessions = tuple[tuple[time, time], ...]


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def is_worked(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class HolidayName:
    """What people call a holiday, in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True)
class WorkingDays:
    """The days of a country, or of a city that deviates from it, each with its kind."""

    first: date
    kinds: Sequence[DayKind]
    names: Mapping[date, HolidayName]
    published_through: date
    name: str
    # A notice moves a deadline earlier only while so many working days lie ahead of the new one.
    earlier_ahead: int = 1
    # What a city does otherwise on days that are worked, told where such a day is counted.
    notes: Mapping[date, Step] = field(default_factory=dict)
    # The notice of each year, where the file names it.
    sources: Mapping[int, HolidayName] = field(default_factory=dict)


class OutsideCalendar(DomainError):
    """The calendar does not reach that far."""

    zh = "日期超出工作日历范围：{day}"
    en = "the working calendar does not reach {day}"


class OfficeCalendar:
    """Working days and office sessions of one city. Instants in and out are aware; results are UTC."""

    def __init__(self, days: WorkingDays, sessions_on: Callable[[date], Sessions]) -> None:
        self.days = days
        # Kept in UTC: a difference within one zone object is several times faster than across two.
        self.epoch = datetime.combine(days.first, time(), SHANGHAI).astimezone(UTC)
        published = datetime.combine(days.published_through + timedelta(days=1), time(), SHANGHAI)
        self.published_until = published.astimezone(UTC)
        self._lay_out(sessions_on)
        self.version = self._edition()

    def _lay_out(self, sessions_on: Callable[[date], Sessions]) -> None:
        self._counted: list[int] = []  # working days up to and including each day
        self._closing: list[datetime] = []  # close of business of each working day
        self._worked_by: list[int] = []  # working seconds up to the close of each working day
        self._opens: list[int] = []  # each session, in seconds since the first day
        self._closes: list[int] = []
        self._after: list[int] = []  # working seconds up to its close
        self._idle: list[int] = []  # all others before it: within a session the same at each second
        worked = 0
        spans: dict[Sessions, Sequence[tuple[int, int]]] = {}  # few days have hours of their own
        for number, kind in enumerate(self.days.kinds):
            if kind.is_worked:
                midnight, sessions = number * 86_400, sessions_on(self.days.first + timedelta(days=number))
                if sessions not in spans:
                    spans[sessions] = [(_seconds(opens), _seconds(closes)) for opens, closes in sessions]
                for opens, closes in spans[sessions]:
                    self._opens.append(midnight + opens)
                    self._closes.append(midnight + closes)
                    self._idle.append(midnight + opens - worked)
                    worked += closes - opens
                    self._after.append(worked)
                self._closing.append(self._instant(self._closes[-1]))
                self._worked_by.append(worked)
            self._counted.append(len(self._closing))

    def _edition(self) -> str:
        """Tells two editions apart by what is worked and what is published, not by how the files put it."""
        worked = array("q", [*self._opens, *self._closes, self.days.published_through.toordinal()])
        return f"{self.days.name}@{hashlib.sha256(worked.tobytes()).hexdigest()[:12]}"

    # -- days --------------------------------------------------------------------------------------------------------

    def kind_of(self, day: date) -> DayKind:
        number = (day - self.days.first).days
        if not 0 <= number < len(self._counted):
            raise OutsideCalendar(day=day)
        return self.days.kinds[number]

    def after_working_days(self, start: datetime, amount: int) -> datetime:
        """Close of business of the n-th working day after the day of the start (Civil Code arts. 201-203)."""
        try:
            return self._closing[self._counted[self._day(start)] + amount - 1]
        except IndexError:
            raise OutsideCalendar(day=f"{local(start):%Y-%m-%d} + {amount}") from None

    def before_working_days(self, due: datetime, amount: int) -> datetime:
        """Close of business of the n-th working day before the day of the deadline; 24:00 ends its day."""
        return self._closing[max(self._counted_before_day_of(due) - amount, 0)]

    def working_days_between(self, since: datetime, until: datetime) -> int:
        """Working days from the day that begins at or after `since` to the day of `until`, both counted."""
        return self._counted[self._day(until)] - self._counted[self._day(since - timedelta(microseconds=1))]

    def end_of_day(self, start: datetime, later: int = 0) -> datetime:
        """24:00 local time of the day of the start, or of a day so many calendar days later."""
        return self._instant((self._day(start) + later + 1) * 86_400)

    def after_calendar_days(self, start: datetime, amount: int) -> datetime:
        """24:00 of the n-th day after that of the start; of the next working day, where that one is off (art. 203)."""
        last = self._day(start) + amount
        counted_before = self._counted[min(last, len(self._counted)) - 1] if last else 0
        found = bisect_left(self._counted, counted_before + 1, lo=last)
        if found >= len(self._counted):
            raise OutsideCalendar(day=f"{local(start):%Y-%m-%d} + {amount}")
        return self._instant((found + 1) * 86_400)

    # -- sessions ----------------------------------------------------------------------------------------------------

    def after_sessions(self, start: datetime, amount: int) -> datetime:
        """End of the n-th office session that still lies wholly ahead (half a working day each)."""
        delta = start - self.epoch
        second = delta.days * 86_400 + delta.seconds + (delta.microseconds > 0)
        found = bisect_left(self._opens, second) + amount - 1
        if found < len(self._closes):
            return self.epoch + timedelta(0, self._closes[found])
        raise self._ended()

    def before_sessions(self, due: datetime, amount: int) -> datetime:
        """Last moment at which so many whole office sessions still lie ahead of the deadline."""
        found = bisect_right(self._closes, self._second(due)) - amount
        return self._instant(self._opens[max(found, 0)])

    def sessions_between(self, since: datetime, until: datetime) -> int:
        """Whole sessions between two instants."""
        first = bisect_left(self._opens, self._second(since, up=True))
        return bisect_right(self._closes, self._second(until)) - first

    # -- working time ------------------------------------------------------------------------------------------------

    def worked(self, instant: datetime) -> int:
        """Working seconds from the first day of the calendar until the instant."""
        delta = instant - self.epoch
        second = delta.days * 86_400 + delta.seconds
        found = bisect_right(self._opens, second) - 1
        if found < 0:
            return 0
        return second - self._idle[found] if second < self._closes[found] else self._after[found]

    def when_worked(self, seconds: int) -> datetime:
        """The earliest instant by which so many working seconds have passed."""
        found = bisect_left(self._after, seconds)
        if found < len(self._idle):
            return self.epoch + timedelta(0, seconds + self._idle[found])
        raise self._ended()

    def worked_before_working_days(self, due: datetime, amount: int) -> int:
        """Working seconds until the close of the n-th working day before the day of the deadline."""
        found = self._counted_before_day_of(due) - amount
        return self._worked_by[found if found > 0 else 0]

    def last_when_worked(self, seconds: int) -> datetime:
        """The last instant by which no more than so many working seconds have passed."""
        found = bisect_right(self._after, seconds)
        if found < len(self._idle):
            return self._instant(max(self._opens[found], seconds + self._idle[found]))
        raise self._ended()

    # -- positions ---------------------------------------------------------------------------------------------------

    def _day(self, instant: datetime) -> int:
        number = (instant - self.epoch).days
        if not 0 <= number < len(self._counted):
            raise OutsideCalendar(day=f"{local(instant):%Y-%m-%d}")
        return number

    def _counted_before_day_of(self, due: datetime) -> int:
        return self._counted[max(self._day(due - MOMENT) - 1, 0)]

    def _second(self, instant: datetime, *, up: bool = False) -> int:
        delta = instant - self.epoch
        return delta.days * 86_400 + delta.seconds + (1 if up and delta.microseconds else 0)

    def _instant(self, second: int) -> datetime:
        return self.epoch + timedelta(0, second)

    def _ended(self) -> OutsideCalendar:
        return OutsideCalendar(day=f"{self.days.first + timedelta(days=len(self.days.kinds))}")


def local(instant: datetime) -> datetime:
    """The instant as people in China read it."""
    return instant.astimezone(SHANGHAI)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
