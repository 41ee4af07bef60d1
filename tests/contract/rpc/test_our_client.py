"""Our client asks stock nameko services and our own, byte for byte as nameko would."""

import json
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import amqp
import pytest

from chassis.access import PermissionDenied, Role, system
from chassis.domain import BadFields, NotFound
from chassis.privacy import ReplyBox
from chassis.questions import NoAnswer, RefusedElsewhere
from chassis.rabbit import wire
from chassis.rabbit.connection import Broker, connect
from chassis.rabbit.questions import RabbitQuestions
from chassis.telemetry import tracing
from cli.servers.rabbitmq import RabbitAddress
from services.dispatch.domain.work_order import WorkOrder
from services.sla.domain.rulebook import UnknownClock
from tests.architecture.guards.access import CITY
from tests.architecture.guards.world import somebody
from tests.contract.rpc.conftest import Serving, call_stock, running

US = system("intake")
PATIENT = 15.0
"""Seconds, on a machine that does other things too."""


@pytest.fixture(scope="module")
def partner(vhost: RabbitAddress) -> Iterator[str]:
    """The address of the broker on which a stock nameko service answers."""
    with running("stock_service.py", vhost.url):
        yield vhost.url


@pytest.fixture
def questions(partner: str) -> Iterator[RabbitQuestions]:
    asker = RabbitQuestions(partner, lambda principal: f"token of {principal.id}")
    yield asker
    asker.close()


@pytest.fixture
def ours(serving: Serving) -> Iterator[RabbitQuestions]:
    asker = RabbitQuestions(serving.amqp, serving.passes.sign)
    yield asker
    asker.close()


def test_arguments_and_answers_arrive_as_they_are(questions: RabbitQuestions) -> None:
    values = {"city": CITY, "text": "路灯 💡\n“坏”了", "numbers": [1, 2.5, -3], "nothing": None, "deep": {"a": [{}]}}
    assert questions.ask(US, "partner", "echo", limit=PATIENT, **values) == values


def test_the_token_the_deadline_and_the_trace_travel_in_the_context(questions: RabbitQuestions) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    with tracing.span("test", parent=trace):
        context = questions.ask(US, "partner", "context", limit=PATIENT)
    assert context["huying_token"] == "token of service:intake"
    assert context["traceparent"].split("-")[1] == trace.split("-")[1]
    assert 0 < context["huying_deadline_ms"] / 1000 - time.time() < PATIENT


def test_errors_of_a_stranger_keep_their_words(questions: RabbitQuestions) -> None:
    with pytest.raises(RefusedElsewhere, match="ValueError no such thing") as refused:
        questions.ask(US, "partner", "fail", limit=PATIENT, words="no such thing")
    assert refused.value.values["remote_reason"] == "ValueError"
    with pytest.raises(RefusedElsewhere, match="IncorrectSignature"):
        questions.ask(US, "partner", "strict", limit=PATIENT, town="x")


@pytest.mark.parametrize("question", ["never_heard_of", "unserialisable"])
def test_what_a_stranger_cannot_answer_is_no_answer(questions: RabbitQuestions, question: str) -> None:
    with pytest.raises(NoAnswer):
        questions.ask(US, "partner", question, limit=PATIENT)


def test_an_answer_that_comes_too_late_is_none_and_harms_no_later_one(questions: RabbitQuestions) -> None:
    questions.ask(US, "partner", "echo", limit=PATIENT)
    with pytest.raises(NoAnswer):
        questions.ask(US, "partner", "dawdle", limit=0.2, seconds=0.4)
    assert questions.ask(US, "partner", "dawdle", limit=PATIENT, seconds=0.5) == "late"


def test_our_services_answer_our_client(ours: RabbitQuestions, serving: Serving) -> None:
    asked = {"case_id": serving.case_id, "city": CITY}
    direct = serving.world.province.runtimes["intake"].answer(US, "case_summary", asked)
    assert ours.ask(US, "intake", "case_summary", limit=PATIENT, **asked) == direct


def test_a_sealed_answer_opens_at_the_asker(ours: RabbitQuestions, serving: Serving) -> None:
    box = ReplyBox()
    key = b64encode(box.public_key).decode()
    asked = {"case_id": serving.case_id, "purpose": "短信", "reply_key": key}
    answer = ours.ask(system("notify"), "intake", "reveal_contact", limit=PATIENT, **asked)
    assert box.open(b64decode(answer["sealed"]))["phone"] == "19900001234"


def test_what_a_unit_wrote_is_opened_over_the_bus(ours: RabbitQuestions, serving: Serving) -> None:
    order_id = serving.world.names["workOrders"].rpartition("/")[2]
    with serving.world.province.runtimes["dispatch"].reading() as read:
        reason = read.get(WorkOrder, order_id).extensions[0].reason
    assert reason
    box = ReplyBox()
    given = {"id": "0", "field": reason.field, "ciphertext": b64encode(reason.ciphertext).decode()}
    asked = {
        "case_id": serving.case_id,
        "city": CITY,
        "unit": serving.world.unit,
        "purpose": "审核",
        "viewer": "王科长",
    }
    key = b64encode(box.public_key).decode()
    us = system("dispatch")
    answer = ours.ask(us, "intake", "reveal_passages", limit=PATIENT, passages=[given], reply_key=key, **asked)
    assert box.open(b64decode(answer["sealed"])) == {"0": "材料未到"}


def test_errors_of_our_services_come_back_as_themselves(ours: RabbitQuestions) -> None:
    with pytest.raises(NotFound):
        ours.ask(US, "intake", "case_summary", limit=PATIENT, case_id="nobody")
    with pytest.raises(UnknownClock) as unknown:
        ours.ask(US, "sla", "preview_deadline", limit=PATIENT, city=CITY, kind="lunch")
    assert unknown.value.values["kind"] == "lunch"
    assert "lunch" in unknown.value.message_zh
    with pytest.raises(BadFields) as bad:
        ours.ask(US, "sla", "preview_deadline", limit=PATIENT, city="Fuzhou")
    assert {v.field for v in bad.value.violations} == {"city", "kind"}


def test_a_person_is_asked_for_with_their_own_rights(ours: RabbitQuestions) -> None:
    supervisor, agent = somebody(Role.SUPERVISOR), somebody(Role.AGENT)
    assert ours.ask(supervisor, "sla", "kpi", limit=PATIENT, city=CITY) is not None
    with pytest.raises(PermissionDenied):
        ours.ask(agent, "sla", "kpi", limit=PATIENT, city=CITY)


def test_our_question_looks_as_nameko_s(vhost: RabbitAddress) -> None:
    """Both are caught in a queue of ours; nobody answers."""
    with _eavesdropping(vhost.url) as channel:
        asker = RabbitQuestions(vhost.url, lambda _principal: "a-token")
        with pytest.raises(NoAnswer):
            asker.ask(US, "eavesdropped", "weigh", limit=3.0, city=CITY, text="路")
        asker.close()
        call = {"service": "eavesdropped", "question": "weigh", "kwargs": {"city": CITY, "text": "路"}, "timeout": 0.5}
        assert call_stock(vhost.url, [call | {"token": "a-token"}])[0]["exc_type"] == "RpcTimeout"

        ours, stock = _next(channel), _next(channel)
        assert json.loads(ours.body) == json.loads(stock.body) == {"args": [], "kwargs": call["kwargs"]}
        for name in ("content_type", "content_encoding"):
            assert ours.properties[name] == stock.properties[name]
        for name in ("reply_to", "correlation_id"):
            assert len(ours.properties[name]) == len(stock.properties[name]) == 36
        mine, theirs = (message.properties["application_headers"] for message in (ours, stock))
        assert set(theirs) <= set(mine)
        assert mine["nameko.huying_token"] == theirs["nameko.huying_token"] == "a-token"
        assert {name: type(mine[name]) for name in theirs} == {name: type(theirs[name]) for name in theirs}


def test_nobody_works_for_an_asker_who_has_gone_on(vhost: RabbitAddress) -> None:
    with _eavesdropping(vhost.url) as channel:
        asker = RabbitQuestions(vhost.url, lambda _principal: "a-token")
        with pytest.raises(NoAnswer):
            asker.ask(US, "eavesdropped", "weigh", limit=PATIENT / 10)
        asker.close()
        assert int(_next(channel).properties["expiration"]) <= 1000 * PATIENT / 10


@contextmanager
def _eavesdropping(url: str) -> Iterator[amqp.Channel]:
    connection = connect(Broker.parse(url), "test")
    channel = connection.channel()
    channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
    queue = channel.queue_declare("", exclusive=True).queue
    channel.queue_bind(queue, wire.EXCHANGE, routing_key="eavesdropped.*")
    caught: list[amqp.Message] = []
    channel.caught = caught
    channel.basic_consume(queue, no_ack=True, callback=caught.append)
    yield channel
    connection.close()


def _next(channel: amqp.Channel) -> amqp.Message:
    while not channel.caught:
        channel.connection.drain_events(timeout=PATIENT)
    return channel.caught.pop(0)
