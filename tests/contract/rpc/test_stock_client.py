"""A stock nameko client asks every question of every service, and gets our errors in its own form."""

from base64 import b64encode
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.access import Principal, Role, system
from chassis.privacy import ReplyBox
from chassis.tokens import PassSigner
from cli.province import SERVICES
from tests.architecture.guards.access import CITY
from tests.architecture.guards.world import somebody
from tests.contract.rpc.conftest import Serving

AGENT, SUPERVISOR = somebody(Role.AGENT), somebody(Role.SUPERVISOR)
ELSEWHERE = Principal("agent:far", frozenset({Role.AGENT}), frozenset({"610926"}))


def call(service: str, question: str, token: str = "", **kwargs: Any) -> dict[str, Any]:
    return {"service": service, "question": question, "kwargs": kwargs, "token": token}


def every_question(serving: Serving) -> list[tuple[Role, dict[str, Any]]]:
    """A call of each question by a person who may ask it; those of the audit and of messages are for services alone."""
    case, message = serving.case_id, serving.world.names["messages"].rpartition("/")[2]
    return [
        (Role.AGENT, call("sla", "preview_deadline", city=CITY, kind="dispatch")),
        (Role.DISPATCHER, call("sla", "explain_deadline", city=CITY, case_id=case)),
        (Role.PROVINCE, call("sla", "kpi", city=CITY)),
        (Role.AGENT, call("knowledge", "suggest", city=CITY, text="路面坏了找谁")),
        (Role.CITIZEN, call("knowledge", "search", city=CITY, query="路面")),
        (Role.DISPATCHER, call("dispatch", "preview_route", city=CITY, text="路面坑坑洼洼")),
        (Role.AGENT, call("intake", "case_summary", city=CITY, case_id=case)),
        (Role.AGENT, call("intake", "reveal_text", city=CITY, case_id=case, purpose="回访")),
        (Role.SUPERVISOR, call("intake", "reveal_contact", city=CITY, case_id=case, purpose="回访")),
        (Role.DISPATCHER, call("notify", "message_status", city=CITY, message_id=message)),
    ]


def test_a_stock_client_asks_every_question_of_every_service(serving: Serving) -> None:
    asked = [one | {"token": serving.token(somebody(role))} for role, one in every_question(serving)]
    passed = serving.passes.sign(system("audit"))
    wanted, key = {"case_id": serving.case_id, "purpose": "message:accepted"}, b64encode(ReplyBox().public_key).decode()
    unreadable = {"id": "0", "field": "reply.result", "ciphertext": ""}  # told by its absence
    asked += [
        call("intake", "reveal_numbers", passed, wanted=[wanted], reply_key=key),
        call("intake", "reveal_passages", passed, **wanted, passages=[unreadable], reply_key=key),
    ]
    for service in SERVICES:
        asked += [
            call(service, "audit_facts", passed),
            call(service, "send_again", passed, subject="nothing", first=1, last=1),
            call(service, "hear_again", passed, publisher="intake", subject="nothing"),
        ]
    declared = {(s, q) for s in SERVICES for q in serving.world.province.runtimes[s].service.answers.by_name}
    assert {(one["service"], one["question"]) for one in asked} == declared

    heard = serving.heard(*asked)
    failed = [(one["question"], answer) for one, answer in zip(asked, heard, strict=True) if "result" not in answer]
    assert failed == []
    answers = {(one["service"], one["question"]): h["result"] for one, h in zip(asked, heard, strict=True)}
    assert answers["sla", "preview_deadline"]["due_time"].endswith("Z")
    assert answers["intake", "reveal_contact"]["name"] == "林晓梅"
    assert answers["intake", "case_summary"]["case_id"] == serving.case_id
    assert answers["sla", "explain_deadline"]


def test_the_answer_is_the_same_as_in_one_process(serving: Serving) -> None:
    asked = call("dispatch", "preview_route", city=CITY, text="路面坑坑洼洼", attributes={"a": "b"})
    (heard,) = serving.heard(asked | {"token": serving.token(AGENT)})
    direct = serving.world.province.runtimes["dispatch"].answer(system("intake"), "preview_route", asked["kwargs"])
    assert heard["result"] == direct


@pytest.mark.parametrize("service", SERVICES)
def test_without_a_good_token_nobody_is_answered(serving: Serving, service: str) -> None:
    questions = serving.world.province.runtimes[service].service.answers.by_name
    forged = PassSigner(Ed25519PrivateKey.generate()).sign(system("audit"))
    tokens = ("", "no.token.atall", forged)
    heard = serving.heard(*(call(service, question, token) for question in questions for token in tokens))
    assert {answer["exc_type"] for answer in heard} == {"UNAUTHENTICATED"}


def test_a_person_with_the_role_of_the_platform_is_nobody(serving: Serving) -> None:
    token = serving.token(system("intake"))  # signed with the key for people
    (heard,) = serving.heard(call("sla", "audit_facts", token))
    assert heard["exc_type"] == "UNAUTHENTICATED"


def test_other_roles_and_other_cities_are_refused(serving: Serving) -> None:
    calls = [
        call("sla", "kpi", serving.token(AGENT), city=CITY),
        call("intake", "case_summary", serving.token(ELSEWHERE), city=CITY, case_id=serving.case_id),
        call("intake", "case_summary", serving.token(AGENT), case_id=serving.case_id),
        call("notify", "audit_facts", serving.token(SUPERVISOR)),
    ]
    assert {answer["exc_type"] for answer in serving.heard(*calls)} == {"PERMISSION_DENIED"}


def test_a_case_of_another_city_looks_like_none(serving: Serving) -> None:
    far = serving.token(ELSEWHERE)
    there = call("intake", "case_summary", far, city="610926", case_id=serving.case_id)
    nowhere = call("intake", "case_summary", far, city="610926", case_id="0199a1b2-0000-7000-8000-0000000000ff")
    first, second = serving.heard(there, nowhere)
    assert first["exc_type"] == second["exc_type"] == "NOT_FOUND"
    assert {**first["value"], "trace": ""} == {**second["value"], "trace": ""}


def test_bad_arguments_are_named_and_no_python_shows(serving: Serving) -> None:
    token = serving.token(AGENT)
    good = {"city": CITY, "kind": "dispatch"}
    wrong: list[dict[str, Any]] = [
        call("sla", "preview_deadline", token, city=CITY),
        call("sla", "preview_deadline", token, **good, colour="red"),
        call("sla", "preview_deadline", token, **good, round="many"),
        call("sla", "preview_deadline", token, **good, start="yesterday"),
        call("sla", "preview_deadline", token, **(good | {"kind": "x" * 65})),
        call("sla", "preview_deadline", token) | {"args": [CITY, "dispatch"]},
        call("knowledge", "suggest", token, city=CITY, text="\x00"),
        call("knowledge", "search", token, city=CITY, query="路", at_most=51),
    ]
    fields = ["kind", "colour", "round", "start", "kind", "args", "text", "at_most"]
    heard = serving.heard(*wrong)
    assert [answer["exc_type"] for answer in heard] == ["BAD_FIELDS"] * len(wrong)
    assert [field_of(answer) for answer in heard] == fields
    for answer in heard:
        assert answer["value"]["status"] == "INVALID_ARGUMENT"
        assert answer["value"]["zh"]
        assert "chassis" not in answer["shown"]
        assert "Traceback" not in answer["shown"]


def field_of(answer: dict[str, Any]) -> str:
    return str(answer["value"]["violations"][0]["field"])


def test_errors_of_the_domain_keep_their_reason(serving: Serving) -> None:
    token = serving.token(AGENT)
    calls = [
        call("sla", "preview_deadline", token, city=CITY, kind="no_such_clock"),
        call("knowledge", "search", token, city=CITY, query="路", page_token="不是"),
    ]
    heard = serving.heard(*calls)
    assert [answer["exc_type"] for answer in heard] == ["UNKNOWN_CLOCK", "PAGE_TOKEN_INVALID"]
    assert heard[1]["value"]["field"] == "page_token"


def test_a_question_that_nobody_knows_and_one_that_is_too_large_are_refused(serving: Serving) -> None:
    token = serving.token(AGENT)
    unknown, large = serving.heard(
        call("sla", "drop_tables", token), call("knowledge", "suggest", token, city=CITY, text="路" * 200_000)
    )
    assert unknown["exc_type"] == "UNKNOWN_QUESTION"
    assert large["exc_type"] == "QUESTION_TOO_LARGE"


def test_work_that_nobody_waits_for_is_not_begun(serving: Serving) -> None:
    late = call("sla", "kpi", serving.token(SUPERVISOR), city=CITY) | {"context": {"huying_deadline_ms": 1_000}}
    assert serving.heard(late)[0]["exc_type"] == "CALL_TOO_LATE"


def test_a_person_who_looks_leaves_a_trace(serving: Serving) -> None:
    engine = serving.world.province.runtimes["intake"].engine
    looks = "select count(*) from look where purpose like %s"
    purpose = "核实地址一次"
    with engine.connect() as connection:
        before = connection.exec_driver_sql(looks, (f"%{purpose}",)).scalar_one()
    asked = call("intake", "reveal_contact", serving.token(AGENT), city=CITY, case_id=serving.case_id, purpose=purpose)
    assert "result" in serving.heard(asked)[0]
    with engine.connect() as connection:
        after = connection.exec_driver_sql(looks, (f"%{purpose}",)).scalar_one()
    assert (before, after) == (0, 1)
