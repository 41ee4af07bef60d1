"""Whom the lights of a call-back are told to: it is a duty of the office, and of no case."""

from tests.integration.notify.conftest import Desk

CALL = "call-1"
CLOCK = {"case_id": "", "call_id": CALL, "clock_id": "clock-7", "kind": "call_back", "unit": ""}


def lit(desk: Desk, event: str, **more: str) -> None:
    desk.hear(f"sla.{event}", CALL, **CLOCK | {"due_at": "2026-09-21T09:30:00Z"} | more)


def test_the_dispatchers_are_told_before_the_time_is_over(desk: Desk) -> None:
    lit(desk, "clock_warned")
    (told,) = desk.messages()
    assert (told.template, told.audience.value, told.case_id) == ("call_back_warned", "dispatchers", "")
    assert "9月21日17:30 前回拨" in told.text


def test_dispatchers_and_supervisors_are_told_when_it_is_over(desk: Desk) -> None:
    lit(desk, "clock_breached")
    assert [(m.template, m.audience.value) for m in desk.messages()] == [
        ("call_back_breached", "dispatchers"),
        ("call_back_breached", "supervisors"),
    ]


def test_a_breach_that_was_none_is_taken_back_before_it_is_read(desk: Desk) -> None:
    lit(desk, "clock_breached")
    lit(desk, "breach_withdrawn", why="act_in_time")
    assert {m.state.value for m in desk.messages()} == {"expired"}
