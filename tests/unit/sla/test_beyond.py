"""What is left of a limit where the published calendar ends leads to the deadline under any notice."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.sla.domain.beyond import Beyond, beyond, may_move
from services.sla.domain.calendar import DayKind, OfficeCalendar, Sessions
from services.sla.domain.limits import DAY_AND_NIGHT, Limit, Unit, deadline
from tests.unit.sla.test_deadlines import YELLOW, at

WORKING = [unit for unit in Unit if unit not in DAY_AND_NIGHT or unit is Unit.CALENDAR_DAY]
LIMITS = st.builds(Limit, st.integers(1, 25), st.sampled_from(WORKING))
# From the last weeks that are published into the year that is not.
STARTS = st.timedeltas(timedelta(0), timedelta(days=90)).map(lambda span: at("2026-12-01 00:00") + span)
NOTICES = st.dictionaries(
    st.dates(date(2027, 1, 1), date(2027, 4, 30)), st.sampled_from(["off", "worked"]), max_size=20
)
calm = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sessions(_day: date) -> Sessions:
    return ((time(8), time(12)), (time(14, 30), time(17, 30)))


def published(calendar: OfficeCalendar, notice: dict[date, str]) -> OfficeCalendar:
    """The same with the year 2027 as a notice puts it."""
    kinds = list(calendar.days.kinds)
    for day, what in notice.items():
        kinds[(day - calendar.days.first).days] = DayKind.HOLIDAY if what == "off" else DayKind.MAKE_UP
    return OfficeCalendar(replace(calendar.days, kinds=kinds, published_through=date(2027, 12, 31)), sessions)


@calm
@given(start=STARTS, limit=LIMITS, notice=NOTICES)
def test_it_leads_where_the_limit_would_have_led_from_its_start(
    fuzhou: OfficeCalendar, start: datetime, limit: Limit, notice: dict[date, str]
) -> None:
    found = deadline(start, [limit], YELLOW, fuzhou)
    assert (found.beyond is not None) == found.provisional
    if found.beyond is not None:
        new = published(fuzhou, notice)
        assert found.beyond.due(fuzhou) == found.due
        assert found.beyond.due(new) == limit.due(start, new)


@calm
@given(start=STARTS, limits=st.lists(LIMITS, min_size=2, max_size=3), notice=NOTICES)
def test_it_leads_there_through_several_limits_in_working_days(
    fuzhou: OfficeCalendar, start: datetime, limits: list[Limit], notice: dict[date, str]
) -> None:
    days = [Limit(limit.amount, Unit.WORKING_DAY) for limit in limits]
    found = deadline(start, days, YELLOW, fuzhou)
    if found.beyond is not None:
        new = published(fuzhou, notice)
        assert found.beyond.due(new) == deadline(start, days, YELLOW, new).due


@calm
@given(start=STARTS, limit=LIMITS)
def test_it_reads_as_it_is_written(fuzhou: OfficeCalendar, start: datetime, limit: Limit) -> None:
    left = deadline(start, [limit], YELLOW, fuzhou).beyond
    assert left is None or Beyond.parse(str(left)) == left


def test_cases_of_one_deadline_share_their_remainder_whenever_they_started(fuzhou: OfficeCalendar) -> None:
    ten = [Limit(10, Unit.WORKING_DAY)]
    found = {deadline(at(f"2026-12-28 {hour:02}:17"), ten, YELLOW, fuzhou).beyond for hour in range(24)}
    assert {str(left) for left in found} == {"2026-12-31T16:00:00+00:00 7 working_day"}


def test_what_runs_day_and_night_depends_on_no_calendar(fuzhou: OfficeCalendar) -> None:
    for limit in ("24 clock_hour", "30 minute", "4 same_day"):
        assert deadline(at("2027-01-05 10:00"), [Limit.parse(limit)], YELLOW, fuzhou).beyond is None


def test_a_deadline_outside_working_time_follows_from_none(fuzhou: OfficeCalendar) -> None:
    assert beyond(at("2026-12-28 10:00"), at("2027-01-05 20:00"), Unit.WORKING_DAY, fuzhou) is None


def test_later_at_once_and_earlier_only_while_a_whole_working_day_lies_ahead(fuzhou: OfficeCalendar) -> None:
    old, earlier, later = at("2027-01-12 17:30"), at("2027-01-08 17:30"), at("2027-01-13 17:30")
    assert may_move(old, later, at("2027-01-12 17:29"), fuzhou)
    assert may_move(old, earlier, at("2027-01-07 17:29"), fuzhou)
    assert not may_move(old, earlier, at("2027-01-07 17:30"), fuzhou)
    assert not may_move(old, old, at("2027-01-01 10:00"), fuzhou)
