"""What belongs to another department is reported to its duty desk at once, by SMS and telephone, and once."""

from tests.integration.notify.conftest import Desk

SHUANGYASHAN = "shuangyashan-2024@1.0.0"


def reports(desk: Desk) -> list[tuple[str, str, str]]:
    return [(m.template, m.medium.value, m.recipient) for m in desk.messages() if "report" in m.template]


def test_an_emergency_is_reported_to_the_emergency_department_whatever_unit_handles_it(desk: Desk) -> None:
    desk.accepted(emergency_class="urgent")
    desk.dispatched(emergency_class="urgent")
    desk.work()
    assert reports(desk) == [
        ("emergency_report", "sms", "350100-emergency"),
        ("emergency_report_call", "voice", "350100-emergency"),
    ]
    told = desk.message(template="emergency_report")
    assert (told.state.value, "number-of-case-1 属紧急事项" in told.text) == ("delivered", True)


def test_it_is_reported_at_night_too_and_an_ordinary_case_never(desk: Desk) -> None:
    desk.wait(hours=14)
    desk.accepted("case-2")
    assert reports(desk) == []
    desk.accepted(emergency_class="urgent")
    desk.work()
    assert {m.state.value for m in desk.messages() if "report" in m.template} == {"delivered"}


def test_what_turns_out_to_be_an_emergency_is_reported_once(desk: Desk) -> None:
    desk.accepted()
    desk.dispatched()
    changed = {"assignments": [], "work_order_id": "order-1", "emergency_class": "urgent"}
    for _ in range(2):
        desk.hear("dispatch.work_order_corrected", **changed)
    assert len(reports(desk)) == 2


def test_an_alarm_that_was_passed_to_its_line_is_reported_to_the_department_in_charge(desk: Desk) -> None:
    for _ in range(2):
        desk.hear("intake.case_transferred", line="119", pack=SHUANGYASHAN)
    desk.work()
    assert reports(desk) == [("alarm_report", "sms", "350100-fire"), ("alarm_report_call", "voice", "350100-fire")]
    assert "119" in desk.message(template="alarm_report").text


def test_a_transfer_that_the_pack_has_reported_to_nobody_tells_nobody(desk: Desk) -> None:
    desk.hear("intake.case_transferred", line="12348", pack=SHUANGYASHAN)
    desk.hear("intake.case_transferred", "case-2", line="110", pack="pingli-2018@1.0.0")
    assert desk.messages() == []


def test_the_police_are_told_that_a_clue_waits_without_a_word_of_it(desk: Desk) -> None:
    desk.hear("intake.clue_handed_over", pack=SHUANGYASHAN, duty="police", basis="S24-51 35", ground="malicious")
    desk.work()
    told = desk.message(template="clue_handed_over")
    assert (told.recipient, told.state.value) == ("350100-police", "delivered")
    assert "malicious" not in told.text
