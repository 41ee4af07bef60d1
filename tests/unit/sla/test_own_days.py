"""A city's own days laid over those of the country."""

from dataclasses import replace
from datetime import date

from chassis.domain import Step
from services.sla.domain.calendar import DayKind, HolidayName, OfficeCalendar
from services.sla.domain.local_days import NO_LOCAL_DAYS, LocalDays
from tests.unit.sla.test_calendar import DAYS, SMALL, sessions


def test_a_city_without_days_of_its_own_keeps_the_countrys() -> None:
    assert NO_LOCAL_DAYS.laid_over(DAYS) is DAYS


def test_a_citys_days_lie_over_the_countrys_and_leave_those_alone() -> None:
    off, made_up, note = date(2026, 6, 2), date(2026, 6, 7), date(2026, 6, 3)
    words, why, half = HolidayName("市庆", "city day"), Step("调", "made up"), Step("半天", "half")
    days = replace(DAYS, names={date(2026, 6, 5): HolidayName("节", "feast")})
    own = LocalDays(off={off: words}, made_up={made_up: why}, notes={note: half}).laid_over(days)
    city = OfficeCalendar(own, sessions)
    assert (city.kind_of(off), city.kind_of(made_up), SMALL.kind_of(off)) == (
        DayKind.HOLIDAY,
        DayKind.MAKE_UP,
        DayKind.WORKDAY,
    )
    assert own.names == {**days.names, off: words}
    assert own.notes == {made_up: why, note: half}
    for one in (LocalDays(off={off: words}), LocalDays(made_up={made_up: why}), LocalDays(notes={note: half})):
        assert one.laid_over(days) is not days
