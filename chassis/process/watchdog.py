"""Ends a process that hangs: its supervisor starts a new one, and nothing that it held is lost."""

import os
import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger()
EVERY_SECONDS = 5.0
HUNG = 70


def guard(alive: Callable[[], bool], stopping: threading.Event, *, what: str, every: float = EVERY_SECONDS) -> None:
    """Looks every few seconds, from a thread of its own, until the process is told to end."""

    def watch() -> None:
        while not stopping.wait(every):
            if not alive() and not stopping.is_set():
                log.error("hung", what=what, zh="进程无进展，将自行结束", en="no progress: the process ends itself")
                os._exit(HUNG)

    threading.Thread(target=watch, name="watchdog", daemon=True).start()
