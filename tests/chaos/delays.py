"""How long nothing came of what a dead process had to do, or of what waited for a server."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.audit.answering import floor_of
from chassis.clock import WallClock
from chassis.events.envelope import shard_of
from chassis.events.topology import load
from tests.chaos.books import Books

WINDOW_SECONDS = 20.0
IDLE_SECONDS = 4.0
"""When nothing waits by then, there was nothing to do."""
NEVER = float("inf")
STUCK = timedelta(seconds=1)
"""What is so old, and not published yet, nobody publishes."""
LOOK_SECONDS = 0.02
Stream = tuple[str, str]
Cases = Callable[[], Sequence[str]]
"""The cases under way."""


@dataclass
class Heard:
    """How far a consumer has come in the streams of some partitions."""

    books: Books
    consumer: str
    cases: Cases
    partitions: Collection[int] | None = None
    """None: all."""
    of: int = 1
    before: dict[Stream, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = self._last()
        self.waiting_at_first = self._waits(self.before)

    def moved(self) -> bool:
        """Whether anything has come since."""
        return any(last > self.before.get(stream, 0) for stream, last in self._last().items())

    def waits(self) -> bool:
        """Whether there is something to hear."""
        return self._waits(self._last())

    def _waits(self, known: dict[Stream, int]) -> bool:
        for publisher in load().hears[self.consumer]:
            for subject, last in self.books.rows(publisher, _SAID, {"cases": self._cases()}):
                if last > known.get((publisher, subject), 0):
                    return True
        return False

    def _last(self) -> dict[Stream, int]:
        rows = self.books.rows(self.consumer, _HEARD, {"cases": self._cases()})
        return {(publisher, subject): last for publisher, subject, last in rows}

    def _cases(self) -> list[str]:
        known = self.cases()
        if self.partitions is None:
            return list(known)
        return [case for case in known if shard_of(case) % self.of in self.partitions]


@dataclass
class Published:
    """What a service has published of some shards since an instant."""

    books: Books
    publisher: str
    shards: Collection[int]
    since: datetime = field(default_factory=WallClock().now)

    def moved(self) -> bool:
        return bool(self._rows(_PUBLISHED, since=self.since))

    def waits(self) -> bool:
        return bool(self._rows(_UNPUBLISHED))

    def stuck(self) -> bool:
        """Whether something has waited for longer than it takes a relay that has these shards."""
        return bool(self._rows(_STUCK, before=floor_of(WallClock().now() - STUCK)))

    def _rows(self, sql: str, **more: object) -> Sequence[object]:
        return self.books.rows(self.publisher, sql, {"shards": list(self.shards), **more})


_SAID = "select subject, last from outbox_sequence where subject = any(%(cases)s)"
_HEARD = "select publisher, subject, last from inbox where subject = any(%(cases)s)"
_UNPUBLISHED = "select 1 from outbox where published_at is null and shard = any(%(shards)s) limit 1"
_STUCK = _UNPUBLISHED.replace("limit 1", "and event_id < %(before)s limit 1")
_PUBLISHED = (
    "select 1 from outbox where id > (select coalesce(max(id), 0) - 3000 from outbox) and shard = any(%(shards)s) "
    "and published_at > %(since)s limit 1"
)


def first_effect(watched: Heard | Published, since: float) -> float | None:
    """Seconds from `since` (monotonic) until something came; None: there was nothing to do; NEVER: nothing came."""
    while time.monotonic() - since < WINDOW_SECONDS:
        if watched.moved():
            return time.monotonic() - since
        if time.monotonic() - since > IDLE_SECONDS and not watched.waits():
            return None
        time.sleep(LOOK_SECONDS)
    return NEVER if watched.waits() else None


def slowest_first_effect(watched: Iterable[Heard], since: float) -> float | None:
    """Until each consumer for whom something waited has had an effect; without such, until anyone has."""
    all_of = list(watched)
    late = [heard for heard in all_of if heard.waiting_at_first]
    if not late:
        return _any(all_of, since)
    found = 0.0
    while late and time.monotonic() - since < WINDOW_SECONDS:
        late = [heard for heard in late if not heard.moved()]
        found = time.monotonic() - since
        time.sleep(LOOK_SECONDS)
    return NEVER if late else found


def _any(watched: Sequence[Heard], since: float) -> float | None:
    while time.monotonic() - since < WINDOW_SECONDS:
        if any(heard.moved() for heard in watched):
            return time.monotonic() - since
        time.sleep(LOOK_SECONDS)
    return NEVER if any(heard.waits() for heard in watched) else None


# -- whose work it was -------------------------------------------------------------------------------------------------


def partitions_of(books: Books, consumer: str, pid: int) -> tuple[frozenset[int], int]:
    """The partitions that a process consumes by its leases, and of how many."""
    rows = books.rows(consumer, _LEASES, {"consumer": consumer, "owner": f"%:{pid}:%"})
    return frozenset(partition for partition, _ in rows), max((of for _, of in rows), default=1)


def shards_by_session(books: Books, service: str) -> dict[int, frozenset[int]]:
    """The shards of the outbox that each relay owns, by the number of its session's process."""
    owned: dict[int, set[int]] = {}
    for shard, session in books.rows(service, _SHARDS):
        owned.setdefault(session, set()).add(shard)
    return {session: frozenset(shards) for session, shards in owned.items()}


_LEASES = 'select partition, "of" from partition_lease where consumer = %(consumer)s and owner like %(owner)s'
_SHARDS = (
    "select objid::int, pid from pg_locks where locktype = 'advisory' and objsubid = 2 and granted and classid = 8013 "
    "and database = (select oid from pg_database where datname = current_database())"
)
