"""The written reply to a supervision: its clock starts, stops, breaches and is counted as the pack says."""

from datetime import timedelta

import pytest

from tests.integration.sla.conftest import Office, at

GIVEN = {"supervision_id": "s-1", "unit": "u1", "work_order_id": "c1-w", "ground": "overdue"}


def supervised(office: Office, city: str = "350100", **more: object) -> None:
    office.accepted(city=city)
    office.dispatched(city=city)
    opened = {"written_reply": True, "round": 1, "opened_at": office.clock.now()}
    office.hears("dispatch.supervision_opened", city=city, **GIVEN | opened | more)


@pytest.mark.parametrize(
    ("city", "ground", "rule"),
    [
        ("350100", "redo_failed", "platform-default"),
        ("610926", "overdue", "platform-default"),
        ("230500", "redo_failed", "S24-46"),
        ("230500", "perfunctory", "S24-46"),
        ("230500", "overdue", "platform-default"),
    ],
)
def test_a_written_reply_is_due_in_three_working_days(office: Office, city: str, ground: str, rule: str) -> None:
    supervised(office, city, ground=ground)
    clock = office.clocks()["supervision_reply"]
    assert (clock.due_at, clock.rule, clock.unit) == (at("09-24 17:30"), rule, "u1")
    (said,) = office.said("clock_started", "supervision_reply")
    assert (said["supervision_id"], said["work_order_id"]) == ("s-1", "c1-w")


def test_where_nothing_is_owed_in_writing_no_clock_runs(office: Office) -> None:
    supervised(office, written_reply=False)
    assert "supervision_reply" not in office.clocks()


def test_the_reply_stops_it(office: Office) -> None:
    supervised(office)
    office.hears("dispatch.supervision_answered", **GIVEN, answered_at=office.clock.now())
    assert office.states()["supervision_reply"] == "met"


def test_a_missing_reply_is_breached_and_then_late(office: Office) -> None:
    supervised(office)
    office.move_to(at("09-25 09:00"))
    (said,) = office.said("clock_breached", "supervision_reply")
    assert said["supervision_id"] == "s-1"
    office.hears("dispatch.supervision_answered", **GIVEN, answered_at=office.clock.now())
    assert office.states()["supervision_reply"] == "late"


def test_a_reply_in_time_that_arrives_late_takes_the_breach_back(office: Office) -> None:
    supervised(office)
    office.move_to(at("09-25 09:00"))
    office.hears("dispatch.supervision_answered", **GIVEN, answered_at=at("09-24 17:30"))
    assert office.states()["supervision_reply"] == "met"
    assert [e["supervision_id"] for e in office.said("breach_withdrawn", "supervision_reply")] == ["s-1"]


def test_the_finding_cancels_what_was_not_answered(office: Office) -> None:
    supervised(office)
    closed = {"finding": "withdrawn", "why": "found", "closed_at": office.clock.now()}
    office.hears("dispatch.supervision_closed", **GIVEN | closed)
    assert office.states()["supervision_reply"] == "cancelled"


def test_each_supervision_has_a_clock_of_its_own(office: Office) -> None:
    supervised(office)
    opened = {"written_reply": True, "round": 1, "opened_at": office.clock.now() + timedelta(hours=1)}
    second = GIVEN | {"supervision_id": "s-2", "ground": "redo_failed"}
    office.hears("dispatch.supervision_opened", **second | opened)
    office.hears("dispatch.supervision_answered", **GIVEN, answered_at=office.clock.now())
    rows = office.rows("select natural_key, state from kpi_fact where kind = 'supervision_reply' order by 1")
    assert rows == [
        ("supervision/s-1/supervision_reply/1/1", "met"),
        ("supervision/s-2/supervision_reply/1/1", "running"),
    ]


def test_what_closes_the_case_leaves_the_reply_owed(office: Office) -> None:
    supervised(office)
    office.hears("intake.case_closed", closed_at=office.clock.now())
    assert office.states()["supervision_reply"] == "running"


def test_replies_are_counted_for_the_unit(office: Office) -> None:
    supervised(office)
    office.hears("dispatch.supervision_answered", **GIVEN, answered_at=office.clock.now())
    office.move_to(at("09-25 09:00"))
    counted = office.rows("select unit, kpi, counts, in_time from kpi_fact where kind = 'supervision_reply'")
    assert counted == [("u1", "supervision_reply", True, True)]


def test_what_the_province_asks_the_city_has_a_clock_of_the_office(office: Office) -> None:
    office.accepted()
    office.dispatched()
    asked = {"work_order_id": "c1-w", "supervision_id": "s9", "ground": "province_verification", "unit": ""}
    office.hears("dispatch.supervision_opened", written_reply=False, round=1, opened_at=office.clock.now(), **asked)
    clocks = office.clocks()
    assert "supervision_reply" not in clocks
    clock = clocks["province_reply"]
    assert (clock.judges, clock.unit, clock.limit, clock.watched_id) == ("office", "", "3 working_day", "s9")
    office.hears("dispatch.supervision_answered", answered_at=office.clock.now(), **asked)
    assert office.states()["province_reply"] == "met"


def test_an_order_that_has_ended_is_still_answered_for_to_the_province(office: Office) -> None:
    office.accepted()
    office.dispatched()
    asked = {"work_order_id": "c1-w", "unit": "", "written_reply": False, "round": 1, "opened_at": office.clock.now()}
    office.hears("dispatch.supervision_opened", supervision_id="s8", ground="province_coordination", **asked)
    office.hears("dispatch.work_order_ended", work_order_id="c1-w", ended_at=office.clock.now())
    office.hears("dispatch.supervision_opened", supervision_id="s9", ground="province_verification", **asked)
    found = office.rows(
        "select body->>'watched_id', body->>'state' from clock where body->>'kind' = 'province_reply' order by 1"
    )
    assert found == [("s8", "running"), ("s9", "running")]
