"""Files of erased citizens: named in the transaction of the erasure, deleted after it, whatever dies in between."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from chassis.application import Job
from chassis.database import direct
from chassis.objects import ObjectStore
from chassis.pipeline import ServiceRuntime
from chassis.work import Work

AT_ONCE = 100


def deleting(objects: ObjectStore) -> Job:
    """The job that deletes them; it forgets a name only after its file is gone."""
    return Job("delete_files", _delete(objects), next_due=_next)


def _delete(objects: ObjectStore) -> Callable[[ServiceRuntime], int]:
    def batch(work: Work) -> int:
        keys = [key for (key,) in direct.fetch(work.connection, _TAKE, {"at_once": AT_ONCE})]
        for key in keys:
            objects.delete(key)
        direct.run(work.connection, _FORGET, {"keys": keys})
        return len(keys)

    return lambda runtime: runtime.in_work(batch)


def _next(connection: sa.Connection) -> datetime | None:
    found: datetime | None = connection.execute(_NEXT).scalar()
    return found


_TAKE = "select key from doomed_file order by key limit %(at_once)s for update skip locked"
_FORGET = "delete from doomed_file where key = any(%(keys)s)"
_NEXT = sa.text("select min(doomed_at) from doomed_file")
