"""热线主管部门: the department of a merged line reads the figures and matters of its line in all cities (F21 2(2)2)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from services.sla.application.assessing import GetMonthlyAssessment
from services.sla.application.matters import ListMatters, ListSeasonalMatters
from services.sla.application.messages import GetKpiReport
from services.sla.application.report_messages import GetReport, ListCircularGrounds, ListReports
from tests.integration.sla.conftest import SHANGHAI, Office
from tests.integration.sla.test_assessment import PROVINCE

FUZHOU, XIAMEN, SHUANGYASHAN = "350100", "350200", "230500"
LABOUR, INSURANCE = "350100-human-resources", "350100-medical-insurance"
PACK = "fujian-2016@1.0.0"


def department(line: str = "12333", *cities: str) -> Principal:
    return Principal(f"line:{line}", frozenset({Role.LINE_DEPARTMENT}), frozenset(cities or {"*"}), line=line)


def handled(office: Office, case: str, unit: str, *, item: str = "", completed: bool = True) -> None:
    """Accepted and dispatched now; completed at once, or not."""
    city, now, lead = unit[:6], office.clock.now(), {"assignment_id": f"{case}-a1", "unit": unit, "role": "lead"}
    facts = {"pack": PACK, "category": "complaint", "citizen_reachable": True}
    office.hears("intake.case_accepted", case, city, **facts, item=item, area="", accepted_at=now)
    order = {"work_order_id": f"{case}-w", "round": 1, "assignments": [lead], "dispatched_at": now}
    office.hears("dispatch.work_order_dispatched", case, city, **facts, **order)
    if completed:
        done = {"replied_at": office.clock.now(), "answered_at": office.clock.now()}
        office.unit("work_order_completed", "completed_at", case, city, round=1, unit=unit, **done)


def of_month(office: Office, month: str, **cases: Any) -> None:
    office.move_to(datetime.strptime(f"{month}-08 10:00", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))
    for name, (unit, number, item) in cases.items():
        for n in range(number):
            handled(office, f"{month}-{name}-{n}", unit, item=item)


@pytest.fixture
def lived(office: Office) -> Office:
    """Two orders of the line's unit here, one of them late, one there, and three of another line's."""
    handled(office, "a1", LABOUR)
    handled(office, "a2", LABOUR, completed=False)
    handled(office, "b1", f"{XIAMEN}-human-resources")
    for n in range(3):
        handled(office, f"c{n}", INSURANCE)
    office.move_to(office.clock.now() + timedelta(days=40))
    return office


def on_time(office: Office, who: Principal, city: str = "") -> dict[tuple[str, str], tuple[int, int]]:
    rows = office.runtime.query(who, GetKpiReport.of({"city": city})).rows
    return {(row.city, row.unit): (row.numerator, row.denominator) for row in rows if row.kpi == "on_time"}


def test_it_reads_the_rates_of_its_unit_in_every_city_and_of_nobody_else(lived: Office) -> None:
    here, there = {(FUZHOU, LABOUR): (1, 2)}, {(XIAMEN, f"{XIAMEN}-human-resources"): (1, 1)}
    assert on_time(lived, department()) == here | there
    assert on_time(lived, department(), FUZHOU) == here
    assert on_time(lived, department("12333", XIAMEN)) == there
    assert on_time(lived, department("12393")) == {(FUZHOU, INSURANCE): (3, 3)}
    rows = lived.runtime.query(department(), GetKpiReport.of({})).rows
    assert all(row.unit for row in rows), "the rows of a city hold what is everybody's"
    assert on_time(lived, PROVINCE).items() >= (here | there).items(), "the same figures"


def test_the_question_by_rpc_is_narrowed_as_the_report_is(lived: Office) -> None:
    told = lived.runtime.answer(department(), "kpi", {})
    assert {(row["city"], row["unit"]) for row in told} == {(FUZHOU, LABOUR), (XIAMEN, f"{XIAMEN}-human-resources")}
    with pytest.raises(PermissionDenied):
        lived.runtime.answer(department(), "kpi", {"city": SHUANGYASHAN})


@pytest.mark.parametrize("who", [department("12399"), department(""), department("12333", SHUANGYASHAN)])
def test_without_a_merged_line_there_is_nothing_to_read(lived: Office, who: Principal) -> None:
    with pytest.raises(PermissionDenied):
        lived.runtime.query(who, GetKpiReport.of({}))
    for query in (ListMatters, ListSeasonalMatters):
        with pytest.raises(PermissionDenied):
            lived.runtime.query(who, query.of({"city": FUZHOU}))


def test_what_tells_of_all_units_of_a_city_is_not_for_it(lived: Office) -> None:
    period = {"city": FUZHOU, "start_time": "2026-09-01T00:00:00Z", "end_time": "2026-10-01T00:00:00Z"}
    report = GetReport(name=f"cities/{FUZHOU}/reports/0199a1b2-0000-7000-8000-000000000001")
    asked = [GetMonthlyAssessment.of({"city": FUZHOU}), ListReports.of({"city": FUZHOU}), report]
    for query in (*asked, ListCircularGrounds.of(period)):
        with pytest.raises(PermissionDenied):
            lived.runtime.query(department(), query)


MANHOLE, LAMP = "01", "15"


def test_the_matters_are_those_of_its_units_cases(office: Office) -> None:
    handled(office, "the-first", INSURANCE, item=LAMP)
    of_month(office, "2026-10", a=(LABOUR, 2, LAMP), b=(INSURANCE, 9, LAMP))
    of_month(office, "2026-11", a=(LABOUR, 12, LAMP), b=(INSURANCE, 3, LAMP), c=(INSURANCE, 4, MANHOLE))
    joined = {"pack": PACK, "category": "complaint", "item": "", "main_case_id": "2026-11-a-0"}
    office.hears("intake.case_joined", "j", FUZHOU, joined_at=office.clock.now(), **joined)
    office.accepted("nobody's", FUZHOU, item=MANHOLE, area="")
    asked = ListMatters.of({"city": FUZHOU, "month": "2026-11"})
    (mine,) = office.runtime.query(department(), asked).matters
    assert (mine.item, mine.cases, mine.month_before, mine.concentrated) == (LAMP, 13, 2, True)
    other = office.runtime.query(department("12393"), asked).matters
    assert [(one.item, one.cases) for one in other] == [(MANHOLE, 4), (LAMP, 3)]
    everybodys = office.runtime.query(PROVINCE, asked).matters
    assert [(one.item, one.cases) for one in everybodys] == [(LAMP, 16), (MANHOLE, 5)]
    with pytest.raises(PermissionDenied):
        office.runtime.query(department(), ListMatters.of({"city": SHUANGYASHAN}))


def test_a_case_that_its_unit_gave_back_counts_for_whom_it_went_to(office: Office) -> None:
    office.move_to(datetime(2026, 11, 8, 10, tzinfo=SHANGHAI))
    handled(office, "r", LABOUR, item=LAMP, completed=False)
    returned = {"kind": "not_ours", "occurrence": 1, "late": False, "role": "lead", "unit": LABOUR}
    office.unit("return_requested", "requested_at", "r", FUZHOU, kind="not_ours", occurrence=1, unit=LABOUR)
    office.unit("return_agreed", "agreed_at", "r", FUZHOU, **returned)
    new = {"assignment_id": "r-a2", "unit": INSURANCE, "role": "lead"}
    office.dispatched("r", FUZHOU, assignments=[new])
    asked = ListMatters.of({"city": FUZHOU, "month": "2026-11"})
    assert office.runtime.query(department(), asked).matters == []
    assert [one.cases for one in office.runtime.query(department("12393"), asked).matters] == [1]


def test_a_season_is_foretold_to_the_line_whose_cases_it_brought(office: Office) -> None:
    handled(office, "the-first", LABOUR, item=LAMP)
    of_month(office, "2026-10", b=(INSURANCE, 20, LAMP))
    of_month(office, "2026-11", a=(LABOUR, 12, LAMP))
    of_month(office, "2027-10", a=(LABOUR, 1, LAMP))
    of_month(office, "2027-11", a=(LABOUR, 12, LAMP))
    asked = ListSeasonalMatters.of({"city": FUZHOU, "month": "2028-11"})
    (mine,) = office.runtime.query(department(), asked).matters
    assert [season.month for season in mine.seasons] == ["2027-11", "2026-11"]
    assert office.runtime.query(department("12393"), asked).matters == []
