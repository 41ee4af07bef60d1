"""Asking when the other side, the broker or the way there is bad: an answer, or none, always in time."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from prometheus_client import REGISTRY

from chassis.access import Principal, system
from chassis.questions import NoAnswer, RefusedElsewhere
from chassis.rabbit import wire
from chassis.rabbit.errors import AddressUnusable
from chassis.rabbit.questions import RabbitQuestions
from cli.servers.rabbitmq import RabbitAddress, RabbitMQ
from cli.servers.toxiproxy import Proxy
from tests.integration.rabbit_rpc.conftest import Serve
from tests.servers import OwnServer

US = system("intake")
PATIENT = 20.0
Asking = Callable[[str], RabbitQuestions]


@pytest.fixture
def asking() -> Iterator[Asking]:
    made: list[RabbitQuestions] = []

    def start(url: str, **options: Any) -> RabbitQuestions:
        made.append(RabbitQuestions(url, lambda _principal: "a-token", **options))
        return made[-1]

    yield start
    for questions in made:
        questions.close()


def refused_within(seconds: float, questions: RabbitQuestions, *, limit: float = PATIENT, **values: Any) -> None:
    started = time.monotonic()
    with pytest.raises(NoAnswer):
        questions.ask(US, "echo", "say", limit=limit, **values)
    assert time.monotonic() - started < seconds


def answered_at_last(questions: RabbitQuestions) -> float:
    """Asks as an asker would, again and again; how long until the first answer."""
    started = time.monotonic()
    while time.monotonic() - started < 40:
        try:
            questions.ask(US, "echo", "say", limit=1.0)
            return time.monotonic() - started
        except NoAnswer:
            threading.Event().wait(0.05)
    raise AssertionError("nobody answered for 40 s")


def asked(service: str, outcome: str) -> float:
    labels = {"service": service, "question": "say", "outcome": outcome}
    return REGISTRY.get_sample_value("huying_questions_asked_total", labels) or 0.0


def waited(service: str) -> float:
    labels = {"service": service, "question": "say"}
    return REGISTRY.get_sample_value("huying_question_seconds_sum", labels) or 0.0


def test_many_threads_share_one_connection(
    rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve, rabbitmq_server: RabbitMQ
) -> None:
    serve(rabbitmq_vhost.url, "echo")
    questions = asking(rabbitmq_vhost.url)
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(questions.ask, US, "echo", "say", limit=PATIENT, number=n) for n in range(300)]
        assert [one.result()["number"] for one in asked] == list(range(300))
    assert sum(thread.name == "huying questions" for thread in threading.enumerate()) == 1


def test_where_nobody_answers_the_asker_knows_at_once(
    rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve
) -> None:
    serve(rabbitmq_vhost.url, "other")
    questions = asking(rabbitmq_vhost.url)
    before = asked("other", "ok"), asked("echo", "NO_ANSWER"), waited("echo")
    questions.ask(US, "other", "say", limit=PATIENT)
    refused_within(PATIENT / 4, questions)
    assert (asked("other", "ok"), asked("echo", "NO_ANSWER")) == (before[0] + 1, before[1] + 1)
    assert 0 < waited("echo") - before[2] < PATIENT / 4


def test_a_broker_that_is_away_costs_no_time(asking: Asking) -> None:
    questions = asking("amqp://huying:secret@127.0.0.1:1/none")
    refused_within(PATIENT / 4, questions)
    started = time.monotonic()
    for _ in range(50):
        refused_within(PATIENT / 4, questions)
    assert time.monotonic() - started < PATIENT / 4


def test_a_wrong_password_is_no_answer_and_shows_nowhere(
    rabbitmq: RabbitAddress, asking: Asking, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = asking(rabbitmq.url.replace(rabbitmq.password, "hunter2hunter2"))
    refused_within(PATIENT, questions)
    shown = capsys.readouterr()
    assert "hunter2" not in shown.out + shown.err


def test_an_address_that_is_none_is_told_before_anything_is_asked(asking: Asking) -> None:
    with pytest.raises(AddressUnusable):
        asking("rabbit.example.org")


def test_the_time_limit_holds(rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve) -> None:
    gate = threading.Event()
    service = serve(rabbitmq_vhost.url, "echo", lambda kwargs: kwargs if kwargs.get("quick") else gate.wait(30))
    questions = asking(rabbitmq_vhost.url)
    questions.ask(US, "echo", "say", limit=PATIENT, quick=True)
    started = time.monotonic()
    with pytest.raises(NoAnswer):
        questions.ask(US, "echo", "say", limit=0.3)
    assert 0.3 <= time.monotonic() - started < PATIENT / 4
    assert len(service.asked) == 2
    gate.set()


def test_a_service_that_stays_silent_costs_its_askers_no_more_time(
    rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve
) -> None:
    gate = threading.Event()
    service = serve(rabbitmq_vhost.url, "echo", lambda kwargs: kwargs if kwargs.get("quick") else gate.wait(30))
    questions = asking(rabbitmq_vhost.url)
    questions.ask(US, "echo", "say", limit=PATIENT, quick=True)
    for _ in range(3):
        refused_within(PATIENT / 4, questions, limit=0.2)
    started = time.monotonic()
    for _ in range(20):
        refused_within(PATIENT / 4, questions, limit=PATIENT)
    assert time.monotonic() - started < PATIENT
    assert len(service.asked) <= 4, "the rest never left"
    gate.set()
    answered_at_last(questions)


def test_more_questions_than_the_limit_wait_their_turn(
    rabbitmq_vhost: RabbitAddress, asking: Callable[..., RabbitQuestions], serve: Serve
) -> None:
    gate = threading.Event()
    service = serve(rabbitmq_vhost.url, "echo", lambda kwargs: gate.wait(30) and kwargs)
    questions = asking(rabbitmq_vhost.url, in_flight=1)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(questions.ask, US, "echo", "say", limit=PATIENT, number=1)
        while not service.asked:
            threading.Event().wait(0.01)
        refused_within(PATIENT / 4, questions, limit=0.2, number=2)
        gate.set()
        assert first.result() == {"number": 1}
    assert service.asked == [{"number": 1}], "the second never left"


def test_an_unreadable_answer_is_none(rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve) -> None:
    answers = iter([b"\xff{", b"[1]", b'{"error": {"exc_type": 5}}'])
    serve(rabbitmq_vhost.url, "echo", lambda _kwargs: next(answers))
    questions = asking(rabbitmq_vhost.url)
    refused_within(PATIENT / 2, questions)
    refused_within(PATIENT / 2, questions)
    with pytest.raises(RefusedElsewhere):
        questions.ask(US, "echo", "say", limit=PATIENT)


def test_a_question_too_large_never_leaves(rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve) -> None:
    service = serve(rabbitmq_vhost.url, "echo")
    with pytest.raises(wire.QuestionTooLarge):
        asking(rabbitmq_vhost.url).ask(US, "echo", "say", limit=PATIENT, text="路" * 100_000)
    assert service.asked == []


def test_after_its_end_nobody_waits(rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve) -> None:
    gate = threading.Event()
    service = serve(rabbitmq_vhost.url, "echo", lambda _kwargs: gate.wait(30))
    questions = asking(rabbitmq_vhost.url)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refused_within, PATIENT / 2, questions)
        while not service.asked:
            threading.Event().wait(0.01)
        questions.close()
        waiting.result()
    refused_within(1.0, questions)
    gate.set()


def test_asking_goes_on_after_the_broker_was_restarted(own_server: OwnServer, asking: Asking, serve: Serve) -> None:
    broker = own_server(RabbitMQ)
    serve(broker.address.url, "echo")
    questions = asking(broker.address.url)
    assert questions.ask(US, "echo", "say", limit=PATIENT, number=1) == {"number": 1}
    broker.stop()
    refused_within(PATIENT / 4, questions)
    broker.start()
    serve(broker.address.url, "echo")
    answered_at_last(questions)


def test_a_cut_line_ends_what_waits_and_heals(
    rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve, bad_line: Callable[[str], Proxy]
) -> None:
    gate = threading.Event()
    service = serve(rabbitmq_vhost.url, "echo", lambda kwargs: gate.wait(30) and kwargs)
    way = bad_line(f"{rabbitmq_vhost.host}:{rabbitmq_vhost.port}")
    questions = asking(rabbitmq_vhost.url.replace(f":{rabbitmq_vhost.port}", f":{way.port}"))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refused_within, PATIENT / 2, questions)
        while not service.asked:
            threading.Event().wait(0.01)
        way.cut()
        waiting.result()
    refused_within(PATIENT / 4, questions)
    gate.set()
    way.mend()
    answered_at_last(questions)


def test_a_silent_line_is_noticed_by_its_heartbeat(
    rabbitmq_vhost: RabbitAddress, asking: Asking, serve: Serve, bad_line: Callable[[str], Proxy]
) -> None:
    serve(rabbitmq_vhost.url, "echo")
    way = bad_line(f"{rabbitmq_vhost.host}:{rabbitmq_vhost.port}")
    questions = asking(rabbitmq_vhost.url.replace(f":{rabbitmq_vhost.port}", f":{way.port}"))
    answered_at_last(questions)
    way.hang()
    refused_within(PATIENT / 4, questions, limit=0.5)
    started = time.monotonic()
    numbers = count()
    while _costs(questions, f"say{next(numbers)}") > 0.1:
        assert time.monotonic() - started < 20, "three missed heartbeats and more"
    way.mend()
    answered_at_last(questions)


def _costs(questions: RabbitQuestions, question: str) -> float:
    """Seconds that a question without an answer takes; nearly none once the line is known to be down."""
    started = time.monotonic()
    with pytest.raises(NoAnswer):
        questions.ask(US, "echo", question, limit=0.3)
    return time.monotonic() - started


def test_each_asker_signs_for_itself(rabbitmq_vhost: RabbitAddress, serve: Serve) -> None:
    signed: list[Principal] = []

    def sign(principal: Principal) -> str:
        signed.append(principal)
        return "a-token"

    serve(rabbitmq_vhost.url, "echo")
    questions = RabbitQuestions(rabbitmq_vhost.url, sign)
    for name in ("intake", "notify"):
        questions.ask(system(name), "echo", "say", limit=PATIENT)
    questions.close()
    assert signed == [system("intake"), system("notify")]
