"""Dispatchers and supervisors see the messages of their city and decide on doubtful ones."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role, system
from chassis.domain import BadFields, NotFound, StepNotAllowed
from chassis.message import Command, Query
from services.notify.application.messages import GetMessage, ListMessages, ResolveMessage
from services.notify.domain.message import Knowledge, Medium, State
from tests.integration.notify.conftest import CITY, Desk, Provider, who

SUPERVISOR = who(Role.SUPERVISOR)


def name_of(desk: Desk) -> str:
    return f"cities/{CITY}/messages/{desk.messages()[0].id}"


def resolve(desk: Desk, decision: str, request_id: str = "resolve-1") -> Any:
    command = ResolveMessage.of({"request_id": request_id, "name": name_of(desk), "decision": decision, "reason": "r"})
    return desk.runtime.execute(SUPERVISOR, command)


@pytest.fixture
def doubtful(desk: Desk) -> Provider:
    provider = Provider("first", says=None, knows=Knowledge.UNCLEAR)
    desk.use(provider)
    desk.hear("intake.case_refused", citizen_id="c", citizen_reachable=True, pack="fujian-2016@1.0.0", basis="x")
    desk.wait(hours=1)
    assert desk.message().state is State.NEEDS_A_PERSON
    return provider


def test_a_supervisor_sends_a_doubtful_message_again(desk: Desk, doubtful: Provider) -> None:
    doubtful.says = Knowledge.DELIVERED
    assert resolve(desk, "send_again").state is State.QUEUED
    desk.work()
    assert desk.message().state is State.DELIVERED


def test_a_text_that_fell_to_voice_is_tried_as_a_text_first_when_it_is_sent_again(desk: Desk) -> None:
    text, voice = Provider("text", says=Knowledge.FAILED), Provider("voice", Medium.VOICE, says=Knowledge.FAILED)
    desk.use(text, voice)
    desk.accepted()
    desk.work()
    assert (desk.message().state, desk.message().medium) == (State.FAILED, Medium.VOICE)
    text.says = Knowledge.DELIVERED
    resolve(desk, "send_again")
    desk.work()
    assert (desk.message().state, desk.message().medium) == (State.DELIVERED, Medium.SMS)
    assert [len(text.sent), len(voice.sent)] == [2, 1]


def test_a_message_stored_before_its_noticed_medium_was_kept_is_sent_again(desk: Desk) -> None:
    desk.use(Provider("text", says=Knowledge.FAILED), Provider("voice", Medium.VOICE, says=Knowledge.FAILED))
    desk.accepted()
    desk.work()
    with desk.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update message set body = body - 'noticed_medium'")
    assert resolve(desk, "send_again").state is State.QUEUED
    assert desk.message().medium is Medium.VOICE


@pytest.mark.usefixtures("doubtful")
def test_a_supervisor_gives_a_doubtful_message_up_once(desk: Desk) -> None:
    assert resolve(desk, "failed").state is State.FAILED
    assert resolve(desk, "failed").state is State.FAILED
    assert desk.events() == ["message_failed"]
    with pytest.raises(StepNotAllowed):
        resolve(desk, "failed", "resolve-2")


def test_messages_are_listed_newest_first_in_pages(desk: Desk) -> None:
    for number in range(5):
        desk.accepted(f"case-{number}")
    seen, token = [], ""
    while True:
        page = desk.runtime.query(SUPERVISOR, ListMessages.of({"city": CITY, "page_size": 2, "page_token": token}))
        seen += [message.case for message in page.messages]
        token = page.next_page_token
        if not token:
            break
    assert seen == [f"cities/{CITY}/cases/case-{number}" for number in (4, 3, 2, 1, 0)]


def test_a_list_is_narrowed_by_case_and_state(desk: Desk) -> None:
    desk.accepted("case-1")
    desk.work()
    desk.accepted("case-2")

    def listed(**fields: str) -> list[str]:
        page = desk.runtime.query(SUPERVISOR, ListMessages.of({"city": CITY, **fields}))
        return [message.case.rpartition("/")[2] for message in page.messages]

    assert listed(state="queued") == ["case-2"]
    assert listed(case=f"cities/{CITY}/cases/case-1") == ["case-1"]
    assert listed(case=f"cities/{CITY}/cases/case-1", state="queued") == []


def test_other_roles_and_cities_see_nothing(desk: Desk) -> None:
    desk.accepted()
    query = GetMessage(name=name_of(desk))
    assert desk.runtime.query(SUPERVISOR, query).template == "case_accepted"
    for wrong in (who(Role.AGENT), who(Role.UNIT, unit="u"), who(Role.SUPERVISOR, city="350200")):
        with pytest.raises(PermissionDenied):
            desk.runtime.query(wrong, query)
    elsewhere = GetMessage(name=name_of(desk).replace(CITY, "350200"))
    missing = GetMessage(name=f"cities/{CITY}/messages/missing")
    for principal, other in ((who(Role.SUPERVISOR, city="350200"), elsewhere), (SUPERVISOR, missing)):
        with pytest.raises(NotFound):
            desk.runtime.query(principal, other)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ResolveMessage, {"request_id": "resolve-1", "name": f"cities/{CITY}/messages/m", "decision": "maybe"}),
        (
            ResolveMessage,
            {
                "request_id": "resolve-1",
                "name": f"cities/{CITY}/messages/m",
                "decision": "failed",
                "reason": "张伟不用了",
            },
        ),
        (ResolveMessage, {"request_id": "short", "name": f"cities/{CITY}/messages/m", "decision": "failed"}),
        (GetMessage, {"name": "no name"}),
        (ListMessages, {"city": "fuzhou"}),
        (ListMessages, {"city": CITY, "page_size": 201}),
        (ListMessages, {"city": CITY, "state": "lost"}),
    ],
)
def test_bad_fields_are_named(kind: type[Command | Query], fields: dict[str, Any]) -> None:
    with pytest.raises(BadFields):
        kind.of(fields)


def test_other_services_learn_what_became_of_a_message(desk: Desk) -> None:
    desk.accepted()
    desk.work()
    answer = desk.runtime.answer(system("dispatch"), "message_status", {"message_id": desk.message().id})
    assert (answer["state"], answer["medium"], answer["attempts"]) == ("delivered", "sms", 1)
    (fact,) = desk.runtime.answer(system("audit"), "audit_facts", {"subjects": [desk.message().case_id]})["facts"]
    assert [(m["handed_over"], m["known_to_provider"], m["handed_over_twice"]) for m in fact["messages"]] == [
        (True, True, 0)
    ]
