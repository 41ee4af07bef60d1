"""Batches of several partitions as one: a transaction for forty messages costs hardly more than one for four."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eventlet.event import Event
from eventlet.semaphore import Semaphore

from chassis.rabbit.batches import BATCH
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
            if part is not first and size + len(part.delivered) <= BATCH:
                parts.append(part)
                size += len(part.delivered)
        for part in parts:
            part.taken = True
        self._waiting = [part for part in self._waiting if not part.taken]
        return parts

    def _do(self, parts: Sequence[_Part]) -> None:
        ending: Exception | None = ConnectionError("the process is ending")
        try:
            if len(parts) == 1:
                ending = self._run(parts[0].key, parts[0].delivered, False)
            else:
                failed = self._run(parts[0].key, [m for part in parts for m in part.delivered], True)
                ending = _Apart() if failed else None
        finally:
            for part in parts:
                part.ended.send(ending)
