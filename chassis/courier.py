"""The thread that publishes: one for a worker process, one for all five services of the embedded default.

Under load it rests between batches: one of forty events costs hardly more than one of four.
"""

import threading
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from chassis.clock import monotonic
from chassis.events.relay import BATCH
from chassis.pace import Pace
from chassis.telemetry.faults import places

log = structlog.get_logger()
SHORTEST_GATHER_SECONDS = 0.005
LONGEST_GATHER_SECONDS = 0.1
FIRST_BACK_OFF_SECONDS = 0.1
LONGEST_BACK_OFF_SECONDS = 2.0
"""A database that is back after hours shows its first effects within five seconds."""


class Publishing(Protocol):
    """One relay, or all of a process as one."""

    @property
    def name(self) -> str: ...

    @property
    def rest(self) -> float: ...

    def relay_batch(self) -> int: ...


@dataclass
class Courier:
    """Publishes whenever something was committed, and when the relay has rested."""

    relay: Publishing
    pace: Pace = field(default_factory=lambda: Pace(LONGEST_GATHER_SECONDS, shortest=SHORTEST_GATHER_SECONDS))
    beat: float = field(default_factory=monotonic)
    """When it was last seen between two batches."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _woken: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def wake(self) -> None:
        self._woken.set()

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._publish_forever, name="courier", daemon=True)
            self._thread.start()

    def ask_to_stop(self) -> None:
        """What remains of a backlog is published after the next start."""
        self._stop.set()
        self._woken.set()

    def join(self, seconds: float) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _publish_forever(self) -> None:
        failures = 0
        while not self._stop.is_set():
            self._woken.clear()
            self.beat = started = monotonic()
            try:
                done = self.relay.relay_batch()
                failures = 0
            except Exception as error:
                failures += 1
                log.warning(
                    "relay_failed", service=self.relay.name, error=type(error).__name__, at=places(error),
                    failures=failures,
                )  # fmt: skip
                self._stop.wait(min(FIRST_BACK_OFF_SECONDS * 2 ** min(failures, 10), LONGEST_BACK_OFF_SECONDS))
                continue
            if done < BATCH:
                if done:
                    self._stop.wait(self.pace.rest(monotonic() - started))
                # Whatever was committed since the batch was claimed has woken us: nobody looks for nothing.
                self._woken.wait(self.relay.rest)
