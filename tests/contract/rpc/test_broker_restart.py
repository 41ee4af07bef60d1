"""A bus process outlives its broker: it answers again as soon as there is one."""

import json
import threading
import time

from chassis.access import system
from chassis.questions import NoAnswer
from chassis.rabbit.questions import RabbitQuestions
from cli.servers.rabbitmq import RabbitMQ
from tests.architecture.guards.access import CITY
from tests.contract.rpc.conftest import Serving, running
from tests.servers import OwnServer


def answered_at_last(questions: RabbitQuestions) -> float:
    """Asks as an asker would, again and again; how long until the first answer."""
    started = time.monotonic()
    while time.monotonic() - started < 40:
        try:
            questions.ask(system("intake"), "sla", "preview_deadline", limit=1.0, city=CITY, kind="dispatch")
            return time.monotonic() - started
        except NoAnswer:
            threading.Event().wait(0.05)
    raise AssertionError("nobody answered for 40 s")


def test_answers_come_again_after_the_broker_was_restarted(serving: Serving, own_server: OwnServer) -> None:
    broker = own_server(RabbitMQ)
    sla = {"sla": serving.given["databases"]["sla"]}
    with running("host.py", json.dumps(serving.given | {"amqp": broker.address.url, "databases": sla})):
        questions = RabbitQuestions(broker.address.url, serving.passes.sign)
        answered_at_last(questions)
        broker.restart()
        assert answered_at_last(questions) < 15
        questions.close()
