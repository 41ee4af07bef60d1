"""Files that are to go: those of erased citizens, and those of an upload that never was committed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis.application import Job
from chassis.database import direct
from chassis.objects import ObjectStore
from chassis.pipeline import ServiceRuntime
from chassis.work import Work

AT_ONCE = 100
# Longer than any upload may last: a transaction that says nothing for a minute is ended.
GRACE = timedelta(hours=1)


class DoomedUntilCommitted:
    """Keeps a file together with the row that names it; a death at any line leaves no file that nobody deletes."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    def put(self, work: Work, key: str, content: bytes) -> None:
        self._doom(work, key)
        # Until the commit the row is only locked, so the job leaves it; without a commit it is back.
        direct.run(work.connection, _FORGET, {"keys": [key]})
        self._objects.put(key, content)

    def _doom(self, work: Work, key: str) -> None:
        """In a transaction of its own, on a connection of its own: one of the pool could wait for this very work."""
        apart = sa.create_engine(work.connection.engine.url, poolclass=sa.NullPool, hide_parameters=True)
        with apart.begin() as connection:
            direct.run(connection, _DOOM, {"key": key, "at": work.now + GRACE})


def deleting(objects: ObjectStore) -> Job:
    """The job that deletes them; it forgets a name only after its file is gone."""
    return Job("delete_files", _delete(objects), next_due=_next)


def _delete(objects: ObjectStore) -> Callable[[ServiceRuntime], int]:
    def batch(work: Work) -> int:
        taken = direct.fetch(work.connection, _TAKE, {"at_once": AT_ONCE, "now": work.now})
        keys = [key for (key,) in taken]
        for key in keys:
            objects.delete(key)
        direct.run(work.connection, _FORGET, {"keys": keys})
        return len(keys)

    return lambda runtime: runtime.in_work(batch)


def _next(connection: sa.Connection) -> datetime | None:
    found: datetime | None = connection.execute(_NEXT).scalar()
    return found


_DOOM = "insert into doomed_file (key, doomed_at) values (%(key)s, %(at)s)"
_TAKE = "select key from doomed_file where doomed_at <= %(now)s order by key limit %(at_once)s for update skip locked"
_FORGET = "delete from doomed_file where key = any(%(keys)s)"
_NEXT = sa.text("select min(doomed_at) from doomed_file")
