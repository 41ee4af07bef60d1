"""The thread that publishes: one for a worker process, one for all five services of the embedded default.

Relays of one process that ran side by side would only take the interpreter from each other: in turn, each finds a
larger batch when it comes round, and a batch of forty costs hardly more than one of four.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from chassis.clock import monotonic
from chassis.events.relay import BATCH, Relay
from chassis.telemetry.faults import places

log = structlog.get_logger()
IDLE_SECONDS = 0.5
SHORTEST_GATHER_SECONDS = 0.02
LONGEST_GATHER_SECONDS = 0.1
FIRST_BACK_OFF_SECONDS = 0.2
LONGEST_BACK_OFF_SECONDS = 10.0


@dataclass
class _Turn:
    """When a relay may publish again after failures."""

    relay: Relay
    failures: int = 0
    not_before: float = 0.0


@dataclass
class Courier:
    """Takes relays in turn, whenever something was committed and every half second."""

    relays: Sequence[Relay]
    beat: float = field(default_factory=monotonic)
    """When it was last seen between two batches."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _woken: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __post_init__(self) -> None:
        self._turns = [_Turn(relay) for relay in self.relays]

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
        while not self._stop.is_set():
            self._woken.clear()
            started = monotonic()
            done = [self._take(turn) for turn in self._turns if turn.not_before <= started]
            if not any(done):
                self._woken.wait(IDLE_SECONDS)
            elif max(done) < BATCH:
                self._gather(monotonic() - started)

    def _gather(self, took: float) -> None:
        """As long as the round took, so that under load at most half of the time goes into small batches."""
        self._stop.wait(min(max(took, SHORTEST_GATHER_SECONDS), LONGEST_GATHER_SECONDS))

    def _take(self, turn: _Turn) -> int:
        """One batch; a relay that fails is left alone for a while, and the others go on."""
        if self._stop.is_set():
            return 0
        self.beat = monotonic()
        try:
            done = turn.relay.relay_batch()
            turn.failures = 0
            return done
        except Exception as error:
            turn.failures += 1
            turn.not_before = monotonic() + min(FIRST_BACK_OFF_SECONDS * 2**turn.failures, LONGEST_BACK_OFF_SECONDS)
            log.warning(
                "relay_failed", service=turn.relay.runtime.name, error=type(error).__name__, at=places(error),
                failures=turn.failures,
            )  # fmt: skip
            return 0
