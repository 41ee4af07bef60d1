"""Ends a process whose batch hangs. It looks from a thread of the system's own: a blocked hub cannot stop it.

Code in C that reckons and keeps the interpreter's lock stops that thread too: then an alarm of the system's ends the
process, after it has written where each thread stands. It counts the time of the processor, of which a process that
is merely starved uses none.
"""

import faulthandler
import os
import signal
from collections.abc import Callable, Hashable
from typing import Any

import structlog

log = structlog.get_logger()
LIMIT_SECONDS = 5.0
EVERY_SECONDS = 0.5
HUNG = 70


class Watchdog:
    """`begin` and `end` surround what must not take longer than the limit; `progress` starts its time anew."""

    def __init__(self, threading: Any, time: Any, *, service: str, end: Callable[[int], Any] = os._exit) -> None:
        """The unpatched modules of these names."""
        self._threading, self._time, self._service, self._end = threading, time, service, end
        self._since: dict[Hashable, float] = {}
        self._stopped = threading.Event()

    def start(self) -> None:
        faulthandler.register(signal.SIGPROF, chain=True)
        self._threading.Thread(target=self._watch, name="batch-watchdog", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def begin(self, what: Hashable) -> None:
        self._since[what] = self._time.monotonic()

    def progress(self, what: Hashable) -> None:
        if what in self._since:
            self.begin(what)

    def end(self, what: Hashable) -> None:
        self._since.pop(what, None)

    def _watch(self) -> None:
        try:
            self._look()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _waits(self) -> bool:
        """Whether to look again, which puts the alarm off."""
        signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
        return not self._stopped.wait(EVERY_SECONDS)

    def _look(self) -> None:
        while self._waits():
            oldest = min(self._since.copy().values(), default=None)
            if oldest is not None and self._time.monotonic() - oldest > LIMIT_SECONDS:
                log.error(
                    "batch_hangs", service=self._service, seconds=LIMIT_SECONDS,
                    zh="批处理无进展，进程将自行结束", en="a batch hangs: the process ends itself",
                )  # fmt: skip
                self._end(HUNG)
                return
