"""Files that are to go: those of erased citizens, and those of an upload that never was committed."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from prometheus_client import Counter

from chassis.application import Job
from chassis.database import create_engine, direct
from chassis.domain import DomainError
from chassis.due import Due
from chassis.objects import ObjectsAway, ObjectStore
from chassis.pipeline import ServiceRuntime
from chassis.transfers import Arrived, Transfers
from chassis.work import Work

log = structlog.get_logger()
QUARANTINE = "quarantine"
QUARANTINED = Counter("huying_intake_quarantined_files_total", "Files that failed their checks.", ["reason"])
AT_ONCE = 100
# What the store does not delete waits, so that it holds up nothing else.
POSTPONED = timedelta(minutes=10)
UNDELETED = Counter("huying_intake_undeleted_files_total", "Tries to delete a file that failed, by reason.", ["reason"])
# Longer than any upload may last: a transaction that says nothing for a minute is ended.
GRACE = timedelta(hours=1)


class DoomedUntilCommitted:
    """Keeps a file together with the row that names it; a death at any line leaves no file that nobody deletes."""

    def __init__(self, objects: ObjectStore, transfers: Transfers) -> None:
        self._objects, self._transfers = objects, transfers

    def put(self, work: Work, key: str, content: bytes) -> None:
        self._save_if_committed(work, key)
        self._objects.put(key, content)

    def adopt(self, work: Work, arrived: Arrived, key: str, to: str) -> None:
        self._save_if_committed(work, to)
        self._transfers.adopt(key, arrived, to)
        direct.run(work.connection, _NOW, {"key": key, "now": work.now})

    def quarantine(self, key: str, fault: DomainError, content: bytes | None = None) -> None:
        """The reason is part of the key: an operator reads it in any store's own listing."""
        place = f"{QUARANTINE}/{fault.reason.lower().replace('_', '-')}/{key.removeprefix('incoming/')}"
        if content is None:
            self._objects.move(key, place)
        else:
            self._objects.put(place, content)
        QUARANTINED.labels(fault.reason).inc()
        log.warning("quarantined", place=place, reason=fault.reason)

    def _save_if_committed(self, work: Work, key: str) -> None:
        self._doom(work, key)
        # Until the commit the row is only locked, so the job leaves it; without a commit it is back.
        direct.run(work.connection, _FORGET, {"keys": [key]})

    def _doom(self, work: Work, key: str) -> None:
        """In a transaction of its own, on a connection of its own: one of the pool could wait for this very work."""
        apart = create_engine(work.connection.engine.url, pool_size=1, application="huying-intake-files")
        try:
            with apart.begin() as connection:
                direct.run(connection, _DOOM, {"key": key, "at": work.now + GRACE})
        finally:
            apart.dispose()


def deleting(objects: ObjectStore) -> Job:
    """The job that deletes them; it forgets a name only after its file is gone."""
    return Job("delete_files", _delete(objects), next_due=_NEXT)


def _delete(objects: ObjectStore) -> Callable[[ServiceRuntime], int]:
    def one(work: Work) -> DomainError | bool:
        """Each in a transaction of its own: none waits for a hundred answers of a slow store."""
        taken = direct.fetch(work.connection, _TAKE, {"now": work.now})
        for (key,) in taken:
            try:
                objects.delete(key)
            except DomainError as fault:
                direct.run(work.connection, _POSTPONE, {"key": key, "at": work.now + POSTPONED})
                UNDELETED.labels(fault.reason).inc()
                log.warning("file_not_deleted", key=key, reason=fault.reason)
                return fault
            direct.run(work.connection, _FORGET, {"keys": [key]})
        return bool(taken)

    def batch(runtime: ServiceRuntime) -> int:
        runtime.in_work(lambda work: direct.run(work.connection, _EXPIRE, {"now": work.now}))
        for done in range(AT_ONCE):
            outcome = runtime.in_work(one)
            if isinstance(outcome, ObjectsAway):
                raise outcome  # it would be the same with the others
            if not outcome:
                return done
        return AT_ONCE

    return batch


_DOOM = "insert into doomed_file (key, doomed_at) values (%(key)s, %(at)s)"
_NOW = "update doomed_file set doomed_at = %(now)s where key = %(key)s"
_POSTPONE = "update doomed_file set doomed_at = %(at)s where key = %(key)s"
_EXPIRE = "delete from upload where doomed_at <= %(now)s"
_TAKE = "select key from doomed_file where doomed_at <= %(now)s order by key limit 1 for update skip locked"
_FORGET = "delete from doomed_file where key = any(%(keys)s)"
_NEXT = Due("select min(doomed_at) from doomed_file")
