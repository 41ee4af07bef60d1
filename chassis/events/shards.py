"""Who publishes which part of an outbox: the 64 shards are divided among the live relays of a service.

A shard is owned by a session advisory lock on a connection of its own, so a relay that dies or is cut off loses its
shards with its session. Two relays may still publish the same rows for a moment, when one has lost its session and not
noticed: each in order, so the consumers know the second copies as duplicates.
"""

from collections.abc import Sequence

import psycopg
import sqlalchemy as sa
import structlog

from chassis.clock import monotonic
from chassis.database.apart import Session, connect_apart
from chassis.events.envelope import SHARDS
from chassis.telemetry import metrics

log = structlog.get_logger()
LOOK_EVERY_SECONDS = 0.5
"""How soon the shards of a dead relay are found; a case waits no longer for its next event."""
# Advisory locks with two keys: which kind, and which shard or which relay.
_RELAY, _SHARD = 8012, 8013


class Shards:
    """Plugs into the relay: `Relay(runtime, bus, shards=Shards(url, service).mine)`, asked before each batch."""

    def __init__(self, url: sa.URL, service: str) -> None:
        self._url, self._service = url, service
        self._connection: Session | None = None
        self._owned: list[int] = []
        self._looked = float("-inf")

    def mine(self) -> Sequence[int]:
        """The shards that this relay publishes now. Called between batches: what it gives back is not under way.

        Raises psycopg.Error while the database is away; then nothing is owned.
        """
        if monotonic() - self._looked >= LOOK_EVERY_SECONDS:
            try:
                self._divide(self._session())
            except psycopg.Error:
                self.close()
                raise
            self._looked = monotonic()
        return self._owned

    def close(self) -> None:
        """Gives everything back at once."""
        connection, self._connection = self._connection, None
        self._owned, self._looked = [], float("-inf")
        metrics.SHARDS_OWNED.labels(self._service).set(0)
        if connection is not None:
            connection.close()

    def _session(self) -> Session:
        if self._connection is None:
            self._connection = connect_apart(self._url, f"huying-{self._service}-shards")
            self._connection.execute("select pg_advisory_lock_shared(%s, pg_backend_pid())", [_RELAY])
        return self._connection

    def _divide(self, connection: Session) -> None:
        relays = int(str(connection.execute(_RELAYS, {"relay": _RELAY}).fetchall()[0][0]))
        fair = -(-SHARDS // max(1, relays))
        before = len(self._owned)
        for shard in self._owned[fair:]:
            connection.execute("select pg_advisory_unlock(%s, %s)", [_SHARD, shard])
        self._owned = self._owned[:fair]
        missing = fair - len(self._owned)
        if missing > 0:
            self._take(connection, missing)
        if len(self._owned) != before:
            metrics.SHARDS_OWNED.labels(self._service).set(len(self._owned))
            log.info("shards", service=self._service, owned=len(self._owned), relays=relays)

    def _take(self, connection: Session, missing: int) -> None:
        """No more than we want, at once; those of a dead relay are free already. What another was faster to take is
        made up for at the next look.
        """
        free = {int(str(row[0])) for row in connection.execute(_FREE, {"shard": _SHARD})}
        wanted = sorted(free - set(self._owned))[:missing]
        if wanted:
            locked = connection.execute(_LOCK, {"kind": _SHARD, "shards": wanted}).fetchall()
            self._owned += [int(str(shard)) for shard, got in locked if got]


_OURS = (
    "from pg_locks where locktype = 'advisory' and objsubid = 2 and granted "
    "and database = (select oid from pg_database where datname = current_database())"
)
_RELAYS = f"select count(*) {_OURS} and classid = %(relay)s"
_LOCK = "select shard, pg_try_advisory_lock(%(kind)s, shard) from unnest(cast(%(shards)s as int[])) as shard"
_FREE = f"select generate_series(0, {SHARDS - 1}) except select objid::int {_OURS} and classid = %(shard)s"
