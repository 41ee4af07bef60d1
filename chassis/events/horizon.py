"""Up to which number of the outbox nothing can come any more: a reader who keeps a place there must not pass it.

Numbers are drawn before the commit, so that a smaller one may be seen after a larger one. But whoever holds a number
below one that is seen had locked the table for writing when that one was drawn, and lets go of it only when its rows
can be seen. So all up to the last number that a look sees is settled once everybody who was writing to the table at
that look has ended, which takes some milliseconds.
"""

import threading
import time
from dataclasses import dataclass, field
from functools import cache

import sqlalchemy as sa

from chassis.clock import monotonic
from chassis.database import direct
from chassis.database.engine import TryAgainLater

AGAIN_SECONDS, FIRST_SECONDS = 0.005, 2.0


@dataclass
class Horizon:
    """One for all who read in this process; of columns that draw their numbers from one sequence."""

    columns: tuple[str, ...] = ("outbox.id",)
    settled: int = -1
    seen: int = -1
    """The last number that was seen; more than `settled` while somebody is writing."""
    _waiting: tuple[int, frozenset[str]] | None = None
    """A number, and who was writing when it was seen."""
    _since: float = 0.0
    """When that look was."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, connection: sa.Connection) -> int:
        """The last settled number, of rows that the next statement sees.

        Raises TryAgainLater while not a single one is known.
        """
        self._take(connection)
        until = monotonic() + FIRST_SECONDS
        while self.settled < 0:
            if monotonic() > until:
                raise TryAgainLater()
            time.sleep(AGAIN_SECONDS)
            self._take(connection)
        return self.settled

    @property
    def held_seconds(self) -> float:
        """For how long somebody who writes has held it back; 0 when nobody does."""
        with self._lock:
            return monotonic() - self._since if self._waiting else 0.0

    def _take(self, connection: sa.Connection) -> None:
        ((seen, writers),) = direct.fetch(connection, _look(self.columns), {})
        writing = frozenset(writers)
        with self._lock:
            self.seen = max(self.seen, seen)
            if self._waiting and not self._waiting[1] & writing:
                self.settled, self._waiting = max(self.settled, self._waiting[0]), None
            if not writing:
                self.settled, self._waiting = max(self.settled, seen), None
            elif self._waiting is None and seen > self.settled:
                self._waiting, self._since = (seen, writing), monotonic()


@cache
def _look(columns: tuple[str, ...]) -> str:
    """The numbers are those of the statement's beginning, the locks those of a later moment: nobody is missed."""
    tables = [name.partition(".")[0] for name in columns]
    last = ", ".join(f"(select max({name}) from {table})" for name, table in zip(columns, tables, strict=True))
    written = ", ".join(f"'{table}'::regclass" for table in tables)
    return (
        f"select coalesce(greatest({last}), 0), array(select virtualtransaction from pg_locks "
        "where locktype = 'relation' and database = (select oid from pg_database where datname = current_database()) "
        f"and relation = any(array[{written}]::oid[]) and mode = 'RowExclusiveLock')"
    )
