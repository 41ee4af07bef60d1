"""月度考核 on a real database: the rates of one month by classes, places, and three low months in a row."""

from datetime import datetime, timedelta
from typing import Any

from chassis.access import Principal, Role
from services.sla.application.assessing import GetMonthlyAssessment
from services.sla.application.views import AssessedUnit, MonthlyAssessment
from tests.integration.sla.conftest import SHANGHAI, Office
from tests.integration.sla.test_appeals import SUPERVISOR, does

CITY = "230500"
PROVINCE = Principal("p", frozenset({Role.PROVINCE}), frozenset({"*"}))
GOOD, BAD, COUNTY = "230500-housing", "230500-market", "230502-government"


def assessed(office: Office, **asked: Any) -> MonthlyAssessment:
    found: MonthlyAssessment = office.runtime.query(PROVINCE, GetMonthlyAssessment.of({"city": CITY, **asked}))
    return found


def lives(office: Office, case: str, unit: str, *, satisfied: bool) -> None:
    """Dispatched, completed a day later, and visited."""
    office.accepted(case, CITY, "consultation")
    lead = {"assignment_id": f"{case}-a1", "unit": unit, "role": "lead"}
    office.dispatched(case, CITY, "consultation", assignments=[lead])
    done = {"replied_at": office.clock.now(), "answered_at": office.clock.now()}
    office.unit("work_order_completed", "completed_at", case, CITY, round=1, unit=unit, **done)
    office.hears("intake.revisit_recorded", case, CITY, work_order_id=f"{case}-w", round=1, reached=True,
                 satisfied=satisfied, recorded_at=office.clock.now())  # fmt: skip


def a_month(office: Office, month: str, **contented: int) -> None:
    """Ten cases of each unit early in the month; of so many the citizen is satisfied."""
    office.move_to(datetime.strptime(f"{month}-08 10:00", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))
    for unit, number in ((GOOD, contented["good"]), (BAD, contented["bad"])):
        for n in range(10):
            lives(office, f"{month}-{unit[7:]}-{n}", unit, satisfied=n < number)


def units(found: MonthlyAssessment) -> dict[str, AssessedUnit]:
    return {one.unit: one for each in found.classes for one in each.units}


def test_three_low_months_in_a_row_are_marked_and_an_exclusion_is_shown_and_unmarks(office: Office) -> None:
    a_month(office, "2026-10", good=8, bad=7)
    a_month(office, "2026-11", good=7, bad=7)
    a_month(office, "2026-12", good=8, bad=7)
    office.move_to(datetime(2027, 1, 5, 10, 0, tzinfo=SHANGHAI))
    found = assessed(office)
    assert found.month == "2026-12"
    good, bad = units(found)[GOOD], units(found)[BAD]
    assert (good.low_satisfaction, good.low_months, good.marked) == (False, 0, False)
    assert (bad.low_satisfaction, bad.low_months, bad.marked) == (True, 3, True)
    assert units(assessed(office, month="2026-11"))[BAD].marked is False, "two months are not three"
    before = office.clock.now()
    office.move_to(before + timedelta(hours=1))
    case = f"cities/{CITY}/cases/2026-11-{BAD[7:]}-9"
    does(office, SUPERVISOR, "ExcludeFact", case=case, kind="revisit", reason="unreasonable", basis="回访录音")
    november = units(assessed(office, month="2026-11"))[BAD]
    (visits,) = [rate for rate in november.rates if rate.kpi == "revisit_satisfaction"]
    assert (visits.numerator, visits.denominator, visits.excluded) == (7, 9, 1)
    assert dict(visits.exclusions) == {"unreasonable": 1}
    assert november.low_satisfaction is False, "nine answers are too few"
    assert units(assessed(office))[BAD].marked is False
    assert units(assessed(office, as_of_time=before))[BAD].marked is True, "as known then"


def test_units_are_ranked_within_their_class_by_each_rate_of_the_pack(office: Office) -> None:
    office.move_to(datetime(2026, 10, 8, 10, 0, tzinfo=SHANGHAI))
    for case, unit in (("a", GOOD), ("b", BAD), ("c", COUNTY)):
        office.accepted(case, CITY, "consultation")
        lead = {"assignment_id": f"{case}-a1", "unit": unit, "role": "lead"}
        office.dispatched(case, CITY, "consultation", assignments=[lead])
        if case == "a":
            office.unit("assignment_signed", "signed_at", case, CITY, unit=unit, role="lead", citizen_reachable=True)
    office.move_to(datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI))
    found = assessed(office)
    assert {each.code: [one.unit for one in each.units] for each in found.classes} == {
        "departments": [GOOD, BAD],
        "counties": [COUNTY],
    }
    signed = {u: rate for u, one in units(found).items() for rate in one.rates if rate.kpi == "on_time_sign"}
    assert {u: (r.numerator, r.denominator, r.place) for u, r in signed.items()} == {
        GOOD: (1, 1, 1),
        BAD: (0, 1, 2),
        COUNTY: (0, 1, 1),
    }
    on_time = [rate.place for one in units(found).values() for rate in one.rates if rate.kpi == "on_time"]
    assert set(on_time) == {0}, "the regulation of Shuangyashan does not rank by it"


def test_a_month_without_figures_has_no_classes(office: Office) -> None:
    assert assessed(office, month="2026-01").classes == []
