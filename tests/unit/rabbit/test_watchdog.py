"""The watchdog ends a process whose batch makes no progress, and no other."""

import signal
import subprocess
import sys
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


_KEEPS_THE_INTERPRETER = """
import re, threading, time
from chassis.rabbit import watchdog
watchdog.LIMIT_SECONDS = 1.5
watched = watchdog.Watchdog(threading, time, service="depot")
watched.start()
watched.begin("partition")
re.match("(a+)+$", "a" * 60 + "b")  # no other thread runs meanwhile
"""


def test_a_batch_that_lets_no_other_thread_run_ends_the_process_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _KEEPS_THE_INTERPRETER], check=False, timeout=150, capture_output=True, text=True
    )
    assert ended.returncode == -signal.SIGPROF
    assert "most recent call first" in ended.stderr
