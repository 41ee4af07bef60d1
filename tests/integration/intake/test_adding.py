"""What citizens add while their case is open: they urge, and say more."""

import pytest

from chassis.access import Role
from chassis.domain import BadFields, NotFound, StepNotAllowed
from services.intake.domain import adding, errors
from tests.integration.intake.conftest import AGENT, SUPERVISOR, Desk, citizen_of, principal


def test_a_citizen_urges_an_open_case_and_sees_it_among_the_progress(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(NotFound):
        desk.do(principal(Role.CITIZEN, citizen="citizens/other"), "UrgeCase", name=case.name)
    assert desk.do(citizen_of(case), "UrgeCase", name=case.name).urgings == 1
    assert desk.do(AGENT, "UrgeCase", name=case.name).urgings == 2
    assert [payload["occurrence"] for type, payload in desk.events() if type == "case_urged"] == [1, 2]


def test_what_is_added_is_masked_for_work_and_opened_as_it_was_said(desk: Desk) -> None:
    case = desk.accept(caller={"name": "陈美玉", "phone": "13805910001"})
    said = "陈美玉补充：井盖在3号楼前，电话13805910001。"
    (shown,) = desk.do(citizen_of(case), "SupplementCase", name=case.name, text=said).supplements
    assert "井盖在3号楼前" in shown.masked_text
    told = next(payload for type, payload in desk.events() if type == "case_supplemented")
    for words in (shown.masked_text, told["masked_text"]):
        assert "13805910001" not in words
        assert "陈美玉" not in words
    assert desk.ask(SUPERVISOR, "RevealText", name=case.name, purpose="核实").text.endswith(said)


def test_after_the_reply_neither_is_taken(desk: Desk) -> None:
    case = desk.replied()
    for command, more in (("UrgeCase", {}), ("SupplementCase", {"text": "还有一处"})):
        with pytest.raises(StepNotAllowed):
            desk.do(citizen_of(case), command, name=case.name, **more)
    registered = desk.register().case
    with pytest.raises(StepNotAllowed):
        desk.do(AGENT, "UrgeCase", name=registered.name)


def test_who_follows_another_case_urges_that_one(desk: Desk) -> None:
    main, other = desk.accept(), desk.register().case
    desk.do(AGENT, "JoinCase", name=other.name, main_case=main.name)
    assert desk.do(citizen_of(other), "UrgeCase", name=other.name).urgings == 0
    assert desk.case(main.name).urgings == 1


def test_both_have_limits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_URGINGS", 1)
    monkeypatch.setattr(adding, "MOST_SUPPLEMENTS", 1)
    case = desk.accept()
    with pytest.raises(BadFields):
        desk.do(AGENT, "SupplementCase", name=case.name, text="长" * 2_001)
    for command, more in (("UrgeCase", {}), ("SupplementCase", {"text": "还有一处"})):
        desk.do(AGENT, command, name=case.name, **more)
        with pytest.raises(errors.TooOften):
            desk.do(AGENT, command, name=case.name, **more)


def test_an_erased_citizen_leaves_nothing_of_what_was_added(desk: Desk) -> None:
    case = desk.accept()
    desk.do(AGENT, "SupplementCase", name=case.name, text="门牌在巷子尽头")
    desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求")
    assert desk.case(case.name).supplements == []
    assert desk.do(AGENT, "SupplementCase", name=case.name, text="他家在巷口").supplements[0].masked_text == ""
    assert all("巷" not in str(payload) for type, payload in desk.events())
