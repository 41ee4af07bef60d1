"""Batches of several partitions as one: a transaction for forty messages costs hardly more than one for four."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eventlet.event import Event
from eventlet.semaphore import Semaphore

from chassis.rabbit.batches import FIRST_BATCH, next_limit
from chassis.rabbit.leases import Key
from chassis.rabbit.redelivery import Delivered

AT_ONCE = 2
"""While the database works for the one, the other computes."""

Run = Callable[[Key, Sequence[Delivered], bool], Exception | None]
"""Does the messages, all or none of them where that is asked; answers the error that they ended in."""


@dataclass
class _Part:
    """What one partition brings."""

    key: Key
    delivered: Sequence[Delivered]
    taken: bool = False
    ended: Event = field(default_factory=Event)


class _Apart(Exception):
    """The whole has failed, with nothing done: each part is to be done by itself."""


class Gathering:
    """While two batches are under way those of further partitions gather, and the next turn takes them together.

    A message that fails concerns its own partition alone: what fails together is done again apart.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.limit = FIRST_BATCH
        """Of what is done together, and so of each part: by how long it took, not by how long it waited."""
        self._turns = Semaphore(AT_ONCE)
        self._waiting: list[_Part] = []

    def handle(self, key: Key, delivered: Sequence[Delivered]) -> Exception | None:
        """Returns when the partition's batch has ended, and in what."""
        if any(message.redelivered for message in delivered):
            return self._run(key, delivered, False)  # done one by one, and nobody else is to wait for that
        part = _Part(key, delivered)
        self._waiting.append(part)
        with self._turns:
            if not part.taken:
                self._do(self._gathered(part))
        error: Exception | None = part.ended.wait()
        return self._run(key, delivered, False) if isinstance(error, _Apart) else error

    def _gathered(self, first: _Part) -> list[_Part]:
        """Ours, and as many of those that wait as one transaction should have."""
        parts, size = [first], len(first.delivered)
        for part in self._waiting:
            if part is not first and size + len(part.delivered) <= self.limit:
                parts.append(part)
                size += len(part.delivered)
        for part in parts:
            part.taken = True
        self._waiting = [part for part in self._waiting if not part.taken]
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
