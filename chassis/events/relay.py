"""From the outbox to the bus: its rows are read in order, published in batches, and marked."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from chassis.clock import monotonic
from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.events.envelope import Envelope, decode
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics

log = structlog.get_logger()
BATCH = 500
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

    def claim(self) -> Sequence[tuple[int, Envelope]]:
        """The oldest unpublished rows, in order."""
        now = monotonic()
        held = [subject for subject, hold in self._held.items() if hold.until > now]
        owned = {"shards": list(self.shards())} if self.shards else {}
        self.stirred = False
        rows = self._run(_CLAIM_SHARDS if owned else _CLAIM, {"limit": BATCH, "held": held} | owned)
        if len(rows) == BATCH:  # else it stays as it is: a commit may have stirred it meanwhile
            self.stirred = True
        return [(id, decode(envelope)) for id, envelope in rows]

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
            "not_confirmed", service=self.runtime.name, type=envelope.type, subject=envelope.subject, times=times
        )
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


_CLAIM = (
    "select id, envelope::text from outbox where published_at is null and not (subject = any(%(held)s)) "
    "order by id limit %(limit)s"
)
_CLAIM_SHARDS = _CLAIM.replace("order by", "and shard = any(%(shards)s) order by")
# The mark need not wait for the disk: without it the event is published again, and known as a duplicate.
_MARK = (
    "update outbox set published_at = %(now)s from (select set_config('synchronous_commit', 'off', true)) as lazily "
    "where id = any(%(ids)s)"
)
_COUNT = "select count(*) from outbox where published_at is null"
