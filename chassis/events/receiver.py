"""What a consumer does with envelopes: a batch in one transaction; a batch that fails is done again one by one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import structlog

from chassis.application import Ignored, Reaction
from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.database.engine import is_transient
from chassis.domain import NotYet, StepNotAllowed
from chassis.events import inbox, parking, retrying
from chassis.events.envelope import Envelope
from chassis.events.inbox import Stream
from chassis.events.topology import Topology
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics, tracing
from chassis.work import By, Origin, Work

log = structlog.get_logger()


@dataclass
class _Inbox:
    """The last sequence that a stream has applied, and how many of it wait in the parking."""

    last: int
    parked: int


class _Decoded(NamedTuple):
    """An event as the service reads it, with the keys that its reaction loads."""

    reaction: Reaction | None
    value: object
    keys: tuple[By, ...]
    error: Exception | None = None


class _OnlyAlone(Exception):
    """A refused reaction is entangled with earlier ones of its batch: they are done again one by one."""


class Receiver:
    """Applies events of other services to one service, each exactly once and in the order of its stream."""

    def __init__(
        self,
        runtime: ServiceRuntime,
        topology: Topology,
        *,
        durable: bool = True,
        watchdog: retrying.Watchdog | None = None,
    ) -> None:
        """Not `durable`: the publisher's mark is in the same server's log, so it is never kept without our effect.

        The `watchdog` looks on while parked messages are tried.
        """
        self.runtime, self.topology, self.durable, self._watchdog = runtime, topology, durable, watchdog
        self._decoders = {
            r.event_type: msgspec.json.Decoder(r.shape) for r in runtime.service.reactions.by_type.values()
        }

    def receive(self, envelopes: Sequence[Envelope], progress: Callable[[], object] = lambda: None) -> None:
        """Returns when each envelope is applied, known as a duplicate, or parked. Raises when the database is away.

        `progress` is called before each that is done alone.
        """
        if not envelopes:
            return
        try:
            self._apply(envelopes)
        except Exception as error:
            if is_transient(error):
                raise
            if len(envelopes) > 1:
                log.info("batch_split", service=self.runtime.name, size=len(envelopes), error=type(error).__name__)
            for envelope in envelopes:
                progress()
                self._apply_alone(envelope)
        crash_point("receiver.after_commit")

    def receive_whole(self, envelopes: Sequence[Envelope]) -> None:
        """As `receive`, but raises whatever one of them fails with, and none is applied."""
        self._apply(envelopes)
        crash_point("receiver.after_commit")

    def _apply_alone(self, envelope: Envelope) -> None:
        try:
            self._apply([envelope])
        except Exception as error:
            if is_transient(error):
                raise
            with self._of(envelope, "park"):
                parking.park_after(self.runtime, envelope, error)

    def _apply(self, envelopes: Sequence[Envelope]) -> None:
        decoded = {e.event_id: self._decoded(e) for e in envelopes}
        move = inbox.moving(envelopes, durable=self.durable)
        try:
            if move is None:
                raise inbox.NotInLine
            self._apply_in_line(envelopes, decoded, move)
        except inbox.NotInLine:
            self._in_work(lambda work: self._in_any_line(work, envelopes, decoded))

    def _apply_in_line(
        self, envelopes: Sequence[Envelope], decoded: Mapping[str, "_Decoded"], move: direct.Statement
    ) -> None:
        """Nearly always all are the next of their streams: one statement says so and moves the inbox."""
        if all(event.reaction is None and event.error is None for event in decoded.values()):
            inbox.advance(self.runtime.engine, move)
        else:
            self._in_work(lambda work: self._in_line(work, envelopes, decoded, move))

    def _in_line(
        self, work: Work, envelopes: Sequence[Envelope], decoded: Mapping[str, "_Decoded"], move: direct.Statement
    ) -> None:
        inbox.enter(work, move, _keys_of(decoded))
        self._react_to(work, envelopes, decoded, Counter())

    def _in_work(self, do: Callable[[Work], None]) -> None:
        self.runtime.in_work(do, durable=self.durable)

    def _in_any_line(self, work: Work, envelopes: Sequence[Envelope], decoded: Mapping[str, "_Decoded"]) -> None:
        boxes = read_inbox(work, envelopes, _keys_of(decoded))
        before = {stream: (box.last, box.parked) for stream, box in boxes.items()}
        endings: Counter[tuple[str, str]] = Counter()
        self._react_to(work, list(self._due(work, envelopes, boxes, endings)), decoded, endings)
        write_inbox(work, {s: box for s, box in boxes.items() if before[s] != (box.last, box.parked)})

    def _react_to(
        self,
        work: Work,
        envelopes: Iterable[Envelope],
        decoded: Mapping[str, "_Decoded"],
        endings: Counter[tuple[str, str]],
    ) -> None:
        for envelope in envelopes:
            event = decoded[envelope.event_id]
            if event.error is not None:
                raise event.error
            if event.reaction:
                endings[envelope.type, self.react(work, envelope, event.reaction, event.value)] += 1
        work.after_commit(lambda: self._count(endings))
        crash_point("receiver.before_commit")

    def _count(self, endings: Mapping[tuple[str, str], int]) -> None:
        for (type, ending), times in endings.items():
            metrics.REACTIONS.labels(self.runtime.name, type, ending).inc(times)

    def _due(
        self, work: Work, envelopes: Iterable[Envelope], boxes: dict[Stream, _Inbox], endings: Counter[tuple[str, str]]
    ) -> Iterable[Envelope]:
        """Those that are next in their stream; duplicates fall away, what comes too early is parked behind the gap."""
        for envelope in envelopes:
            box = boxes[envelope.stream]
            if envelope.sequence <= box.last:
                endings[envelope.type, "duplicate"] += 1
            elif envelope.sequence == box.last + 1 and not box.parked:
                box.last = envelope.sequence
                yield envelope
            elif parking.park(work, envelope, why="behind an earlier one", state="waiting"):
                box.parked += 1

    def _decoded(self, envelope: Envelope) -> "_Decoded":
        """Read before the transaction, which then loads all at once; what cannot be read fails when its turn comes."""
        try:
            reaction, event = self._decode(envelope)
            return _Decoded(reaction, event, tuple(reaction.loads(event)) if reaction else ())
        except Exception as error:
            return _Decoded(None, None, (), error)

    def _decode(self, envelope: Envelope) -> tuple[Reaction | None, object]:
        if not self.topology.knows(envelope.type):
            raise NotYet(f"unknown type {envelope.type}")
        reaction = self.runtime.service.reactions.by_type.get(envelope.type)
        return (reaction, self._decoders[envelope.type].decode(envelope.payload)) if reaction else (None, None)

    def react(self, work: Work, envelope: Envelope, reaction: Reaction, event: object) -> str:
        """Runs one reaction; late news that the state table refuses is ignored with its reason, and does nothing."""
        ending = "applied"
        with self._of(envelope, "react"):
            work.begin_step(Origin(envelope.event_id, tracing.traceparent()))
            try:
                self.runtime.service.call(reaction.react, event, work)
            except (Ignored, StepNotAllowed) as why:
                if not work.undo_step():
                    raise _OnlyAlone() from why
                ending = "ignored"
                log.info("ignored", service=self.runtime.name, type=envelope.type, why=str(why))
        return ending

    def _of(self, envelope: Envelope, what: str) -> AbstractContextManager[None]:
        """What is done and logged within belongs to the event's trace and case."""
        return tracing.span(
            f"{what} {envelope.type}", parent=envelope.trace, subject=envelope.subject, service=self.runtime.name
        )

    def retry_parked(self) -> int:
        """The job of the parking: tries what is due again, in order; returns how many left it."""
        return retrying.retry_due(self.runtime, self._apply_parked, self._watchdog)

    def _apply_parked(self, work: Work, envelope: Envelope) -> None:
        reaction, event = self._decode(envelope)
        if reaction:
            work.preload(reaction.loads(event))
            ending = self.react(work, envelope, reaction, event)
            work.after_commit(lambda: self._count({(envelope.type, ending): 1}))


def _keys_of(decoded: Mapping[str, _Decoded]) -> list[By]:
    return [key for event in decoded.values() for key in event.keys]


def read_inbox(work: Work, envelopes: Iterable[Envelope], keys: Sequence[By]) -> dict[Stream, _Inbox]:
    """The inbox rows of the streams, locked in order, missing ones created; with what the reactions will load."""
    streams = {e.stream for e in envelopes}
    given, begun = _given(streams), _given({e.stream for e in envelopes if e.sequence == 1})
    found = work.preload(keys, before=[(_CREATE, begun), (_READ, given)])[1]
    if len(found) < len(streams):
        # A stream of which we hear a later event first, or whose first one another process is just applying: we wait
        # for that one by the key of its row, and what we have loaded before it was committed is not worth anything.
        work.forget_loaded()
        found = work.preload(keys, before=[(_CREATE, given), (_READ, given)])[1]
    return {(publisher, subject): _Inbox(last, parked) for publisher, subject, last, parked in found}


def _given(streams: Iterable[Stream]) -> dict[str, str]:
    return direct.rows_of([{"publisher": p, "subject": s} for p, s in sorted(streams)])


def write_inbox(work: Work, boxes: dict[Stream, _Inbox]) -> None:
    if boxes:
        rows = [{"publisher": p, "subject": s, "last": b.last, "parked": b.parked} for (p, s), b in boxes.items()]
        work.write_last(_WRITE, direct.rows_of(rows))


_ROWS = "jsonb_to_recordset(cast(%(rows)s as jsonb)) as r(publisher text, subject text"
# Row by row through the key: of a JSON value the planner expects a hundred rows, and reads the whole inbox.
_READ = (
    f"select i.publisher, i.subject, i.last, i.parked from (select * from {_ROWS}) order by 1, 2) r cross join lateral "
    "(select * from inbox where publisher = r.publisher and subject = r.subject for update) i"
)
_CREATE = (
    f"insert into inbox (publisher, subject, last) select r.publisher, r.subject, 0 from {_ROWS}) "
    "order by 1, 2 on conflict do nothing"
)
# They are there, and locked by us: an insert finds each by its key.
_WRITE = (
    f"insert into inbox (publisher, subject, last, parked) select * from {_ROWS}, last bigint, parked int) "
    "on conflict (publisher, subject) do update set last = excluded.last, parked = excluded.parked"
)
