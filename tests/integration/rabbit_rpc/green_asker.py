"""Asks from green threads as the bus process does. Its argument is the broker's address; prints JSON."""

# ruff: noqa: E402
from chassis.rabbit.green import patch

patch()

import json
import sys
import time
from itertools import pairwise

import eventlet

from chassis.access import system
from chassis.questions import NoAnswer
from chassis.rabbit.questions import RabbitQuestions


def count(ticks: list[float]) -> None:
    while True:
        ticks.append(time.monotonic())
        eventlet.sleep(0.01)


def ask(number: int) -> int:
    answer: dict[str, int] = questions.ask(system("sla"), "echo", "say", limit=20.0, number=number)
    return answer["number"]


ticks: list[float] = []
counting = eventlet.spawn(count, ticks)
questions = RabbitQuestions(sys.argv[1], lambda _principal: "a-token")
pool = eventlet.GreenPool(20)
numbers = list(pool.imap(ask, range(100)))
try:
    questions.ask(system("sla"), "silent", "say", limit=0.5)
    silent = "answered"
except NoAnswer:
    silent = "no answer"
longest = max(after - before for before, after in pairwise(ticks))
questions.close()
print(json.dumps({"numbers": numbers, "silent": silent, "longest": longest}))
