"""抄送文明办 on a real database: the monthly report is copied once, and read by whom it went to (F16 art. 26)."""

import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import NotFound
from services.sla.adapters.reports import make_reports
from services.sla.application.assessing import GetMonthlyAssessment
from services.sla.application.matters import ListMatters
from services.sla.application.messages import GetKpiReport
from services.sla.application.report_messages import GetReport, ListReports, MakeSpecialReport
from services.sla.application.report_views import ReportView
from tests.integration.sla import dying
from tests.integration.sla.conftest import Office
from tests.integration.sla.test_appeals import SUPERVISOR
from tests.integration.sla.test_assessment import PROVINCE
from tests.integration.sla.test_line_departments import LABOUR, handled
from tests.integration.sla.test_reports import at, execute, reports_are_made, timetable

__all__ = ["timetable"]
FUZHOU, XIAMEN, SHUANGYASHAN = "350100", "350200", "230500"


def civilisation(city: str = FUZHOU) -> Principal:
    return Principal(f"wmb:{city}", frozenset({Role.CIVILISATION_OFFICE}), frozenset({city}))


def monthly(office: Office, city: str = FUZHOU) -> ReportView:
    (found,) = office.runtime.query(PROVINCE, ListReports.of({"city": city, "kind": "monthly"})).reports
    report: ReportView = found
    return report


def read(office: Office, who: Principal, name: str) -> ReportView:
    found: ReportView = office.runtime.query(who, GetReport.of({"name": name}))
    return found


@pytest.fixture
def made(office: Office, timetable: object) -> Office:
    for n in range(12):
        handled(office, f"c{n}", LABOUR, item="15")
    reports_are_made(office, at("2026-10-15 12:00"))
    return office


def test_the_monthly_report_of_a_city_is_copied_once_where_the_pack_says(made: Office) -> None:
    told = {e["city"]: e["copied_to"] for e in made.said("report_made") if e["kind"] == "monthly"}
    office = ["civilisation_office"]
    assert told == {FUZHOU: office, XIAMEN: office, "610926": [], SHUANGYASHAN: []}
    assert len([e for e in made.said("report_made") if e["copied_to"]]) == 2
    assert all(not e["copied_to"] for e in made.said("report_made") if e["kind"] in ("daily", "weekly"))


def test_its_office_reads_the_figures_of_units_and_nothing_else_of_it(made: Office, office: Office) -> None:
    name = monthly(made).name
    whole, copy = read(made, SUPERVISOR, name), read(made, civilisation(), name)
    assert {row.unit for row in copy.rows} == {LABOUR}
    assert list(copy.rows) == [row for row in whole.rows if row.unit]
    assert len(whole.rows) > len(copy.rows) > 0
    assert (copy.matters, copy.seasonal_matters, copy.copied_to) == ([], [], ["civilisation_office"])
    assert (copy.start_time, copy.make_time) == (whole.start_time, whole.make_time)


def test_what_was_not_copied_to_it_is_not_there(made: Office) -> None:
    period = {"start_time": at("2026-09-01 00:00"), "end_time": at("2026-10-01 00:00")}
    special = execute(made, SUPERVISOR, MakeSpecialReport, city=FUZHOU, title="专报", **period)
    assert special.copied_to == []
    missing = f"cities/{FUZHOU}/reports/0199a1b2-0000-7000-8000-000000000001"
    for name in (special.name, missing):
        with pytest.raises(NotFound):
            read(made, civilisation(), name)
    with pytest.raises(NotFound):
        read(made, civilisation(SHUANGYASHAN), monthly(made, SHUANGYASHAN).name)


def test_the_office_of_another_city_reads_nothing_by_either_name(made: Office) -> None:
    name = monthly(made).name
    with pytest.raises(PermissionDenied):
        read(made, civilisation(XIAMEN), name)
    with pytest.raises(NotFound):
        read(made, civilisation(XIAMEN), name.replace(FUZHOU, XIAMEN))


def test_it_may_ask_for_nothing_else(made: Office) -> None:
    for query in (GetMonthlyAssessment, ListMatters, ListReports, GetKpiReport):
        with pytest.raises(PermissionDenied):
            made.runtime.query(civilisation(), query.of({"city": FUZHOU}))
    period: dict[str, Any] = {"start_time": at("2026-09-01 00:00"), "end_time": at("2026-10-01 00:00")}
    with pytest.raises(PermissionDenied):
        execute(made, civilisation(), MakeSpecialReport, city=FUZHOU, title="专报", **period)


@pytest.mark.parametrize("point", ["command.before_commit:1", "command.before_commit:2", "command.before_commit:3"])
def test_a_kill_while_reports_are_made_loses_and_doubles_no_copy(
    office: Office, timetable: object, tmp_path: Path, point: str
) -> None:
    due = at("2026-10-01 08:30")
    url = office.runtime.engine.url.render_as_string(hide_password=False)
    target: Callable[..., None] = dying.main
    process = multiprocessing.get_context("spawn").Process(target=target, args=(url, str(tmp_path), due, point))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    office.move_to(due)
    while make_reports(office.runtime):
        pass
    copied = [e["city"] for e in office.said("report_made") if e["copied_to"]]
    assert sorted(copied) == [FUZHOU, XIAMEN]
    kept = office.rows("select city from report where kind = 'monthly' and city like '35%' order by city")
    assert kept == [(FUZHOU,), (XIAMEN,)]
