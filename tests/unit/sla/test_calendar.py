"""A calendar of two weeks, small enough to count by hand: its edges, its sessions, and what it is called."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.sla.domain.beyond import Beyond, CountedIn, beyond, beyond_in_days, may_move
from services.sla.domain.calendar import (
    SHANGHAI,
    DayKind,
    HolidayName,
    OfficeCalendar,
    OutsideCalendar,
    Sessions,
    WorkingDays,
)
from services.sla.domain.limits import Deadline, Limit, Unit, Yellow, deadline, due_of, share_of_time, warn_at, with_due

# Monday 1 June 2026 to Sunday the 14th; Friday the 5th is a holiday, Saturday the 6th makes up for it.
FIRST = date(2026, 6, 1)
KINDS = [DayKind.WORKDAY] * 5 + [DayKind.WEEKEND] * 2 + [DayKind.WORKDAY] * 5 + [DayKind.WEEKEND] * 2
KINDS[4], KINDS[5] = DayKind.HOLIDAY, DayKind.MAKE_UP
DAYS = WorkingDays(FIRST, KINDS, {}, date(2026, 6, 12), "small")
YELLOW = Yellow(share=75, working_days_before=1, not_before=50, share_of_hours=75)
SECOND, MOMENT = timedelta(seconds=1), timedelta(microseconds=1)


def sessions(_day: date) -> Sessions:
    return (time(8), time(12)), (time(14, 30, 15), time(17, 30, 30))


SMALL = OfficeCalendar(DAYS, sessions)


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


def closing(day: int) -> datetime:
    return at(day, 17, 30, 30)


def test_the_first_and_the_last_day_are_known_and_no_other() -> None:
    assert SMALL.kind_of(FIRST) is DayKind.WORKDAY
    assert SMALL.kind_of(date(2026, 6, 14)) is DayKind.WEEKEND
    for outside in (date(2026, 5, 31), date(2026, 6, 15)):
        with pytest.raises(OutsideCalendar):
            SMALL.kind_of(outside)
    assert SMALL.after_working_days(at(1), 1) == closing(2)
    for instant in (at(1) - MOMENT, at(14) + timedelta(days=1)):
        with pytest.raises(OutsideCalendar):
            SMALL.after_working_days(instant, 1)


def test_it_is_published_until_the_end_of_the_last_day() -> None:
    assert SMALL.published_until == at(13)
    assert SMALL.days.earlier_ahead == 1


def test_its_version_changes_with_what_is_worked_and_published_alone() -> None:
    name, _, edition = SMALL.version.partition("@")
    assert (name, len(edition)) == ("small", 12)
    named = replace(DAYS, names={date(2026, 6, 5): HolidayName("节", "feast")})
    assert OfficeCalendar(named, sessions).version == SMALL.version
    kinds = [*KINDS]
    kinds[0] = DayKind.HOLIDAY
    others = [replace(DAYS, published_through=date(2026, 6, 11)), replace(DAYS, kinds=kinds)]
    assert len({SMALL.version, *(OfficeCalendar(other, sessions).version for other in others)}) == 3


@pytest.mark.parametrize(("start", "amount", "end"), [(1, 1, 2), (4, 1, 6), (5, 1, 6), (7, 2, 9), (1, 9, 12)])
def test_working_days_after_a_day(start: int, amount: int, end: int) -> None:
    assert SMALL.after_working_days(at(start, 23, 59), amount) == closing(end)


def test_past_the_last_working_day_there_is_none() -> None:
    with pytest.raises(OutsideCalendar):
        SMALL.after_working_days(at(1), 10)


@pytest.mark.parametrize(
    ("due", "amount", "end"),
    [(closing(4), 1, 3), (at(4), 1, 2), (closing(8), 1, 6), (closing(8), 2, 4), (closing(2), 5, 1)],
)
def test_working_days_before_a_day(due: datetime, amount: int, end: int) -> None:
    assert SMALL.before_working_days(due, amount) == closing(end)
    assert SMALL.worked_before_working_days(due, amount) == SMALL.worked(closing(end))


def test_on_the_first_days_of_a_calendar_nothing_lies_before() -> None:
    assert SMALL.before_working_days(at(1, 9), 1) == closing(1)
    assert SMALL.worked_before_working_days(at(2), 1) == SMALL.worked(closing(1))


def test_working_days_between() -> None:
    assert SMALL.working_days_between(at(2), closing(3)) == 2
    assert SMALL.working_days_between(at(2) + MOMENT, closing(3)) == 1
    assert SMALL.working_days_between(at(4), closing(8)) == 3


def test_calendar_days_end_on_a_working_day() -> None:
    assert SMALL.end_of_day(at(3, 12)) == at(4)
    assert SMALL.end_of_day(at(3, 12), 2) == at(6)
    assert SMALL.after_calendar_days(at(1, 12), 1) == at(3)
    assert SMALL.after_calendar_days(at(1, 12), 4) == at(7), "the holiday's next working day is the Saturday"
    assert SMALL.after_calendar_days(at(5, 12), 2) == at(9)
    assert SMALL.after_calendar_days(at(1, 12), 0) == at(2)
    assert SMALL.after_calendar_days(at(1), 11) == at(13)
    for amount in (12, 13, 14, 99):
        with pytest.raises(OutsideCalendar):  # no working day is known after it
            SMALL.after_calendar_days(at(1), amount)


def test_sessions_ahead_are_whole() -> None:
    assert SMALL.after_sessions(at(1, 8), 1) == at(1, 12)
    assert SMALL.after_sessions(at(1, 8) + MOMENT, 1) == closing(1)
    assert SMALL.after_sessions(at(1, 8), 3) == at(2, 12)
    assert SMALL.after_sessions(closing(4), 1) == at(6, 12)
    with pytest.raises(OutsideCalendar) as told:
        SMALL.after_sessions(closing(12), 1)
    assert told.value.values == {"day": "2026-06-15"}, "the first that it does not reach"
    assert SMALL.after_sessions(at(12, 14, 30, 15), 1) == closing(12)


def test_sessions_before_a_deadline_are_whole() -> None:
    assert SMALL.before_sessions(closing(1), 1) == at(1, 14, 30, 15)
    assert SMALL.before_sessions(closing(1) - SECOND, 1) == at(1, 8)
    assert SMALL.before_sessions(at(6, 12), 2) == at(4, 14, 30, 15)
    assert SMALL.before_sessions(at(1, 9), 1) == at(1, 8), "there is none before"


def test_sessions_between_are_whole() -> None:
    assert SMALL.sessions_between(at(1, 8), closing(1)) == 2
    assert SMALL.sessions_between(at(1, 8) - MOMENT, closing(1)) == 2
    assert SMALL.sessions_between(at(1, 8) + MOMENT, closing(1)) == 1
    assert SMALL.sessions_between(at(1, 8), closing(1) - SECOND) == 1


def test_working_seconds_run_in_sessions() -> None:
    forenoon, day = 4 * 3600, 4 * 3600 + 3 * 3600 + 15
    assert SMALL.worked(at(1)) == 0
    assert SMALL.worked(at(1) - timedelta(days=9)) == 0
    assert SMALL.worked(at(1, 8, 0, 1)) == 1
    assert SMALL.worked(at(1, 12)) == SMALL.worked(at(1, 14)) == forenoon
    assert SMALL.worked(at(1, 14, 30, 16)) == forenoon + 1
    assert SMALL.worked(closing(1)) == SMALL.worked(at(2)) == day
    assert SMALL.worked(at(7)) == 5 * day


def test_the_instant_of_working_seconds_is_the_earliest_or_the_last() -> None:
    forenoon = 4 * 3600
    assert SMALL.when_worked(forenoon) == at(1, 12)
    assert SMALL.last_when_worked(forenoon) == at(1, 14, 30, 15)
    assert SMALL.when_worked(forenoon + 1) == at(1, 14, 30, 16)
    assert SMALL.last_when_worked(forenoon - 1) == at(1, 11, 59, 59)
    assert SMALL.last_when_worked(-5) == at(1, 8)
    with pytest.raises(OutsideCalendar):
        SMALL.when_worked(10 * 9 * 3600)
    with pytest.raises(OutsideCalendar):
        SMALL.last_when_worked(SMALL.worked(closing(12)))


# -- limits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "due", "before"),
    [
        ("2 working_day", closing(8), closing(4)),
        ("2 half_working_day", at(6, 12), at(4, 14, 30, 15)),
        ("1 working_hour", at(2, 9), at(1, 17, 30, 30)),
        ("90 minute", at(2, 9), at(2, 7, 30)),
        ("3 clock_hour", at(2, 9), at(2, 6)),
        ("2 calendar_day", at(5), at(3)),
        ("2 same_day", at(5), at(3)),
    ],
)
def test_the_last_moment_at_which_a_limit_lies_ahead(limit: str, due: datetime, before: datetime) -> None:
    if limit == "1 working_hour":
        before = at(2, 8)
    assert Limit.parse(limit).before(due, SMALL) == before


@pytest.mark.parametrize(
    ("limit", "end"),
    [
        ("1 working_day", closing(2)),
        ("1 calendar_day", at(3)),
        ("4 same_day", at(2, 4)),
        ("30 same_day", at(3, 6)),
        ("1 half_working_day", at(2, 12)),
        ("1 clock_hour", at(2, 1)),
    ],
)
def test_what_follows_24_00_of_a_day_is_counted_from_that_day(limit: str, end: datetime) -> None:
    assert Limit.parse(limit).due_after(at(2), SMALL) == end
    assert due_of(at(1, 12), [Limit.parse("1 same_day"), Limit.parse(limit)], SMALL) == end


def test_a_limit_says_what_it_is() -> None:
    assert str(Limit(10, Unit.WORKING_DAY)) == "10 working_day"
    assert Limit.parse("1 minute") == Limit(1, Unit.MINUTE)
    assert Limit.parse("9999 minute").amount == 9999
    with pytest.raises(ValueError, match="one of working_day, half_working_day"):
        Limit.parse("10 fortnights")
    with pytest.raises(ValueError, match=r"reads like .* from 1 to 9999,"):
        Limit.parse("10000 minute")


# -- the yellow light --------------------------------------------------------------------------------------------------


def test_the_yellow_light_of_working_days_comes_at_the_earlier_of_both_never_before_half() -> None:
    assert warn_at(closing(1), closing(4), Unit.WORKING_DAY, YELLOW, SMALL) == closing(3), "a working day before"
    assert warn_at(closing(1), closing(8), Unit.WORKING_DAY, YELLOW, SMALL) == at(6, 15, 45, 26), "three quarters"
    assert warn_at(closing(1), closing(2), Unit.WORKING_DAY, YELLOW, SMALL) == at(2, 11, 30, 7)
    late = replace(YELLOW, working_days_before=0, share=90)
    total = SMALL.worked(closing(3)) - SMALL.worked(closing(1))
    ninety = SMALL.when_worked(SMALL.worked(closing(1)) + total * 90 // 100)
    assert warn_at(closing(1), closing(3), Unit.WORKING_DAY, late, SMALL) == min(ninety, closing(3))


def test_the_yellow_light_of_hours_is_a_share_of_them() -> None:
    assert warn_at(at(1, 8), at(1, 12), Unit.WORKING_HOUR, YELLOW, SMALL) == at(1, 11)
    assert warn_at(at(1), at(2), Unit.CLOCK_HOUR, YELLOW, SMALL) == at(1, 18)
    assert warn_at(at(1, 18), at(2, 6), Unit.WORKING_DAY, YELLOW, SMALL) == at(2)


def test_a_moment_that_has_passed_is_its_own_light() -> None:
    assert warn_at(at(2), at(2), Unit.MINUTE, YELLOW, SMALL) == at(2)
    assert warn_at(at(3), at(2), Unit.WORKING_DAY, YELLOW, SMALL) == at(2)


def test_a_light_never_comes_before_the_start() -> None:
    # Half of no more than a second of working time lies before the act itself.
    start = at(1, 17, 40)
    assert warn_at(start, at(2, 8, 0, 1), Unit.WORKING_DAY, YELLOW, SMALL) >= start


def test_a_share_of_time_is_of_working_time_unless_there_is_less_than_an_hour() -> None:
    assert share_of_time(at(1, 8), at(1, 9), 50, SMALL) == at(1, 8, 30)
    assert share_of_time(at(1, 11), at(1, 15, 30, 15), 50, SMALL) == at(1, 12)
    assert share_of_time(at(1, 11), at(1, 14), 60, SMALL) == at(1, 11, 36)
    assert share_of_time(at(1, 11, 30), at(1, 13, 30), 50, SMALL) == at(1, 12, 30)


# -- past the published part -------------------------------------------------------------------------------------------

HALF = OfficeCalendar(replace(DAYS, published_through=date(2026, 6, 3)), sessions)


def test_a_deadline_up_to_the_last_published_instant_is_firm() -> None:
    assert with_due(at(1), at(4), Unit.CLOCK_HOUR, YELLOW, HALF).provisional is False
    assert with_due(at(1), at(4) + SECOND, Unit.CLOCK_HOUR, YELLOW, HALF) == Deadline(
        at(1), at(4) + SECOND, at(1) + (at(4) + SECOND - at(1)) * 75 / 100, True, None
    )
    assert beyond(at(1), at(4), Unit.WORKING_DAY, HALF) is None
    assert beyond_in_days(at(1), 2, at(4), HALF) is None


def test_what_is_left_of_a_limit_past_the_published_part() -> None:
    assert beyond(at(2, 9), closing(8), Unit.WORKING_DAY, HALF) == Beyond(at(4), 3, CountedIn.WORKING_DAY)
    assert beyond(at(9, 9), closing(11), Unit.WORKING_DAY, HALF) == Beyond(at(10), 2, CountedIn.WORKING_DAY)
    assert beyond(at(2, 9), at(4, 12), Unit.HALF_WORKING_DAY, HALF) == Beyond(at(4), 1, CountedIn.HALF_WORKING_DAY)
    assert beyond(at(2, 9), at(4, 9), Unit.WORKING_HOUR, HALF) == Beyond(at(4), 3600, CountedIn.WORKING_SECOND)
    assert beyond(at(6, 9), at(6, 10), Unit.WORKING_HOUR, HALF) == Beyond(at(6, 9), 3600, CountedIn.WORKING_SECOND)
    assert beyond(at(2, 9), at(5, 9), Unit.WORKING_DAY, HALF) is None, "it ends on a holiday: not by working time"


def test_what_is_left_in_calendar_days() -> None:
    assert beyond_in_days(at(2, 9), 3, at(7), HALF) == Beyond(at(4), 2, CountedIn.CALENDAR_DAY)
    assert beyond_in_days(at(8, 9), 1, at(10), HALF) == Beyond(at(9), 1, CountedIn.CALENDAR_DAY)
    # It ends before the notice does, and the next working day after it.
    assert beyond_in_days(at(1, 9), 1, at(5), HALF) == Beyond(at(4), 0, CountedIn.CALENDAR_DAY)


def test_limits_in_calendar_days_keep_what_is_left_unless_another_that_runs_first_is_provisional_too() -> None:
    day, two = Limit.parse("1 working_day"), Limit.parse("2 calendar_day")
    assert deadline(at(2, 9), [two], YELLOW, HALF).beyond == beyond_in_days(at(2, 9), 2, at(5), HALF)
    assert deadline(at(8, 9), [two], YELLOW, HALF).beyond is not None
    chained = deadline(at(2, 9), [day, two], YELLOW, HALF)
    assert chained.beyond == beyond_in_days(closing(3) - MOMENT, 2, chained.due, HALF)
    assert deadline(at(8, 9), [day, two], YELLOW, HALF).beyond is None
    assert deadline(at(1, 9), [day], YELLOW, SMALL).beyond is None


def test_a_notice_moves_a_deadline_earlier_only_well_ahead_of_it() -> None:
    assert may_move(closing(4), closing(6), at(14), SMALL)
    assert may_move(closing(6), closing(4), closing(3) - SECOND, SMALL)
    assert not may_move(closing(6), closing(4), closing(3), SMALL)
    assert not may_move(closing(4), closing(4), at(1), SMALL)
