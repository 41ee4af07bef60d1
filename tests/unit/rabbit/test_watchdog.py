"""The watchdog ends a process whose batch makes no progress, and no other."""

import threading
from types import SimpleNamespace

import pytest

from chassis.rabbit import watchdog as module
from chassis.rabbit.watchdog import HUNG, Watchdog


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.005)
    return []


def _watching(ended: list[int], clock: list[float]) -> tuple[Watchdog, threading.Event]:
    gone = threading.Event()

    def end(code: int) -> None:
        ended.append(code)
        gone.set()

    watchdog = Watchdog(threading, SimpleNamespace(monotonic=lambda: clock[0]), service="depot", end=end)
    watchdog.start()
    return watchdog, gone


def test_a_batch_that_hangs_ends_the_process(ended: list[int]) -> None:
    clock = [0.0]
    watchdog, gone = _watching(ended, clock)
    watchdog.begin("partition")
    clock[0] = 5.1
    assert gone.wait(10)
    assert ended == [HUNG]


def test_progress_and_an_end_are_no_hang(ended: list[int]) -> None:
    clock = [0.0]
    watchdog, gone = _watching(ended, clock)
    watchdog.begin("slow")
    watchdog.begin("done")
    watchdog.end("done")
    for second in range(1, 12):
        watchdog.progress("slow")
        watchdog.progress("unknown")
        clock[0] = float(second)
        gone.wait(0.01)
    watchdog.end("slow")
    clock[0] = 100.0
    assert not gone.wait(0.05)
    watchdog.stop()
    assert ended == []
