"""What is done with a batch of messages as they came from the broker, before any of it is acknowledged."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from chassis.events import parking
from chassis.events.envelope import Envelope, decode
from chassis.events.receiver import Receiver
from chassis.rabbit.errors import DiedOfIt
from chassis.telemetry import metrics


@dataclass(frozen=True, slots=True)
class Delivered:
    """The body of one message; `redelivered` when the broker has given it to somebody before."""

    body: bytes
    redelivered: bool = False


def _nothing() -> None:
    """Nobody watches."""


@dataclass
class Taking:
    """Hands batches to the receiver. A redelivered message may be what ended the last process: it goes alone.

    Its attempt is recorded beforehand; one that is found on record, without an end, is parked and not run again.
    """

    receiver: Receiver
    _unended: set[str] = field(default_factory=set)
    _ended: str = ""
    """Whose record the next one takes away, in the transaction that writes its own."""
    _alone: threading.Lock = field(default_factory=threading.Lock)

    def take(self, batch: Sequence[Delivered], *, progress: Callable[[], None] = _nothing) -> None:
        """Returns when each is applied, known, parked or kept as undecodable. Raises while the database is away."""
        for again, messages in groupby(batch, key=lambda message: message.redelivered):
            envelopes = [e for message in messages if (e := self._read(message)) is not None]
            progress()
            if again:
                metrics.BUS_REDELIVERED.labels(self.receiver.runtime.name).inc(len(envelopes))
                self._one_by_one(envelopes, progress)
            else:
                self.receiver.receive(envelopes, progress)

    def take_whole(self, batch: Sequence[Delivered]) -> None:
        """For messages that come for the first time. Raises what any of them ends in, with nothing done."""
        self.receiver.receive_whole([decode(message.body) for message in batch])

    def _read(self, message: Delivered) -> Envelope | None:
        try:
            return decode(message.body)
        except msgspec.DecodeError as error:
            parking.bury_raw(self.receiver.runtime, message.body, error)
            return None

    def _one_by_one(self, envelopes: Sequence[Envelope], progress: Callable[[], None]) -> None:
        for envelope in self._not_applied(envelopes):
            with self._alone:  # in the whole process: else a death would cast suspicion on messages beside the bad one
                progress()
                self._attempt(envelope)
                self._ended = envelope.event_id
        with self._alone:
            if self._ended:
                self._run(_END, {"ended": self._ended})
                self._ended = ""

    def _attempt(self, envelope: Envelope) -> None:
        """What ends in an error has not ended the process, whether or not that can be written down now."""
        begun = self._run(_BEGIN, {"event_id": envelope.event_id, "ended": self._ended})
        if begun or envelope.event_id in self._unended:
            self._unended.add(envelope.event_id)
            self.receiver.receive([envelope])
            self._unended.discard(envelope.event_id)
        else:
            parking.park_after(self.receiver.runtime, envelope, DiedOfIt())

    def _not_applied(self, envelopes: Sequence[Envelope]) -> Iterable[Envelope]:
        """Without those that were applied before the connection broke: most, as a rule."""
        streams = sorted({e.stream for e in envelopes})
        values = {"publishers": [p for p, _ in streams], "subjects": [s for _, s in streams]}
        last = {(row.publisher, row.subject): row.last for row in self._run(_LAST, values)}
        return [e for e in envelopes if e.sequence > last.get(e.stream, 0)]

    def _run(self, statement: sa.TextClause, values: Mapping[str, object]) -> Sequence[Any]:
        engine = self.receiver.runtime.engine
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            result = connection.execute(statement, values)
            return result.all() if result.returns_rows else []


# Only the process must not outlive its record; the machine may: commits need not wait for the disk.
_LAZILY = "lazily as (select set_config('synchronous_commit', 'off', true))"
_BEGIN = sa.text(
    f"with {_LAZILY}, gone as (delete from delivery_attempt where event_id = :ended and (select true from lazily)) "
    "insert into delivery_attempt (event_id, begun_at) select :event_id, now() on conflict do nothing returning true"
)
_END = sa.text(f"with {_LAZILY} delete from delivery_attempt where event_id = :ended and (select true from lazily)")
_LAST = sa.text(
    "select i.publisher, i.subject, i.last from inbox i join "
    "unnest(cast(:publishers as text[]), cast(:subjects as text[])) as s(publisher, subject) using (publisher, subject)"
)
