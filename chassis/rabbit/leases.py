"""Who consumes which partition: leases in the consumer's own database, shared evenly among the replicas that live.

A lease is no lock: the broker's single active consumer is the fence, the inbox knows what was applied. It only keeps
the first replica from getting everything. A replica lives as long as its database session holds its advisory lock,
which a killed process loses at once; when the machine is gone, as long as its row was renewed.
"""

import os
import random
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, gcd
from typing import Any

import sqlalchemy as sa

from chassis.database import direct

ROUND_SECONDS = 1.0
LEASE_SECONDS = 10
RETURNED_SECONDS = 4
"""After the server's start an old lease is as good as a fresh one; else the first one back would take all."""
_TURNS, _LIFE = 8014, 8015
"""Classes of advisory locks: one round at a time; one lock for each replica that lives."""


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """One queue: partition p of P. A change of P begins a new generation."""

    generation: int
    of: int
    partition: int

    def shares_a_case_with(self, other: "Key") -> bool:
        """Some virtual partition belongs to both."""
        common = gcd(self.of, other.of)
        return self.partition % common == other.partition % common


@dataclass(frozen=True, slots=True)
class Lease:
    key: Key
    owner: str = ""
    """Empty: nobody who lives has it."""
    closed: bool = False
    """Drained for good: a newer generation goes on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one replica does now: consume `held`, and of those give `surplus` back after their batches."""

    held: frozenset[Key]
    surplus: frozenset[Key]
    taken: frozenset[Key]


def plan(leases: Iterable[Lease], me: str, live: int) -> Plan:
    """An even share, at most ceil(P / live). A queue waits until older ones that share cases with it are closed."""
    known = sorted(leases, key=lambda lease: lease.key)
    open_ones = [lease for lease in known if not lease.closed]
    ready = [lease for lease in open_ones if not _waits(lease.key, open_ones)]
    quota = ceil(len(ready) / max(live, 1))
    mine = [lease.key for lease in ready if lease.owner == me]
    free = [lease.key for lease in ready if not lease.owner]
    taken = free[: max(quota - len(mine), 0)]
    return Plan(frozenset(mine[:quota] + taken), frozenset(mine[quota:]), frozenset(taken))


def _waits(key: Key, open_ones: Iterable[Lease]) -> bool:
    return any(o.key.generation < key.generation and key.shares_a_case_with(o.key) for o in open_ones)


@dataclass(frozen=True, slots=True)
class Share:
    """The outcome of a round: what to consume, and which queues are drained and may be deleted."""

    held: frozenset[Key]
    drained: frozenset[Key]
    replicas: int
    surplus: frozenset[Key] = frozenset()
    """Still ours by the table and due to others: given back as soon as we do not consume them."""


class LeaseTable:
    """One replica's part in the sharing. Its session holds a lock of its own: no pooler may stand between."""

    def __init__(self, engine: sa.Engine, consumer: str) -> None:
        self._engine, self._consumer = engine, consumer
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{random.getrandbits(32):08x}"
        self._number = random.getrandbits(31)
        self._session: sa.Connection | None = None
        self._sessions = 0

    def begin(self, generations: Sequence[int]) -> None:
        """The queues of a consumer that has none yet: older generations first, each a number of partitions."""
        with self._engine.begin() as connection:
            self._take_turn(connection)
            if self._rows(connection):
                return
            for number, of in enumerate(generations, start=1):
                self._add(connection, number, of)

    def known(self) -> bool:
        with self._engine.connect() as connection:
            return bool(self._rows(connection))

    def round(self) -> Share:
        """Renews, takes what is free and due to us, and tells what to consume now."""
        session = self._living()
        try:
            with session.begin():
                spans = {"number": self._number, "seconds": LEASE_SECONDS, "returned": RETURNED_SECONDS}
                given = {**self._mine(), **spans, "class": _LIFE}
                *_, rows, owners = direct.fetch_together(session, [(step, given) for step in _ROUND])
                live = {owner for (owner,) in owners}
                leases = [_seen(Key(*key), owner, closed, live) for *key, owner, closed in rows]
                planned = plan(leases, self.owner, len(live))
                for key in sorted(planned.taken):
                    session.execute(_TAKE, self._mine() | _values(key))
        except Exception:
            self._end_session()
            raise
        drained = frozenset(lease.key for lease in leases if lease.closed)
        return Share(planned.held, drained, len(live), planned.surplus)

    def changed(self) -> bool:
        """Whether a replica has come or gone since the last round: far cheaper than a round. Raises as that does."""
        session = self._living()
        try:
            with session.begin():
                ((live,),) = direct.fetch(session, _SESSIONS, {"class": _LIFE})  # five times a second: prepared
                before, self._sessions = self._sessions, live
        except Exception:
            self._end_session()
            raise
        return before != self._sessions

    def release(self, key: Key) -> None:
        """Gives one back; nothing happens when somebody else has it by now."""
        self._run(_RELEASE, self._mine() | _values(key))

    def close(self, key: Key, *, successor: int) -> None:
        """The queue is drained; those of the next generation, `successor` in number, go on."""
        with self._engine.begin() as connection:
            self._take_turn(connection)
            generations = {generation for generation, *_ in self._rows(connection)}
            if not any(number > key.generation for number in generations):
                self._add(connection, key.generation + 1, successor)
            connection.execute(_CLOSE, {"consumer": self._consumer} | _values(key))

    def forget(self, key: Key) -> None:
        """The drained queue is gone from the broker too."""
        self._run(_FORGET, {"consumer": self._consumer} | _values(key))

    def leave(self) -> None:
        """Others may take over at once."""
        try:
            self._run(_LEAVE_LEASES, self._mine())
            self._run(_LEAVE, self._mine())
        finally:
            self._end_session()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _living(self) -> sa.Connection:
        if self._session is None:
            session = self._engine.connect()
            with session.begin():
                session.execute(sa.text("select pg_advisory_lock(:class, :number)"), self._lock())
            self._session = session
        return self._session

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.invalidate()  # the lock must not stay with a connection of the pool
            session.close()

    def _lock(self) -> dict[str, int]:
        return {"class": _LIFE, "number": self._number}

    def _take_turn(self, connection: sa.Connection) -> None:
        direct.fetch(connection, _TURN, {})

    def _mine(self) -> dict[str, Any]:
        return {"consumer": self._consumer, "owner": self.owner}

    def _rows(self, connection: sa.Connection) -> direct.Rows:
        return direct.fetch(connection, _LEASES, {"consumer": self._consumer})

    def _add(self, connection: sa.Connection, generation: int, of: int) -> None:
        for partition in range(of):
            connection.execute(_ADD, {"consumer": self._consumer} | _values(Key(generation, of, partition)))

    def _run(self, statement: sa.TextClause, values: dict[str, Any]) -> None:
        with self._engine.begin() as connection:
            connection.execute(statement, values)


def _seen(key: Key, owner: str, closed: bool, live: set[str]) -> Lease:
    return Lease(key, owner if owner in live else "", closed)


def _values(key: Key) -> dict[str, int]:
    return {"generation": key.generation, "of": key.of, "partition": key.partition}


_ONE = 'consumer = :consumer and generation = :generation and "of" = :of and partition = :partition'
_TURN = f"select pg_advisory_xact_lock({_TURNS}, 0)"
_LEASES = (
    'select generation, "of", partition, owner, closed from partition_lease where consumer = %(consumer)s order by 1, 3'
)
_ADD = sa.text(
    'insert into partition_lease (consumer, generation, "of", partition, owner, closed) '
    "values (:consumer, :generation, :of, :partition, '', false) on conflict do nothing"
)
_TAKE = sa.text(f"update partition_lease set owner = :owner, until = now() where {_ONE}")
_RELEASE = sa.text(f"update partition_lease set owner = '' where {_ONE} and owner = :owner")
_CLOSE = sa.text(f"update partition_lease set closed = true, owner = '' where {_ONE}")
_FORGET = sa.text(f"delete from partition_lease where {_ONE} and closed")
_RENEW = (
    "with renewed as (update partition_lease set until = now() + make_interval(secs => %(seconds)s) "
    "where consumer = %(consumer)s and owner = %(owner)s) "
    "insert into consumer_replica (consumer, owner, number, until) "
    "values (%(consumer)s, %(owner)s, %(number)s, now() + make_interval(secs => %(seconds)s)) "
    "on conflict (consumer, owner) do update set number = excluded.number, until = excluded.until"
)
_LOCKS = (
    "from pg_locks l where l.locktype = 'advisory' and l.objsubid = 2 and l.granted and l.classid = %(class)s "
    "and l.database = (select oid from pg_database where datname = current_database())"
)
_BURY = (
    # While the server was away nobody could renew, and no session came through: who has renewed since is judged as
    # ever, and the others when all who live have had the time to come back.
    "delete from consumer_replica r where consumer = %(consumer)s and ("
    f"until < now() or not exists (select {_LOCKS} and l.objid = r.number)) and ("
    "until > pg_postmaster_start_time() + make_interval(secs => %(seconds)s) or "
    "now() > pg_postmaster_start_time() + make_interval(secs => %(returned)s))"
)
_SESSIONS = f"select count(*) {_LOCKS}"
_LIVE = "select owner from consumer_replica where consumer = %(consumer)s"
# Those live whose row is fresh and whose session is there.
_ROUND = (_TURN, _RENEW, _BURY, _LEASES, _LIVE)
_LEAVE = sa.text("delete from consumer_replica where consumer = :consumer and owner = :owner")
_LEAVE_LEASES = sa.text("update partition_lease set owner = '' where consumer = :consumer and owner = :owner")
