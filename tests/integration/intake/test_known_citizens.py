"""What is known of a citizen is found again in everybody's words, and taken for nobody else's."""

import pytest

from chassis.pipeline import AnswerForgotten
from services.intake.domain.case import Case
from services.intake.domain.citizen import ADDRESS, Citizen
from tests.integration.intake.conftest import AGENT, CALLER, NAME, PHONE, SUPERVISOR, Desk
from tests.integration.intake.test_privacy import id_of, looks


def test_what_an_earlier_contact_told_is_masked_when_the_citizen_calls_again(desk: Desk) -> None:
    desk.accept()
    again = {"caller": {"phone": PHONE}, "subject": f"{NAME}的路灯", "text": f"我是{NAME}，路灯又不亮了"}
    desk.accept(**again, attributes={"place": f"{NAME}家门口"})
    told = desk.events()[-1][1]
    assert (told["masked_subject"], told["masked_text"]) == ("［姓名］的路灯", "我是［姓名］，路灯又不亮了")
    assert told["attributes"] == {"place": "［姓名］家门口"}


def test_only_what_a_citizen_has_not_told_before_is_sealed_to_them_again(desk: Desk) -> None:
    def kept() -> Citizen:
        return desk.runtime.in_work(lambda work: work.get(Citizen, id_of(citizen)))

    citizen = desk.register().case.citizen
    first = kept()
    desk.register()
    assert kept() == first, "the same words leave the citizen as they are"
    moved = desk.register(caller=CALLER | {"address": "云岫巷71号"}).case
    assert first.contact
    assert {field for field, sealed in (kept().contact or {}).items() if sealed != first.contact[field]} == {ADDRESS}
    assert desk.ask(AGENT, "RevealContact", name=moved.name, purpose="回电").address == "云岫巷71号"


def test_two_who_call_from_one_telephone_are_not_taken_for_each_other(desk: Desk) -> None:
    office = "0591-87654321"
    first = desk.accept(caller={"name": "章三川", "phone": office, "address": "云岫巷71号"})
    second = desk.accept(caller={"name": "黎四海", "phone": office, "identity_number": "35010219900101123X"})
    nameless = desk.register(caller={"phone": office}).case

    def contact(name: str) -> tuple[str, str, str, str]:
        seen = desk.ask(AGENT, "RevealContact", name=name, purpose="回电")
        return seen.name, seen.phone, seen.address, seen.identity_number

    assert contact(first.name) == ("章三川", "059187654321", "云岫巷71号", "")
    assert contact(second.name) == ("黎四海", "059187654321", "", "35010219900101123X")
    assert contact(nameless.name)[:2] == ("黎四海", "059187654321")
    refused = desk.register(caller={"name": "章三川", "phone": office}).case
    desk.register(caller={"name": "黎四海", "phone": office})
    told = desk.do(AGENT, "RefuseCase", name=refused.name, ground="litigation", next_authority="章三川的律师")
    assert told.next_authority == "［姓名］的律师", "the case knows its own caller, whoever called since"


def test_no_reason_for_a_look_names_the_citizen(desk: Desk) -> None:
    case, reason = desk.accept(), f"应{NAME}要求"
    desk.dispatched(case.name)
    for what in ("Contact", "Text"):
        desk.ask(AGENT, f"Reveal{what}", name=case.name, purpose=reason)
        desk.answer(f"reveal_{what.lower()}", case_id=id_of(case.name), unit="lamps", purpose=reason)
    desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason=reason)
    assert {purpose for _, _, purpose in looks(desk)} == {"应［姓名］要求", "lamps: 应［姓名］要求"}


def test_an_answer_that_showed_the_case_of_an_erased_citizen_is_forgotten(desk: Desk) -> None:
    case = desk.accept(attributes={"place": "青石板第三块"})
    again: dict[str, object] = {"caller": {"phone": "13900139000"}, "request_id": "shows-another"}
    assert desk.register(**again).similar
    desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求")
    with pytest.raises(AnswerForgotten):
        desk.register(**again)
    assert "青石板" not in str(desk.events())
    assert desk.runtime.in_work(lambda work: work.get(Case, id_of(case.name)).attributes) == {}


def test_a_citizen_whose_key_cannot_be_read_can_call_again_all_the_same(desk: Desk) -> None:
    case = desk.accept()
    with desk.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update citizen set body = jsonb_set(body, '{wrapped_key}', '\"AAAA\"')")
    assert desk.register().case.citizen == case.citizen
