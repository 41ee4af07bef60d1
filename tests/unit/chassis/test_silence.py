"""Askers learn from silence, and try again."""

import time

from chassis.rabbit.silence import Silences

ASKED = ("knowledge", "suggest")


def silent(times: int, *, pause: float) -> Silences:
    silences = Silences(misses=3, pause=pause)
    for _ in range(times):
        assert not silences.expected(*ASKED)
        silences.missed(*ASKED)
    return silences


def test_a_few_misses_are_borne() -> None:
    assert not silent(2, pause=60).expected(*ASKED)


def test_after_several_nobody_asks_for_a_while_but_other_questions_go_on() -> None:
    silences = silent(3, pause=60)
    assert silences.expected(*ASKED)
    assert not silences.expected("knowledge", "search")


def test_after_the_pause_one_tries_for_all() -> None:
    silences = silent(3, pause=0.05)
    until = time.monotonic() + 5
    while silences.expected(*ASKED):
        assert time.monotonic() < until
    assert silences.expected(*ASKED), "the others wait for what the first one hears"


def test_the_first_answer_ends_it() -> None:
    silences = silent(3, pause=60)
    silences.heard(*ASKED)
    assert not silences.expected(*ASKED)
