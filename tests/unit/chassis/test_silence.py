"""Askers learn from silence, and try again."""

from chassis.rabbit.silence import Silences

ASKED = ("knowledge", "suggest")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def silent(times: int, clock: Clock | None = None) -> Silences:
    silences = Silences(misses=3, pause=60, clock=clock or Clock())
    for _ in range(times):
        assert not silences.expected(*ASKED)
        silences.missed(*ASKED)
    return silences


def test_a_few_misses_are_borne() -> None:
    assert not silent(2).expected(*ASKED)


def test_after_several_nobody_asks_for_a_while_but_other_questions_go_on() -> None:
    silences = silent(3)
    assert silences.expected(*ASKED)
    assert not silences.expected("knowledge", "search")


def test_after_the_pause_one_tries_for_all() -> None:
    clock = Clock()
    silences = silent(3, clock)
    clock.now += 59.9
    assert silences.expected(*ASKED)
    clock.now += 0.1
    assert not silences.expected(*ASKED)
    assert silences.expected(*ASKED), "the others wait for what the first one hears"


def test_the_first_answer_ends_it() -> None:
    silences = silent(3)
    silences.heard(*ASKED)
    assert not silences.expected(*ASKED)
