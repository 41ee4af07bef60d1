"""日报、月报、专报、通报 on a real database: made at their hour, kept as they were, ranked, named, published."""

from datetime import datetime
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import NotFound, StepNotAllowed
from services.sla.adapters.assessments import load_assessments
from services.sla.adapters.policies import load_rulebook
from services.sla.adapters.reports import Timetable, make_reports, next_due
from services.sla.application.report_messages import (
    DrawUpCircular,
    GetCircular,
    GetReport,
    ListCircularGrounds,
    ListCirculars,
    ListReports,
    MakeSpecialReport,
    PublishCircular,
    WithdrawCircular,
)
from services.sla.application.report_views import CircularView, ReportView
from services.sla.domain.circulars import GroundNotFound
from services.sla.domain.reports import NothingToCover
from tests.integration.sla.conftest import SHANGHAI, Office
from tests.integration.sla.test_appeals import SUPERVISOR, does
from tests.integration.sla.test_assessment import BAD, CITY, GOOD, PROVINCE, a_month, lives
from tests.unit.sla.conftest import POLICIES

NUMBER = iter(range(10_000))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


@pytest.fixture
def timetable(office: Office) -> Timetable:
    """Begun on Monday 21 September at nine."""
    found = Timetable(load_rulebook(POLICIES).cities, load_assessments(POLICIES))
    found.begin(office.runtime)
    return found


def reports_are_made(office: Office, until: datetime) -> None:
    """Each at its own instant."""
    while True:
        with office.runtime.engine.connect() as connection:
            due = next_due(connection)
        if due is None or due > until:
            break
        office.move_to(max(due, office.clock.now()))
        while make_reports(office.runtime):
            pass
    office.move_to(until)


def execute(office: Office, who: Principal, kind: type[Any], **fields: Any) -> Any:
    return office.runtime.execute(who, kind.of({"request_id": f"report-{next(NUMBER):05d}", **fields}))


def listed(office: Office, **asked: Any) -> list[ReportView]:
    return list(office.runtime.query(PROVINCE, ListReports.of({"city": CITY, **asked})).reports)


def read(office: Office, name: str) -> ReportView:
    found: ReportView = office.runtime.query(SUPERVISOR, GetReport.of({"name": name}))
    return found


def rates(report: ReportView, unit: str) -> dict[str, tuple[int, int]]:
    return {row.kpi: (row.numerator, row.denominator) for row in report.rows if row.unit == unit}


# -- reports -----------------------------------------------------------------------------------------------------------


def test_reports_are_made_at_the_hour_of_the_pack_and_told(office: Office, timetable: Timetable) -> None:
    reports_are_made(office, at("2026-10-01 12:00"))
    found = listed(office)
    assert [one.kind for one in found].count("daily") == 10
    (week,) = [one for one in found if one.kind == "weekly"]
    assert (week.start_time, week.end_time, week.make_time) == (
        at("2026-09-21 00:00"),
        at("2026-09-28 00:00"),
        at("2026-09-28 08:30"),
    )
    (month,) = listed(office, kind="monthly")
    assert (month.start_time, month.rule, month.article[:2]) == (at("2026-09-01 00:00"), "S24-42", "30")
    assert found[0].make_time == at("2026-10-01 08:30"), "the newest first"
    told = [e for e in office.said("report_made") if e["city"] == CITY]
    assert len(told) == len(found)
    others = office.rows("select city, kind from report where city <> :city order by city", city=CITY)
    assert others == [("350100", "monthly"), ("350200", "monthly"), ("610926", "monthly")]


def test_what_was_missed_is_made_when_the_worker_is_back_each_once(office: Office, timetable: Timetable) -> None:
    office.move_to(at("2026-09-24 12:00"))
    while make_reports(office.runtime):
        pass
    assert make_reports(office.runtime) == 0
    days = listed(office, kind="daily")
    assert [one.start_time for one in days] == [at(f"2026-09-{day} 00:00") for day in (23, 22, 21)]
    assert {one.make_time for one in days} == {at("2026-09-24 12:00")}, "and say when"


def test_a_report_that_the_pack_moves_to_a_later_hour_is_made_once_for_each_period(
    office: Office, timetable: Timetable
) -> None:
    with office.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update report_due set next_at = '2026-09-22 06:00+08' where code = 'daily'")
    reports_are_made(office, at("2026-09-23 12:00"))
    days = [(one.start_time, one.make_time) for one in listed(office, kind="daily")]
    assert days == [
        (at("2026-09-22 00:00"), at("2026-09-23 08:30")),
        (at("2026-09-21 00:00"), at("2026-09-22 06:00")),
    ]


def test_a_second_process_begins_nothing_anew(office: Office, timetable: Timetable) -> None:
    office.move_to(at("2026-09-22 08:00"))
    before = office.rows("select city, code, next_at from report_due order by 1, 2")
    office.move_to(at("2026-09-23 09:00"))
    Timetable(timetable.cities, timetable.assessments).begin(office.runtime)
    assert office.rows("select city, code, next_at from report_due order by 1, 2") == before


def test_a_report_that_the_pack_does_not_know_is_left_to_newer_processes_and_given_up_in_the_end(
    office: Office, timetable: Timetable
) -> None:
    with office.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update report_due set code = 'yearly' where city = '230500' and code = 'daily'")
    due = [(at("2026-09-22 08:30"),)]
    office.move_to(at("2026-09-23 12:00"))
    assert make_reports(office.runtime) == 0
    assert office.rows("select next_at from report_due where code = 'yearly'") == due
    office.move_to(at("2026-09-24 12:00"))
    assert make_reports(office.runtime) == 1
    assert office.rows("select next_at from report_due where code = 'yearly'") == [(None,)]
    assert listed(office, kind="yearly") == []


def test_a_report_keeps_its_figures_whatever_is_corrected_later(office: Office, timetable: Timetable) -> None:
    a_month(office, "2026-10", good=8, bad=7)
    reports_are_made(office, at("2026-11-02 10:00"))
    (month,) = [one for one in listed(office, kind="monthly") if one.start_time == at("2026-10-01 00:00")]
    assert month.rows == []
    before = read(office, month.name)
    assert rates(before, BAD)["revisit_satisfaction"] == (7, 10)
    case = f"cities/{CITY}/cases/2026-10-{BAD[7:]}-9"
    does(office, SUPERVISOR, "ExcludeFact", case=case, kind="revisit", reason="unreasonable", basis="回访录音")
    assert read(office, month.name) == before
    end = month.end_time
    again = execute(office, SUPERVISOR, MakeSpecialReport, city=CITY, title="十月复核", start_time=month.start_time,
                    end_time=end, unit=BAD, kpis=["revisit_satisfaction"])  # fmt: skip
    assert rates(again, BAD) == {"revisit_satisfaction": (7, 9)}


def test_a_special_report_is_narrowed_to_what_was_asked_and_kept(office: Office) -> None:
    a_month(office, "2026-10", good=8, bad=7)
    office.move_to(at("2026-10-20 10:00"))
    asked = {"city": CITY, "start_time": at("2026-10-01 00:00"), "end_time": at("2026-10-20 00:00")}
    made = execute(office, PROVINCE, MakeSpecialReport, title="住建专报，联系 13800001234", unit=GOOD,
                   category="consultation", kpis=["completion"], **asked)  # fmt: skip
    assert "13800001234" not in made.zh
    (row,) = made.rows
    assert (row.unit, row.numerator, row.denominator) == (GOOD, 10, 10), "none that looks like a total of the city"
    assert read(office, made.name) == made
    nothing = execute(office, SUPERVISOR, MakeSpecialReport, title="投诉", category="complaint", **asked)
    assert nothing.rows == []
    assert [one.kind for one in listed(office, kind="special")] == ["special", "special"]
    with pytest.raises(NothingToCover):
        execute(office, SUPERVISOR, MakeSpecialReport, title="将来", **asked | {"end_time": at("2026-11-01 00:00")})


def test_reports_are_paged_and_belong_to_their_city(office: Office, timetable: Timetable) -> None:
    reports_are_made(office, at("2026-09-25 12:00"))
    first = office.runtime.query(SUPERVISOR, ListReports.of({"city": CITY, "page_size": 3}))
    rest = office.runtime.query(
        SUPERVISOR, ListReports.of({"city": CITY, "page_size": 3, "page_token": first.next_page_token})
    )
    assert [len(first.reports), len(rest.reports), rest.next_page_token] == [3, 1, ""]
    name = first.reports[0].name
    with pytest.raises(NotFound):
        office.runtime.query(PROVINCE, GetReport.of({"name": name.replace(CITY, "350100")}))
    unit = Principal("u", frozenset({Role.UNIT}), frozenset({CITY}), unit=GOOD)
    with pytest.raises(PermissionDenied):
        office.runtime.query(unit, GetReport.of({"name": name}))


# -- circulars ---------------------------------------------------------------------------------------------------------

PERIOD = {"start_time": at("2026-10-01 00:00"), "end_time": at("2026-11-01 00:00")}
READS = Principal("l", frozenset({Role.UNIT_LEADER}), frozenset({CITY}), unit=BAD)


def neglected(office: Office) -> None:
    """In October one unit lets its finish clock pass, and does not put right what it is supervised for."""
    office.move_to(at("2026-10-09 10:00"))
    lives(office, "kept", GOOD, satisfied=True)
    office.accepted("late", CITY, "consultation")
    lead = {"assignment_id": "late-a1", "unit": BAD, "role": "lead"}
    office.dispatched("late", CITY, "consultation", assignments=[lead])
    office.move_to(at("2026-10-26 10:00"))
    closed = {"supervision_id": "s1", "finding": "not_rectified", "ground": "unsolved", "why": "found"}
    office.unit("supervision_closed", "closed_at", "late", CITY, unit=BAD, **closed)
    office.move_to(at("2026-11-03 10:00"))


def drawn(office: Office, **more: Any) -> CircularView:
    found: CircularView = execute(office, SUPERVISOR, DrawUpCircular, city=CITY, title="十月通报", **PERIOD | more)
    return found


def counts(office: Office) -> dict[tuple[str, str], int]:
    found = office.runtime.query(SUPERVISOR, ListCircularGrounds.of({"city": CITY, **PERIOD})).found
    return {(one.unit, one.ground): one.count for one in found}


def test_the_grounds_of_the_article_are_joined_to_one_list(office: Office) -> None:
    neglected(office)
    both = {(GOOD, "duty_neglected"): 1, (BAD, "duty_neglected"): 1}
    assert counts(office) == {(BAD, "no_feedback"): 1, (BAD, "not_rectified"): 1, **both}, "neither called the citizen"
    late = f"cities/{CITY}/cases/late"
    does(office, SUPERVISOR, "ExcludeFact", case=late, kind="breach", clock="finish", reason="data_wrong", basis="甲")
    assert (BAD, "no_feedback") not in counts(office), "what is excluded counts on no ground"


def test_three_low_months_are_a_ground(office: Office) -> None:
    def low(start: str, end: str) -> list[tuple[str, int]]:
        asked = {"city": CITY, "start_time": at(f"{start}-01 00:00"), "end_time": at(f"{end}-01 00:00")}
        found = office.runtime.query(SUPERVISOR, ListCircularGrounds.of(asked)).found
        return [(one.unit, one.count) for one in found if one.ground == "low_satisfaction"]

    a_month(office, "2026-10", good=8, bad=7)
    a_month(office, "2026-11", good=8, bad=7)
    office.move_to(at("2026-12-03 10:00"))
    assert low("2026-11", "2026-12") == [], "two months are not three"
    a_month(office, "2026-12", good=8, bad=7)
    office.move_to(at("2027-01-04 10:00"))
    assert low("2026-12", "2027-01") == [(BAD, 3)]


def test_a_circular_ranks_the_units_and_names_those_of_whom_something_was_found(office: Office) -> None:
    neglected(office)
    named = [
        {"unit": BAD, "ground": "not_rectified", "words": "联系 13800001234"},
        {"unit": GOOD, "ground": "rota_missed"},
    ]
    circular = drawn(office, text="请各单位对照整改。", named=named)
    (departments,) = circular.classes
    assert [one.unit for one in departments.units] == [GOOD, BAD]
    completion = {one.unit: rate.place for one in departments.units for rate in one.rates if rate.kpi == "completion"}
    assert completion == {GOOD: 1, BAD: 2}
    bad, good = circular.named
    assert (bad.count, bad.rule, bad.article) == (1, "S24-49", "34(2)3")
    assert "13800001234" not in bad.words
    assert (good.count, good.zh) == (0, "未按要求开展热线轮值活动")
    assert office.said("circular") == [], "a draft is told to nobody"


@pytest.mark.parametrize("named", [{"unit": GOOD, "ground": "no_feedback"}, {"unit": "nobody", "ground": "other"}])
def test_nobody_is_named_for_what_was_not_found(office: Office, named: dict[str, str]) -> None:
    neglected(office)
    with pytest.raises(GroundNotFound):
        drawn(office, named=[named])


def test_units_read_a_circular_from_its_publication_until_it_is_withdrawn(office: Office) -> None:
    neglected(office)
    name = drawn(office, named=[{"unit": BAD, "ground": "no_feedback"}]).name
    mine = ListCirculars.of({"city": CITY})
    with pytest.raises(NotFound):
        office.runtime.query(READS, GetCircular.of({"name": name}))
    assert office.runtime.query(READS, mine).circulars == []
    execute(office, SUPERVISOR, PublishCircular, name=name)
    (told,) = office.said("circular_published")
    assert (told["units"], told["named"]) == ([GOOD, BAD], [BAD])
    seen = office.runtime.query(READS, GetCircular.of({"name": name}))
    assert [one.unit for each in seen.classes for one in each.units] == [GOOD, BAD]
    (listed_one,) = office.runtime.query(READS, mine).circulars
    assert (listed_one.name, listed_one.classes) == (name, [])
    # A fact that is excluded now, on an appeal or without one, changes nothing of what was drawn up.
    late = f"cities/{CITY}/cases/late"
    does(office, SUPERVISOR, "ExcludeFact", case=late, kind="breach", clock="finish", reason="data_wrong", basis="甲")
    assert office.runtime.query(READS, GetCircular.of({"name": name})) == seen
    execute(office, SUPERVISOR, WithdrawCircular, name=name, reason="更正后另发")
    (told,) = office.said("circular_withdrawn")
    assert told["units"] == [GOOD, BAD]
    with pytest.raises(NotFound):
        office.runtime.query(READS, GetCircular.of({"name": name}))
    assert office.runtime.query(PROVINCE, GetCircular.of({"name": name})).withdraw_reason == "更正后另发"
    with pytest.raises(StepNotAllowed):
        execute(office, SUPERVISOR, PublishCircular, name=name)
