"""报告、通报: the supervisors learn that a report is there, each unit once what a circular says of it."""

import multiprocessing
import signal
from pathlib import Path
from typing import Any

import pytest

from chassis.events.envelope import encode
from tests.integration.notify import dying
from tests.integration.notify.conftest import FIRE, Desk

PERIOD = {"start_at": "2026-08-31T16:00:00Z", "end_at": "2026-09-30T16:00:00Z"}


def told(desk: Desk) -> list[tuple[str, str, str]]:
    return [(m.template, m.audience.value, m.recipient) for m in desk.messages()]


def heard(desk: Desk, type: str, **more: Any) -> None:
    desk.hear(f"sla.{type}", "none", **{"case_id": "", "title": "九月通报"} | more)


def test_the_supervisors_are_told_that_a_report_is_there(desk: Desk) -> None:
    heard(desk, "report_made", report_id="r", kind="monthly", title="热线月报", **PERIOD)
    assert told(desk) == [("report_made", "supervisors", "supervisors")]
    assert "热线月报（2026年9月1日至9月30日）已生成" in desk.messages()[0].text


def test_the_civilisation_office_is_told_of_its_copy_once_and_where_it_is_read(desk: Desk) -> None:
    heard(desk, "report_made", report_id="r-1", kind="monthly", title="热线月报",
          copied_to=["civilisation_office"], **PERIOD)  # fmt: skip
    assert told(desk) == [
        ("report_made", "supervisors", "supervisors"),
        ("report_copied", "civilisation_office", "civilisation_office"),
    ]
    copy = desk.message(template="report_copied")
    assert "热线月报（2026年9月1日至9月30日）" in copy.text
    assert f"cities/{copy.city}/reports/r-1" in copy.text
    desk.work()
    assert desk.message(template="report_copied").state.value == "delivered"


def test_what_is_copied_to_nobody_is_told_to_the_supervisors_alone(desk: Desk) -> None:
    for more in ({}, {"copied_to": []}):
        heard(desk, "report_made", report_id="r", kind="special", title="专报", **PERIOD, **more)
    assert {template for template, _, _ in told(desk)} == {"report_made"}


@pytest.mark.parametrize(("point", "made"), [("receiver.before_commit", 0), ("receiver.after_commit", 1)])
def test_a_kill_while_the_report_is_heard_loses_and_doubles_no_copy(
    desk: Desk, tmp_path: Path, point: str, made: int
) -> None:
    report = {"report_id": "r", "kind": "monthly", "title": "月报", "copied_to": ["civilisation_office"], **PERIOD}
    envelope = desk.envelope("sla.report_made", "none", case_id="", **report)
    url = desk.runtime.engine.url.render_as_string(hide_password=False)
    arguments = (url, str(tmp_path), encode(envelope).decode(), point)
    process = multiprocessing.get_context("spawn").Process(target=dying.main, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert len(desk.messages(template="report_copied")) == made
    for _ in range(2):
        desk.receiver.receive([envelope])
    assert len(desk.messages(template="report_copied")) == 1


def test_a_report_of_one_day_names_the_day(desk: Desk) -> None:
    day = {"start_at": "2026-09-20T16:00:00Z", "end_at": "2026-09-21T16:00:00Z"}
    heard(desk, "report_made", report_id="r", kind="daily", title="热线日报", **day)
    assert "热线日报（2026年9月21日）已生成" in desk.messages()[0].text


def test_a_unit_that_is_named_is_told_so_and_its_leader_too_the_others_that_it_is_published(desk: Desk) -> None:
    heard(desk, "circular_published", circular_id="c", units=[FIRE, "u2"], named=[FIRE], **PERIOD)
    assert told(desk) == [
        ("circular_named", "unit", FIRE),
        ("circular_named", "unit_leader", FIRE),
        ("circular_published", "unit", "u2"),
    ]
    assert "在通报“九月通报”（2026年9月1日至9月30日）中被点名" in desk.messages()[0].text


def test_who_had_been_told_learns_that_it_is_withdrawn(desk: Desk) -> None:
    heard(desk, "circular_withdrawn", circular_id="c", units=[FIRE])
    assert told(desk) == [("circular_withdrawn", "unit", FIRE)]


def test_the_office_is_pressed_to_decide_on_a_proposed_end(desk: Desk) -> None:
    desk.dispatched()
    clock = {"clock_id": "k", "kind": "end_decision", "unit": "", "due_at": "2026-09-22T09:30:00Z"}
    desk.hear("sla.clock_breached", **clock)
    breached = [(m.template, m.audience.value) for m in desk.messages() if "不再办理审核" in m.text]
    assert breached == [("clock_breached", "dispatchers"), ("clock_breached_supervisors", "supervisors")]


def test_a_doubted_article_presses_its_unit(desk: Desk) -> None:
    clock = {"clock_id": "k", "kind": "knowledge_correction", "unit": FIRE, "article_id": "a1", "case_id": ""}
    desk.hear("sla.clock_warned", "a1", **clock, due_at="2026-09-29T09:30:00Z")
    assert told(desk) == [("knowledge_clock_warned", "unit", FIRE)]
    assert "知识更正" in desk.messages()[0].text
