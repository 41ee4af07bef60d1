"""Time and new ids are passed in, so that a whole province can run in a simulator; only here is the machine asked."""

import os
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, UTC."""


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SimulatedClock:
    """Time that moves only when it is told to, and never back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        self._now = max(self._now, instant.astimezone(UTC))


Ids = Callable[[], str]


def uuid7(milliseconds: int | None = None) -> str:
    """A UUIDv7 (RFC 9562): time-ordered, so that new rows land at the end of an index."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    tail = int.from_bytes(os.urandom(10))
    value = (stamp & (1 << 48) - 1) << 80 | tail
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


class CountingIds:
    """Fake: ids that follow each other, the same in every run."""

    def __init__(self) -> None:
        self._next = 0
        self._lock = threading.Lock()

    def __call__(self) -> str:
        with self._lock:
            self._next += 1
            return str(uuid.UUID(int=0x7 << 76 | 0x2 << 62 | self._next))


def monotonic() -> float:
    """Seconds for measuring how long something took; never simulated."""
    return time.monotonic()
