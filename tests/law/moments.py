"""Instants as chance, or the nastiness of calendars, has them: closing times, midnights, year ends."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from tests.law.days import ONE_DAY, Desk

SECOND = timedelta(seconds=1)
# What two services say of the same moment may be so far apart.
TWO_CLOCKS = 5 * SECOND
EIGHT_HOURS = timedelta(hours=8)
# Later than this nothing starts, so that no deadline lies beyond the last statutory days of the calendar.
FIRST_YEAR, LAST_YEAR = 2018, 2033


def to_utc(local: datetime) -> datetime:
    """As the platform has it."""
    return (local - EIGHT_HOURS).replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def to_local(instant: datetime) -> datetime:
    """As the oracle has it."""
    return instant.replace(tzinfo=None) + EIGHT_HOURS


def moment(chance: Random, desk: Desk) -> datetime:
    """Any day of the years in question, more often near the turn of a year; any time, more often an edge."""
    year = chance.randint(FIRST_YEAR, LAST_YEAR) if chance.random() < 0.5 else desk.published_through
    day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    if chance.random() < 0.15:
        day = date(year, 12, 20) + timedelta(days=chance.randrange(24))
    return time_of(day, chance, desk)


def time_of(day: date, chance: Random, desk: Desk) -> datetime:
    what = chance.randrange(6)
    if what == 0:
        return datetime.combine(day, time(0)) + chance.choice((0, 0, 1, -1)) * SECOND
    if what == 1 and desk.sessions(day):
        session = chance.choice(desk.sessions(day))
        return chance.choice((session.opens, session.closes)) + chance.choice((0, 0, 1, -1)) * SECOND
    found = datetime.combine(day, time(0)) + chance.randrange(86_400) * SECOND
    if what == 2:
        return found + timedelta(microseconds=chance.choice((1, 500_000, 999_999)))
    return found.replace(second=0) if what == 3 else found


def some_time_later(earlier: datetime, chance: Random, desk: Desk) -> datetime:
    """Seconds, hours or weeks; often an edge of the day that comes out."""
    span = chance.choice((SECOND, timedelta(minutes=10), timedelta(hours=5), 3 * ONE_DAY, 20 * ONE_DAY))
    later = earlier + chance.randint(0, int(span.total_seconds())) * SECOND
    if chance.random() < 0.3:
        later = time_of(later.date(), chance, desk)
    return max(earlier, later)
