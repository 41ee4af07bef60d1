"""How long a call waits for its message: each that waits holds a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc
import structlog

from chassis.clock import monotonic

log = structlog.get_logger()
LOOK_SECONDS = 0.25


@dataclass
class Patience:
    """One thread for all calls of a server ends those that have waited too long; their callers are told CANCELLED."""

    _until: dict[int, tuple[float, grpc.ServicerContext]] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def within(self, seconds: float, context: grpc.ServicerContext) -> Iterator[None]:
        """What is done within is the caller's turn, and ends his call when it takes longer."""
        self._until[id(context)] = monotonic() + seconds, context
        try:
            yield
        finally:
            del self._until[id(context)]

    def start(self) -> None:
        threading.Thread(target=self._watch, name="grpc-patience", daemon=True).start()

    def stop(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            now = monotonic()
            for until, context in list(self._until.values()):
                if until < now:
                    log.warning("message_never_came")
                    context.cancel()
