"""From the outbox to the bus: one owner per shard reads its rows in order, publishes a batch, marks it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa
import structlog

from chassis.crashpoints import crash_point
from chassis.events.envelope import SHARDS, Envelope, decode
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics

log = structlog.get_logger()
BATCH = 500


class Bus(Protocol):
    def publish(self, publisher: str, envelopes: Sequence[Envelope]) -> frozenset[str]:
        """Hands over a batch in order; returns the ids of the events that every consumer has got or that are safely kept."""


@dataclass
class Relay:
    """Publishes one service's outbox. `shards` are those it owns."""

    runtime: ServiceRuntime
    bus: Bus
    shards: tuple[int, ...] = field(default=tuple(range(SHARDS)))

    def relay_batch(self) -> int:
        """Publishes the oldest unpublished rows; returns how many. A row that is not confirmed holds back its subject."""
        with self.runtime.engine.connect() as connection:
            rows = connection.execute(_CLAIM, {"limit": BATCH}).all()
            connection.rollback()
        if not rows:
            return 0
        crash_point("relay.after_claim")
        envelopes = [decode(row.envelope) for row in rows]
        confirmed = self.bus.publish(self.runtime.name, envelopes)
        crash_point("relay.after_publish")
        ids = [row.id for row, envelope in zip(rows, envelopes, strict=True) if envelope.event_id in confirmed]
        with self.runtime.engine.begin() as connection:
            connection.execute(_MARK, {"ids": ids, "now": self.runtime.clock.now()})
        metrics.PUBLISHED.labels(self.runtime.name).inc(len(ids))
        return len(ids)

    def unpublished(self) -> int:
        with self.runtime.engine.connect() as connection:
            return int(connection.execute(_COUNT).scalar_one())


_CLAIM = sa.text("select id, envelope::text as envelope from outbox where published_at is null order by id limit :limit")
_MARK = sa.text("update outbox set published_at = :now where id = any(:ids)")
_COUNT = sa.text("select count(*) from outbox where published_at is null")
