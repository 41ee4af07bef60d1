"""From the contact to the seat's decision."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import BadFields, DomainError, NotFound, StepNotAllowed, VersionMovedOn
from chassis.numbers import is_valid
from chassis.pipeline import RequestIdReused
from chassis.questions import NoAnswer
from services.intake.domain import errors
from tests.integration.intake.conftest import (
    ADDRESS,
    AGENT,
    NAME,
    PHONE,
    PINGLI,
    PORTAL,
    SHUANGYASHAN,
    SUPERVISOR,
    TEXT,
    Desk,
    citizen_of,
    principal,
)

PINGLI_AGENT = principal(Role.AGENT, PINGLI)


def test_a_registered_case_is_masked_and_keeps_nothing_in_clear(desk: Desk) -> None:
    view = desk.register().case
    assert NAME not in view.masked_text
    assert "路灯不亮三天" in view.masked_text
    with desk.runtime.engine.connect() as connection:
        tables = ("case_file", "citizen", "outbox", "remembered", "look", "likeness")
        rows = [str(connection.exec_driver_sql(f"select t::text from {t} t").all()) for t in tables]
    for secret in (NAME, PHONE, "138-0013", "一三八零零", ADDRESS, "五四路88", "123X"):
        assert not any(secret in text for text in rows)


def test_accepting_gives_a_number_counted_by_city_and_day(desk: Desk) -> None:
    first, second = desk.accept(), desk.accept(caller={})
    assert first.number.startswith("350100-20260924-000001-")
    assert second.number.startswith("350100-20260924-000002-")
    assert is_valid(first.number)
    desk.pass_time(hours=10)
    assert desk.accept().number.startswith("350100-20260925-000001-")
    pingli = desk.accept(PINGLI_AGENT, city=PINGLI)
    assert pingli.number.startswith("610926-20260925-000001-")
    (_, payload), *_ = desk.events()
    assert payload["pack"] == "fujian-2016@1.0.0"
    assert payload["citizen_reachable"] is True
    assert payload["sealed_text"]["field"] == "case.text"


def test_a_refused_acceptance_gives_its_number_back(desk: Desk) -> None:
    case = desk.register().case
    with pytest.raises(errors.UnknownArea):
        desk.do(AGENT, "AcceptCase", name=case.name, area="999999")
    assert "-000001-" in desk.do(AGENT, "AcceptCase", name=case.name).number


def test_suggestions_come_from_knowledge_and_are_missing_without_it(desk: Desk) -> None:
    assert desk.register().suggestions == []
    hit = {"article": "cities/350100/articles/1", "title": "路灯", "snippet": "…", "score": 2.5, "unit": "x"}
    desk.questions.answers["knowledge", "suggest"] = [hit]
    assert [s.title for s in desk.register().suggestions] == ["路灯"]
    assert NAME not in str(desk.questions.asked)
    assert PHONE not in str(desk.questions.asked)


@pytest.mark.parametrize(
    "answer",
    [NoAnswer(service="knowledge"), PermissionDenied(), NotFound(), BadFields([]), None, "words", 5, {"hits": 5}, [5],
     [{"score": "high"}]],
)  # fmt: skip
def test_whatever_knowledge_answers_the_case_is_registered(desk: Desk, answer: object) -> None:
    def odd(**_: object) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    desk.questions.answers["knowledge", "suggest"] = odd
    assert desk.register().case.name


def test_the_longest_text_is_still_asked_about(desk: Desk) -> None:
    desk.register(subject="路" * 200, text="灯" * 10_000)
    ((_, _, asked),) = desk.questions.asked
    assert len(asked["text"]) == 10_000


def test_the_same_person_is_found_again_by_phone(desk: Desk) -> None:
    first = desk.register().case
    second = desk.register(caller={"phone": "１３８００１３８０００"}).case
    other = desk.register(caller={"phone": "13900139000"}).case
    assert first.citizen == second.citizen != other.citizen


def test_a_repeat_of_the_request_returns_the_first_answer(desk: Desk) -> None:
    first = desk.register(request_id="same-request")
    assert desk.register(request_id="same-request") == first
    with pytest.raises(RequestIdReused):
        desk.register(request_id="same-request", text="别的内容")


def test_similar_open_cases_are_shown(desk: Desk) -> None:
    main = desk.accept()
    again = desk.register(caller={"phone": "13900139000"}, text="五四路88号门口的路灯不亮，晚上没法走，都三天了")
    assert [s.number for s in again.similar] == [main.number]
    assert desk.register(caller={}, subject="咨询社保", text="请问异地就医怎么报销").similar == []


def test_who_speaks_for_a_citizen_is_shown_no_case_of_another(desk: Desk) -> None:
    """Number and phone together open a case: who shows numbers gives half of that away."""
    desk.accept()
    assert desk.register(caller={}).similar
    assert desk.register(PORTAL, channel="web", caller={}).similar == []
    province = {"platform": "province", "number": "P-1"}
    assert desk.register(principal(Role.PLATFORM), channel="platform", caller={}, upstream=province).similar == []


def test_a_case_for_the_platform_alone_is_not_shown_as_similar(desk: Desk) -> None:
    desk.accept(confidentiality="platform_only")
    assert desk.register(caller={}).similar == []


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"text": ""}, BadFields, "text"),
        ({"text": "字" * 100_000}, BadFields, "text"),
        ({"text": "有\x00空字节"}, BadFields, "text"),
        ({"subject": "  "}, BadFields, "subject"),
        ({"channel": "fax"}, BadFields, "channel"),
        ({"city": "35010"}, BadFields, "city"),
        ({"unheard": "x"}, BadFields, "unheard"),
        ({"category": "rumour"}, errors.UnknownCategory, "category"),
        ({"category": "praise"}, errors.UnknownCategory, "category"),
        ({"item": "91"}, errors.UnknownItem, "item"),
        ({"area": "110101"}, errors.UnknownArea, "area"),
        ({"respondent_unit": "nobody"}, errors.UnknownUnit, "respondent_unit"),
        ({"emergency_class": "sudden"}, errors.UnknownEmergencyClass, "emergency_class"),
        ({"caller": {"phone": "12345"}}, errors.BadPhone, "caller.phone"),
        ({"upstream": {"platform": "province"}}, errors.UpstreamMissing, "upstream"),
    ],
)
def test_bad_input_gets_a_named_error_and_changes_nothing(
    desk: Desk, changed: dict[str, Any], reason: type[DomainError], field: str
) -> None:
    with pytest.raises(reason) as caught:
        desk.register(**changed)
    error = caught.value
    assert field in (error.field, *(v.field for v in getattr(error, "violations", ())))
    assert error.message_zh
    assert error.message_en
    assert desk.ask(AGENT, "ListCases", city="350100").cases == []


def test_what_is_said_in_the_future_is_refused(desk: Desk) -> None:
    with pytest.raises(errors.SaidInTheFuture):
        desk.register(said_time=desk.clock.now() + timedelta(seconds=1))


def test_an_unknown_city_is_named(desk: Desk) -> None:
    from chassis.access import Principal

    anywhere = Principal("agent", frozenset({Role.AGENT}), frozenset({"*"}))
    with pytest.raises(errors.UnknownCity):
        desk.register(anywhere, city="999999")


def test_the_portal_registers_its_own_channels_only(desk: Desk) -> None:
    assert desk.register(PORTAL, channel="web").case.channel == "web"
    with pytest.raises(errors.ChannelNotYours):
        desk.register(PORTAL, channel="phone")


def test_another_city_and_another_role_are_refused(desk: Desk) -> None:
    case = desk.register().case
    for who in (principal(Role.AGENT, SHUANGYASHAN), principal(Role.CITIZEN, citizen="citizens/x")):
        with pytest.raises(PermissionDenied, match=r"for these roles, within their cities: agent$"):
            desk.do(who, "AcceptCase", name=case.name)
    elsewhere = case.name.replace("350100", SHUANGYASHAN)
    with pytest.raises(NotFound):
        desk.do(principal(Role.AGENT, SHUANGYASHAN), "AcceptCase", name=elsewhere)


def test_a_version_that_moved_on_is_noticed(desk: Desk) -> None:
    case = desk.register().case
    with pytest.raises(VersionMovedOn):
        desk.do(AGENT, "AcceptCase", name=case.name, version=case.version + 1)
    assert desk.do(AGENT, "AcceptCase", name=case.name, version=case.version).version == case.version + 1
    with pytest.raises(StepNotAllowed):
        desk.do(AGENT, "AcceptCase", name=case.name)


def test_a_refusal_names_ground_article_and_the_authority(desk: Desk) -> None:
    case = desk.register().case
    with pytest.raises(errors.UnknownGround):
        desk.do(AGENT, "RefuseCase", name=case.name, ground="mood")
    refused = desk.do(AGENT, "RefuseCase", name=case.name, ground="litigation")
    assert refused.state == "refused"
    assert refused.basis == "F16-11c 13(3)"
    assert "法院" in refused.next_authority
    ((type, told),) = desk.events()
    assert type == "case_refused"
    assert told["reason"].startswith("应当或已经通过诉讼")
    assert told["cited"] == "《福建省12345便民服务平台监督管理办法》第13条第（3）项"
    assert "12348" in told["guidance"]


def test_an_emergency_is_not_refused_as_one(desk: Desk) -> None:
    case = desk.register(emergency_class="urgent").case
    with pytest.raises(errors.GroundNotForEmergencies):
        desk.do(AGENT, "RefuseCase", name=case.name, ground="emergency_line")


def test_a_case_is_answered_during_the_contact_and_the_citizen_can_read_it(desk: Desk) -> None:
    case = desk.register().case
    answered = desk.do(
        AGENT, "AnswerCase", name=case.name, article="cities/350100/articles/0192", answer="请到社区办理"
    )
    assert answered.state == "answered"
    assert answered.reply == ""
    assert desk.case(case.name, citizen_of(case)).reply == "请到社区办理"
    assert desk.events()[-1][1]["article_id"] == "0192"


def test_a_transfer_ends_the_case_but_pingli_dispatches_a_sudden_event_too(desk: Desk) -> None:
    case = desk.register().case
    with pytest.raises(errors.UnknownLine):
        desk.do(AGENT, "TransferCase", name=case.name, line="96333")
    assert desk.do(AGENT, "TransferCase", name=case.name, line="119").state == "transferred"
    with pytest.raises(StepNotAllowed):
        desk.do(AGENT, "AcceptCase", name=case.name)
    threat = desk.register(PINGLI_AGENT, city=PINGLI, emergency_class="sudden").case
    desk.do(PINGLI_AGENT, "TransferCase", name=threat.name, line="110")
    assert desk.do(PINGLI_AGENT, "AcceptCase", name=threat.name).state == "accepted"


def test_pingli_refuses_anonymous_claims_for_own_rights(desk: Desk) -> None:
    case = desk.register(PINGLI_AGENT, city=PINGLI, caller={}, own_rights_claim=True).case
    with pytest.raises(errors.AnonymousOwnRightsClaim):
        desk.do(PINGLI_AGENT, "AcceptCase", name=case.name)
    refused = desk.do(PINGLI_AGENT, "RefuseCase", name=case.name, ground="anonymous_own_rights")
    assert refused.basis == "P18-04 7(10)"
    assert desk.accept(caller={}, own_rights_claim=True).state == "accepted"


def test_a_report_is_hidden_from_the_unit_by_default(desk: Desk) -> None:
    desk.accept(category="report")
    assert desk.events()[0][1]["confidentiality"] == "hidden_from_unit"


def test_a_category_is_proposed_when_none_is_given(desk: Desk) -> None:
    asked = desk.register(category="", subject="咨询", text="请问居住证怎么办理").case
    assert asked.category == "consultation"
    assert desk.register(text="燃气泄漏，味道很大").proposed_emergency_class == "urgent"


def test_a_withdrawn_case_tells_dispatch_and_a_hazard_is_handled_on(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(NotFound):
        desk.do(principal(Role.CITIZEN, citizen="citizens/other"), "WithdrawCase", name=case.name)
    assert desk.do(citizen_of(case), "WithdrawCase", name=case.name, reason="修好了").state == "withdrawn"
    assert desk.told()[-1] == "case_withdrawn"
    hazard = desk.accept(emergency_class="urgent")
    with pytest.raises(errors.HazardIsHandledOn):
        desk.do(AGENT, "WithdrawCase", name=hazard.name)


def test_cases_are_listed_newest_first_in_pages(desk: Desk) -> None:
    names = [desk.accept(caller={}).name for _ in range(5)]
    first = desk.ask(AGENT, "ListCases", city="350100", page_size=3)
    rest = desk.ask(AGENT, "ListCases", city="350100", page_size=3, page_token=first.next_page_token)
    assert [c.name for c in (*first.cases, *rest.cases)] == names[::-1]
    assert rest.next_page_token == ""
    assert desk.ask(SUPERVISOR, "ListCases", city="350100", state="closed").cases == []


def test_the_text_as_said_stays_readable_with_a_reason(desk: Desk) -> None:
    case = desk.accept()
    assert desk.ask(AGENT, "RevealText", name=case.name, purpose="核对地址").text == TEXT
