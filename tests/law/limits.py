"""How a limit runs, by the Civil Code (arts. 201-203) and docs/decisions.md "Time". Nothing is taken from services/sla.

A deadline of 24:00 is written as the midnight that follows, and still belongs to the day that it ends.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from tests.law.days import NOTHING, ONE_DAY, Desk

# The same is asked by the life that is told and by the file of it.
remembered = lru_cache(maxsize=4096)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# Limits that run day and night; their yellow light is a share of clock time.
DAY_AND_NIGHT = ("clock_hour", "minute", "same_day", "calendar_day")


@dataclass(frozen=True)
class Limit:
    """ "10 working_day"."""

    amount: int
    unit: str

    @classmethod
    @remembered
    def read(cls, text: str) -> "Limit":
        amount, unit = text.split()
        return cls(int(amount), unit)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


def day_it_ends(deadline: datetime) -> date:
    """The day that a deadline belongs to: 24:00 is the end of a day, not the beginning of the next."""
    return deadline.date() - ONE_DAY if deadline.time() == time(0) else deadline.date()


# -- forwards ----------------------------------------------------------------------------------------------------------


@remembered
def due(limit: Limit, start: datetime, desk: Desk, *, from_deadline: bool = False) -> datetime:
    """When a limit ends. `from_deadline`: it follows another limit, whose end may be 24:00 of a day."""
    first = day_it_ends(start) if from_deadline else start.date()
    if limit.unit == "working_day":
        return desk.close_of(nth_working_day_after(first, limit.amount, desk))
    if limit.unit == "half_working_day":
        return nth_whole_session_from(start, limit.amount, desk)
    if limit.unit == "working_hour":
        return desk.after_open(start.replace(microsecond=0), timedelta(hours=limit.amount))
    if limit.unit == "clock_hour":
        return start + timedelta(hours=limit.amount)
    if limit.unit == "minute":
        return start + timedelta(minutes=limit.amount)
    if limit.unit == "calendar_day":
        last = first + limit.amount * ONE_DAY
        while not desk.is_worked(last):
            last += ONE_DAY  # art. 203: a last day that is off is followed by the next working day
        return end_of_day(last)
    if limit.unit == "same_day":
        # Until 24:00, and never less than so many hours.
        return max(end_of_day(first), start + timedelta(hours=limit.amount))
    raise ValueError(limit.unit)


def end_of_day(day: date) -> datetime:
    """24:00."""
    return datetime.combine(day + ONE_DAY, time(0))


def nth_working_day_after(day: date, amount: int, desk: Desk) -> date:
    """The day of the start does not count."""
    while amount > 0:
        day += ONE_DAY
        if desk.is_worked(day):
            amount -= 1
    return day


def nth_whole_session_from(start: datetime, amount: int, desk: Desk) -> datetime:
    """Half a working day is one office session, and it must lie ahead whole."""
    for session in desk.sessions_from(start.date()):
        if session.opens >= start:
            amount -= 1
            if amount == 0:
                return session.closes
    raise AssertionError("days never end")


# -- backwards ---------------------------------------------------------------------------------------------------------


@remembered
def last_moment_before(limit: Limit, deadline: datetime, desk: Desk) -> datetime:
    """The last moment at which the whole limit still lies ahead of the deadline."""
    amount = limit.amount
    if limit.unit == "working_day":
        return nth_close_before(deadline, amount, desk)
    if limit.unit == "half_working_day":
        for session in desk.sessions_back_from(deadline.date()):
            if session.closes <= deadline:
                amount -= 1
                if amount == 0:
                    return session.opens
    if limit.unit == "working_hour":
        wanted = timedelta(hours=amount)
        for session in desk.sessions_back_from(deadline.date()):
            ends = min(deadline.replace(microsecond=0), session.closes)
            has = max(NOTHING, ends - session.opens)
            if has >= wanted:
                return ends - wanted
            wanted -= has
    if limit.unit == "clock_hour":
        return deadline - timedelta(hours=amount)
    if limit.unit == "minute":
        return deadline - timedelta(minutes=amount)
    raise ValueError(limit.unit)


@remembered
def nth_close_before(deadline: datetime, amount: int, desk: Desk) -> datetime:
    """Close of business on the n-th working day before the day of the deadline."""
    day = day_it_ends(deadline)
    while amount > 0:
        day -= ONE_DAY
        if desk.is_worked(day):
            amount -= 1
    return desk.close_of(day)


# -- shares and lights -------------------------------------------------------------------------------------------------


@remembered
def share_of_open_time(start: datetime, deadline: datetime, percent: int, desk: Desk) -> datetime:
    """When so much of the office time between two moments has passed. Office time is counted in whole seconds."""
    wanted = open_time(start, deadline, desk) * percent / 100
    return desk.after_open(start.replace(microsecond=0), wanted - wanted % SECOND)


@remembered
def open_time(start: datetime, deadline: datetime, desk: Desk) -> timedelta:
    return desk.open_between(start.replace(microsecond=0), deadline.replace(microsecond=0))


def share_of_clock_time(start: datetime, deadline: datetime, percent: int) -> datetime:
    return start + (deadline - start) * percent / 100


def share_of_remaining_time(start: datetime, deadline: datetime, percent: int, desk: Desk) -> datetime:
    """Of office time; of clock time where less than one office hour is left."""
    if open_time(start, deadline, desk) < HOUR:
        return share_of_clock_time(start, deadline, percent)
    return share_of_open_time(start, deadline, percent, desk)


def yellow(start: datetime, deadline: datetime, unit: str, lights: dict[str, Any], desk: Desk) -> datetime:
    """The earlier of a share of the limit and whole working days before its end, never before half; hours: a share."""
    if deadline <= start:
        return deadline
    if unit in DAY_AND_NIGHT:
        return share_of_clock_time(start, deadline, lights["share_of_hours"])
    if unit == "working_hour":
        return max(start, share_of_open_time(start, deadline, lights["share_of_hours"], desk))
    ahead = nth_close_before(deadline, lights["working_days_before"], desk)
    if open_time(start, deadline, desk) == NOTHING:
        share = share_of_clock_time(start, deadline, lights["share"])
        half = share_of_clock_time(start, deadline, lights["not_before"])
    else:
        share = share_of_open_time(start, deadline, lights["share"], desk)
        half = share_of_open_time(start, deadline, lights["not_before"], desk)
    return max(start, min(share, ahead), half)
