"""Working time: the examples of the law, and properties that hold for every instant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.knowledge.domain.policy import YEARS
from services.sla.domain.calendar import SHANGHAI, DayKind, OfficeCalendar, OutsideCalendar, local
from services.sla.domain.limits import DAY_AND_NIGHT, Limit, Unit, Yellow, deadline, share_of_time, with_due

YELLOW = Yellow(share=75, working_days_before=1, not_before=50, share_of_hours=75)
LIMITS = st.builds(Limit, st.integers(1, 30), st.sampled_from(list(Unit)))
FROM, LENGTH = datetime(2017, 1, 1, tzinfo=UTC), timedelta(days=17 * 365)
INSTANTS = st.timedeltas(timedelta(0), LENGTH).map(lambda span: FROM + span)
calm = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def due(calendar: OfficeCalendar, limit: str, start: str) -> str:
    return f"{local(Limit.parse(limit).due(at(start), calendar)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("10 working_day", "2026-09-24 14:05", "2026-10-15 17:30"),  # F16 complaint across National Day
        ("1 working_day", "2026-09-30 17:31", "2026-10-08 17:30"),
        ("1 working_day", "2026-10-09 23:59", "2026-10-10 17:30"),  # a make-up Saturday is worked
        ("1 working_day", "2026-10-03 10:00", "2026-10-08 17:30"),  # begun on a holiday
        ("1 half_working_day", "2026-09-24 10:00", "2026-09-24 17:30"),
        ("1 half_working_day", "2026-09-24 14:30", "2026-09-24 17:30"),
        ("1 half_working_day", "2026-09-24 14:31", "2026-09-28 12:00"),
        ("2 working_hour", "2026-09-24 11:00", "2026-09-24 15:30"),
        ("24 clock_hour", "2026-09-30 16:40", "2026-10-01 16:40"),
        ("4 same_day", "2026-09-24 14:05", "2026-09-25 00:00"),
        ("4 same_day", "2026-09-24 21:30", "2026-09-25 01:30"),
        ("7 calendar_day", "2026-09-21 14:05", "2026-09-29 00:00"),
        ("7 calendar_day", "2026-09-24 14:05", "2026-10-09 00:00"),  # ends on National Day: art. 203
        (
            "3 calendar_day",
            "2026-09-16 14:05",
            "2026-09-21 00:00",
        ),  # to Saturday; the Sunday is worked
        ("30 minute", "2026-10-01 23:50", "2026-10-02 00:20"),
    ],
)
def test_a_limit_ends_where_the_law_says(fuzhou: OfficeCalendar, limit: str, start: str, expected: str) -> None:
    assert due(fuzhou, limit, start) == expected


def test_half_a_working_day_before_expiry_is_one_whole_session(fuzhou: OfficeCalendar) -> None:
    last = Limit.parse("1 half_working_day").before(at("2026-10-15 17:30"), fuzhou)
    assert last == at("2026-10-15 14:30")
    a_moment_less = at("2026-10-15 17:30") - timedelta(microseconds=1)
    assert Limit.parse("1 half_working_day").before(a_moment_less, fuzhou) == at("2026-10-15 08:00")


def test_working_hours_before_expiry_are_counted_from_the_last_moment_that_leaves_them(fuzhou: OfficeCalendar) -> None:
    before = Limit.parse("3 working_hour").before
    assert before(at("2026-10-15 17:30"), fuzhou) == at("2026-10-15 14:30"), "not noon: at 14:30 three hours are left"
    assert before(at("2026-10-15 16:30"), fuzhou) == at("2026-10-15 11:00")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-10-09 17:30", "2026-10-08 17:30"),
        (
            "2026-10-05 09:00",
            "2026-09-30 17:30",
        ),  # in a holiday: the working day before it, and not the one before that
        ("2026-09-24 00:00", "2026-09-22 17:30"),  # 24:00 of the 23rd
    ],
)
def test_a_working_day_before_a_deadline_is_the_one_before_its_day(
    fuzhou: OfficeCalendar, due: str, expected: str
) -> None:
    assert Limit.parse("1 working_day").before(at(due), fuzhou) == at(expected)


def test_the_first_moment_of_a_day_belongs_to_it(fuzhou: OfficeCalendar) -> None:
    first = at("2026-09-24 00:00") + timedelta(microseconds=1)
    assert Limit.parse("1 working_day").before(first, fuzhou) == at("2026-09-23 17:30")


def test_what_follows_a_deadline_of_24_00_is_counted_from_the_day_that_ends(fuzhou: OfficeCalendar) -> None:
    midnight = at("2026-09-23 00:00")
    assert Limit.parse("1 working_day").due_after(midnight, fuzhou) == at("2026-09-23 17:30")
    assert Limit.parse("1 calendar_day").due_after(midnight, fuzhou) == at("2026-09-24 00:00")
    assert Limit.parse("1 working_day").due(midnight, fuzhou) == at("2026-09-24 17:30"), (
        "an act at 0:00 is of the new day"
    )


def test_at_night_the_yellow_light_does_not_come_at_once(fuzhou: OfficeCalendar) -> None:
    start, due_at = at("2026-09-24 20:00"), at("2026-09-24 22:00")
    found = with_due(start, due_at, Unit.WORKING_DAY, YELLOW, fuzhou)
    assert found.warn == at("2026-09-24 21:00")


@calm
@given(start=INSTANTS, limit=LIMITS)
def test_a_deadline_lies_ahead_and_its_yellow_light_between(
    fuzhou: OfficeCalendar, start: datetime, limit: Limit
) -> None:
    found = deadline(start, [limit], YELLOW, fuzhou)
    assert start < found.due
    assert start <= found.warn <= found.due


@calm
@given(start=INSTANTS, amount=st.integers(1, 40))
def test_a_deadline_in_working_days_ends_a_worked_day_and_counts_them(
    fuzhou: OfficeCalendar, start: datetime, amount: int
) -> None:
    end = local(Limit(amount, Unit.WORKING_DAY).due(start, fuzhou))
    first = local(start).date()
    between = [first + timedelta(days=n) for n in range(1, (end.date() - first).days + 1)]
    assert sum(fuzhou.kind_of(day).is_worked for day in between) == amount
    assert fuzhou.kind_of(end.date()).is_worked
    assert f"{end:%H:%M}" == "17:30"


@calm
@given(start=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=20)), limit=LIMITS)
def test_a_later_start_never_ends_earlier(
    fuzhou: OfficeCalendar, start: datetime, later: timedelta, limit: Limit
) -> None:
    assert limit.due(start, fuzhou) <= limit.due(start + later, fuzhou)


@calm
@given(start=INSTANTS, limit=LIMITS.filter(lambda x: x.unit not in DAY_AND_NIGHT and x.amount > 1))
def test_half_of_the_working_time_is_left_when_the_light_turns_yellow(
    fuzhou: OfficeCalendar, start: datetime, limit: Limit
) -> None:
    found = deadline(start, [limit], YELLOW, fuzhou)
    total = fuzhou.worked(found.due) - fuzhou.worked(start)
    assert fuzhou.worked(found.warn) - fuzhou.worked(start) >= total // 2


@calm
@given(instant=INSTANTS)
def test_working_time_runs_only_in_sessions(fuzhou: OfficeCalendar, instant: datetime) -> None:
    hour = timedelta(hours=1)
    assert 0 <= fuzhou.worked(instant + hour) - fuzhou.worked(instant) <= 3600
    assert fuzhou.worked(fuzhou.when_worked(fuzhou.worked(instant))) == fuzhou.worked(instant)


@calm
@given(start=INSTANTS, limit=LIMITS)
def test_a_share_of_the_time_lies_within_it(fuzhou: OfficeCalendar, start: datetime, limit: Limit) -> None:
    end = limit.due(start, fuzhou)
    assert share_of_time(start, end, 50, fuzhou) <= end


def test_beyond_the_last_notice_deadlines_are_provisional(fuzhou: OfficeCalendar) -> None:
    assert not deadline(at("2026-12-20 10:00"), [Limit.parse("5 working_day")], YELLOW, fuzhou).provisional
    assert deadline(at("2026-12-30 10:00"), [Limit.parse("5 working_day")], YELLOW, fuzhou).provisional


def test_provisional_years_keep_the_statutory_days(fuzhou: OfficeCalendar) -> None:
    spring = [date(2027, 2, day) for day in (5, 6, 7, 8)]
    assert {fuzhou.kind_of(day) for day in spring} == {DayKind.HOLIDAY}
    assert fuzhou.kind_of(date(2027, 2, 9)) is DayKind.WORKDAY


def test_a_limit_past_the_calendar_is_refused(fuzhou: OfficeCalendar) -> None:
    with pytest.raises(OutsideCalendar):
        Limit.parse("10 working_day").due(at("2036-12-25 10:00"), fuzhou)
    day_after = fuzhou.epoch + timedelta(days=len(fuzhou.days.kinds))
    assert fuzhou.end_of_day(day_after - timedelta(seconds=1)) == day_after
    with pytest.raises(OutsideCalendar):
        fuzhou.end_of_day(day_after)


def test_the_calendar_reaches_as_far_as_a_policy_may_take_effect(fuzhou: OfficeCalendar) -> None:
    last_registration = datetime(fuzhou.days.published_through.year, 12, 31, tzinfo=UTC)
    for years in (-YEARS, YEARS):
        assert Limit.parse("5 working_day").due(last_registration + timedelta(days=365 * years), fuzhou)


@pytest.mark.parametrize("text", ["10", "0 working_day", "ten working_day", "3 moons", "-1 minute"])
def test_a_limit_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a limit reads like"):
        Limit.parse(text)
