"""From the outbox to the bus: its rows are read in order, published in batches, and marked."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol, cast

import structlog

from chassis.clock import monotonic
from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.database.store import few
from chassis.events.bulk import PIECE_SECONDS, Trickle
from chassis.events.envelope import SHARDS, Envelope, decode
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics, tracing

log = structlog.get_logger()
BATCH = 500
IDLE_SECONDS = 0.5
FIRST_HOLD_SECONDS = 0.5
LONGEST_HOLD_SECONDS = 60.0


class Bus(Protocol):
    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        """Hands over a batch in order; returns the ids of the events that all consumers have got or that are kept."""


@dataclass
class Relay:
    """Publishes one service's outbox."""

    runtime: ServiceRuntime
    bus: Bus
    shards: Callable[[], Sequence[int]] | None = None
    """The shards of the outbox that are this relay's, where several share the work; else all are."""
    bulk: Trickle | None = field(default_factory=Trickle)
    """None: the bulk lane goes with the others, where nobody waits for a single case."""
    _held: dict[str, "_Held"] = field(default_factory=dict)

    stirred: bool = True
    """Whether something may have been committed since the last claim."""

    @property
    def name(self) -> str:
        return self.runtime.name

    def relay_batch(self) -> int:
        """Publishes the oldest unpublished rows; returns how many. One that is not confirmed holds back its subject."""
        rows = self.claim()
        if not rows:
            return 0
        crash_point("relay.after_claim")
        confirmed = self.bus.publish(self.name, [envelope for _, envelope in rows])
        crash_point("relay.after_publish")
        return self.mark(rows, confirmed)

    @property
    def rest(self) -> float:
        """Seconds after which it looks by itself, when nothing has stirred it."""
        if self.stirred:
            return 0.0
        return PIECE_SECONDS if self.bulk and self.bulk.waiting else IDLE_SECONDS

    def claim(self) -> Sequence[tuple[int, Envelope]]:
        """The oldest unpublished rows, in order; then a piece of the bulk lane."""
        now = monotonic()
        held = [subject for subject, hold in self._held.items() if hold.until > now]
        asked: dict[str, object] = {"held": held, "limit": BATCH}
        if self.shards:
            asked["shards"] = list(self.shards())
        self.stirred = False
        rows = self._claim(LIVE if self.bulk else _BOTH, asked)
        if len(rows) >= BATCH:  # else it stays as it is: a commit may have stirred it meanwhile
            self.stirred = True
        elif self.bulk:
            rows = [*rows, *self._piece(self.bulk, asked, {id for id, _ in rows})]
        return [(id, decode(envelope)) for id, envelope in rows]

    def _piece(self, bulk: Trickle, asked: Mapping[str, object], claimed: AbstractSet[int]) -> direct.Rows:
        share = len(cast(Sequence[int], asked["shards"])) / SHARDS if "shards" in asked else 1.0
        limit = bulk.piece(share)
        if not limit:
            return []
        rows = self._claim(_BULK, {**asked, "limit": limit})
        bulk.waiting = len(rows) == limit
        return [row for row in rows if row[0] not in claimed]

    def _claim(self, statement: str, asked: Mapping[str, object]) -> direct.Rows:
        return self._run(statement.replace(_OURS, _OUR_SHARDS if "shards" in asked else ""), asked)

    def mark(self, rows: Sequence[tuple[int, Envelope]], confirmed: AbstractSet[str]) -> int:
        """Notes what is published; returns how much."""
        now = monotonic()
        ids = [id for id, envelope in rows if self._counts(envelope, confirmed, now)]
        self._run(_MARK, {"ids": ids, "now": self.runtime.clock.now()})
        metrics.PUBLISHED.labels(self.name).inc(len(ids))
        return len(ids)

    def _counts(self, envelope: Envelope, confirmed: AbstractSet[str], now: float) -> bool:
        """Whether it may be marked: confirmed, and nothing of its subject waits before it."""
        hold = self._held.get(envelope.subject)
        if hold is not None and hold.until > now:
            return False
        if envelope.event_id in confirmed:
            self._held.pop(envelope.subject, None)
            return True
        times = hold.times + 1 if hold else 1
        pause = min(FIRST_HOLD_SECONDS * 2 ** min(times, 10), LONGEST_HOLD_SECONDS)
        self._held[envelope.subject] = _Held(times, now + pause)
        log.warning(
            "not_confirmed", service=self.runtime.name, type=envelope.type, times=times,
            **tracing.named(envelope.trace, envelope.subject),
        )  # fmt: skip
        return False

    def unpublished(self) -> int:
        return int(self._run(_COUNT, {})[0][0])

    def _run(self, statement: str, values: direct.Values) -> direct.Rows:
        """Single statements, each its own transaction."""
        with self.runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return direct.fetch(connection, statement, values)


@dataclass(frozen=True, slots=True)
class _Held:
    """A subject whose oldest row was not confirmed, and until when it is left alone."""

    times: int
    until: float


_OURS, _OUR_SHARDS = "/* ours */", "and shard = any(%(shards)s)"
_BOTH = f"""
select id, envelope::text from outbox where published_at is null and not (subject = any(%(held)s)) {_OURS}
order by id limit %(limit)s
"""
# What waits in the bulk lane for the same case goes before a live row of it: each case keeps its order. Without the
# `offset 0` a plan of a time when the lane was empty reads the whole lane for each live case. (One of a time when the
# outbox held a few rows reads it all in either form, until the server has counted them again.)
LIVE = f"""
with live as materialized (
    select id, subject, envelope from outbox
    where published_at is null and not bulk and not (subject = any(%(held)s)) {_OURS} order by id limit %(limit)s
)
select id, envelope::text from live
union all
select o.id, o.envelope::text from (select subject, max(id) as id from live group by subject) last,
    lateral (select * from outbox where subject = last.subject and id < last.id offset 0) o
    where o.published_at is null and o.bulk and exists (select from outbox where published_at is null and bulk)
order by id
"""
_BULK = f"""
select id, envelope::text from outbox o
where published_at is null and bulk and not (subject = any(%(held)s)) {_OURS} and not exists (
    select from outbox l where l.subject = o.subject and l.id < o.id and l.published_at is null and not l.bulk
) order by id limit %(limit)s
"""
# The mark need not wait for the disk: without it the event is published again, and known as a duplicate.
_MARK = (
    "update outbox o set published_at = %(now)s from (select set_config('synchronous_commit', 'off', true)) as lazily, "
    f"unnest(cast(%(ids)s as bigint[])) as k(id) where o.id = k.id and {few('k.id')}"
)
_COUNT = "select count(*) from outbox where published_at is null"
