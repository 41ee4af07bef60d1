"""报告、通报: the supervisors learn that a report is there, each unit once what a circular says of it."""

from typing import Any

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
