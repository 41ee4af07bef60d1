"""Batches of several partitions as one: a transaction for forty messages costs hardly more than one for four."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import eventlet
from eventlet.event import Event

from chassis.pace import Pace
from chassis.rabbit.batches import FIRST_BATCH, next_limit
from chassis.rabbit.leases import Key
from chassis.rabbit.redelivery import Delivered

AT_ONCE = 2
"""While the database works for the one, the other computes."""
LONGEST_REST_SECONDS = 0.1

Run = Callable[[Key, Sequence[Delivered], bool], Exception | None]
"""Does the messages, all or none of them where that is asked; answers the error that they ended in."""


@dataclass
class _Part:
    """What one partition brings."""

    key: Key
    delivered: Sequence[Delivered]
    ended: Event = field(default_factory=Event)


class _Apart(Exception):
    """The whole has failed, with nothing done: each part is to be done by itself."""


class Gathering:
    """While two batches are under way those of further partitions gather, and the next turn takes them together.

    After each it rests as long as they usually take (chassis/pace.py), unless so much waits already that the next one
    would be full: several busy partitions bring that, a single one never does.
    A message that fails concerns its own partition alone: what fails together is done again apart.
    """

    def __init__(self, run: Run, *, rest: Callable[[float], object] = eventlet.sleep) -> None:
        self._run, self._rest = run, rest
        self.limit = FIRST_BATCH
        """Of what is done together, and so of each part: by how long it took, not by how long it waited."""
        self._free = AT_ONCE
        self._pace = Pace(LONGEST_REST_SECONDS)
        self._waiting: list[_Part] = []

    def handle(self, key: Key, delivered: Sequence[Delivered]) -> Exception | None:
        """Returns when the partition's batch has ended, and in what."""
        if any(message.redelivered for message in delivered):
            return self._run(key, delivered, False)  # done one by one, and nobody else is to wait for that
        part = _Part(key, delivered)
        self._waiting.append(part)
        if self._free:
            self._free -= 1
            eventlet.spawn(self._take_turns)
        error: Exception | None = part.ended.wait()
        return self._run(key, delivered, False) if isinstance(error, _Apart) else error

    def _take_turns(self) -> None:
        """Until nothing waits. It begins after all that came in one piece from the broker has reached us."""
        try:
            while self._waiting:
                started = time.monotonic()
                self._do(self._gathered())
                rest = self._pace.rest(time.monotonic() - started)
                if not self._enough_waits():
                    self._rest(rest)
        finally:
            self._free += 1

    def _enough_waits(self) -> bool:
        """For a full batch."""
        return sum(len(part.delivered) for part in self._waiting) >= self.limit

    def _gathered(self) -> list[_Part]:
        """The first, and as many of the others as one transaction should have."""
        parts, size, left = [self._waiting[0]], len(self._waiting[0].delivered), list[_Part]()
        for part in self._waiting[1:]:
            fits = size + len(part.delivered) <= self.limit
            (parts if fits else left).append(part)
            size += len(part.delivered) if fits else 0
        self._waiting = left
        return parts

    def _do(self, parts: Sequence[_Part]) -> None:
        ending: Exception | None = ConnectionError("the process is ending")
        together, started = [message for part in parts for message in part.delivered], time.monotonic()
        try:
            ending = self._run(parts[0].key, together, len(parts) > 1)
            if ending and len(parts) > 1:
                ending = _Apart()
        finally:
            self._learn(len(together), time.monotonic() - started)
            for part in parts:
                part.ended.send(ending)

    def _learn(self, size: int, seconds: float) -> None:
        """Parts seldom fill the limit to the last message: more than half of it counts as full."""
        self.limit = next_limit(self.limit, self.limit if 2 * size > self.limit else size, seconds)
