"""Units hear of what citizens add."""

from tests.integration.notify.conftest import FIRE, Desk

CO = {"assignment_id": "assignment-2", "unit": "350100-water", "role": "co"}
LEAD = {"assignment_id": "assignment-1", "unit": FIRE, "role": "lead"}


def test_however_often_a_citizen_urges_the_units_are_reminded_once_a_day(desk: Desk) -> None:
    desk.accepted()
    desk.dispatched(assignments=[LEAD, CO])
    for occurrence in (1, 2):
        desk.hear("intake.case_urged", occurrence=occurrence)
    assert {m.recipient for m in desk.messages(template="case_urged")} == {FIRE, CO["unit"]}
    assert len(desk.messages(template="case_urged")) == 2
    desk.wait(days=1)
    desk.hear("intake.case_urged", occurrence=3)
    assert len(desk.messages(template="case_urged")) == 4


def test_units_are_told_of_each_supplement_without_its_words(desk: Desk) -> None:
    desk.accepted()
    desk.dispatched()
    desk.hear("intake.case_supplemented", occurrence=1, masked_text="在三号楼")
    message = desk.message(template="case_supplemented")
    assert message.recipient == FIRE
    assert "三号楼" not in message.text
