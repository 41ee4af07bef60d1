"""Parked messages are tried again, in the order of their stream, until they leave or are dead.

Each try is on record before it begins: a message that ends its process has failed once more, and is dead in the end.
"""

from collections.abc import Callable, Hashable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple, Protocol

import sqlalchemy as sa
import structlog

from chassis.crashpoints import crash_point
from chassis.database.engine import BATCH_LOCK_MS, BATCH_STATEMENT_MS, is_transient
from chassis.domain import NotYet
from chassis.events.envelope import Envelope, decode
from chassis.events.parking import (
    FAILURES_UNTIL_DEAD,
    FIRST_DELAY,
    LOCK_STREAM,
    LONGEST_DELAY,
    NOT_YET_DELAY,
    NOT_YET_UNTIL,
    OF_STREAM,
    leave,
    why_of,
)
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics, tracing
from chassis.work import Work

log = structlog.get_logger()
BEGUN = "tried, and the process ended before it was done"
"""What is written down before a try, and stays where nothing else is written afterwards."""
Apply = Callable[[Work, Envelope], None]


class Watchdog(Protocol):
    """Ends the process when what has begun does not end in time."""

    def begin(self, what: Hashable) -> None: ...
    def end(self, what: Hashable) -> None: ...


def retry_due(runtime: ServiceRuntime, apply: Apply, watchdog: Watchdog | None = None) -> int:
    """Tries the first parked message of every stream that is due, and then those behind it; returns how many left.

    A try holds its stream, for which the bus waits with a whole partition: with a watchdog it has no longer than a
    batch there.
    """
    left = 0
    with runtime.reading() as read:
        due = read.connection.execute(_DUE, {"now": read.now}).all()
    for publisher, subject in due:
        retry = _Retry(runtime, {"publisher": publisher, "subject": subject}, apply, watchdog)
        while retry.first():
            left += 1
    return left


class _Retry:
    """The parked messages of one stream, tried again from the first on."""

    def __init__(
        self, runtime: ServiceRuntime, stream: dict[str, str], apply: Apply, watchdog: Watchdog | None
    ) -> None:
        self._runtime, self._stream, self._apply, self._watchdog = runtime, stream, apply, watchdog

    def first(self) -> bool:
        """True when the first one has left the parking, so that the next may follow at once."""
        head = self._runtime.in_work(self._begin, durable=False)  # the process must not outlive it, the machine may
        if head is None:
            return False
        begun = head._replace(attempts=head.attempts + 1)
        try:
            return self._tried(begun)
        except Exception as error:
            if is_transient(error):
                with suppress(Exception):  # where even that is not possible, the try counts, which matters little
                    self._runtime.in_work(partial(self._take_back, head=head, begun=begun))
                raise
            self._runtime.in_work(partial(self._postpone, head=head, begun=begun, error=error))
            return False

    def _tried(self, begun: "_Head") -> bool:
        try:
            return self._runtime.in_work(partial(self._apply_first, begun=begun))
        finally:
            if self._watchdog:
                self._watchdog.end(self)

    def _begin(self, work: Work) -> "_Head | None":
        """The first one as it was before this try, if it is to be tried now."""
        last = work.connection.execute(LOCK_STREAM, self._stream).scalar_one()
        head = self._head(work)
        if head is None or head.state == "dead" or head.sequence > last + 1:
            return None
        if head.next_try_at is not None and head.next_try_at > work.now:
            return None
        if head.attempts >= FAILURES_UNTIL_DEAD:
            self._note(work, head, head.why, head.attempts, "dead", None)
            return None
        attempts = head.attempts + 1
        self._write(work, head, BEGUN, attempts, "failed", work.now + _pause(attempts))
        return head

    def _apply_first(self, work: Work, begun: "_Head") -> bool:
        if self._watchdog:
            self._watchdog.begin(self)
            work.connection.execute(_BRIEFLY)
        last = work.connection.execute(LOCK_STREAM, self._stream).scalar_one()
        if not self._is_still(work, begun):
            return False
        crash_point("parking.after_claim")
        if begun.sequence == last + 1:
            self._apply(work, decode(begun.envelope))
        leave(work, self._stream, begun.sequence)
        return True

    def _postpone(self, work: Work, head: "_Head", begun: "_Head", error: Exception) -> None:
        work.connection.execute(LOCK_STREAM, self._stream)
        if self._is_still(work, begun):
            self._note(work, head, why_of(error), *_next_try(head, work.now, error))

    def _take_back(self, work: Work, head: "_Head", begun: "_Head") -> None:
        """The database was away, which is no failure of the message."""
        work.connection.execute(LOCK_STREAM, self._stream)
        if self._is_still(work, begun):
            self._write(work, head, head.why, head.attempts, head.state, head.next_try_at)

    def _head(self, work: Work) -> "_Head | None":
        row = work.connection.execute(_HEAD, self._stream).one_or_none()
        return _Head(*row) if row else None

    def _is_still(self, work: Work, begun: "_Head") -> bool:
        """Unless another process, or a person, has been there meanwhile."""
        head = self._head(work)
        return head is not None and (head.sequence, head.attempts) == (begun.sequence, begun.attempts)

    def _note(
        self, work: Work, head: "_Head", why: str, attempts: int, state: str, next_try_at: datetime | None
    ) -> None:
        self._write(work, head, why, attempts, state, next_try_at)
        metrics.REACTIONS.labels(work.service, head.type, state).inc()
        if state == "dead":
            told = tracing.named(head.trace, self._stream["subject"])
            log.error("dead_message", service=work.service, type=head.type, why=why, **told)

    def _write(
        self, work: Work, head: "_Head", why: str, attempts: int, state: str, next_try_at: datetime | None
    ) -> None:
        changed = {"why": why, "attempts": attempts, "state": state, "next_try_at": next_try_at}
        work.connection.execute(_POSTPONE, self._stream | {"sequence": head.sequence} | changed)


class _Head(NamedTuple):
    """The first parked message of a stream."""

    sequence: int
    type: str
    envelope: str
    state: str
    why: str
    attempts: int
    parked_at: datetime
    next_try_at: datetime | None
    trace: str


def _next_try(head: _Head, now: datetime, error: Exception) -> tuple[int, str, datetime | None]:
    if isinstance(error, NotYet) and now - head.parked_at < NOT_YET_UNTIL:
        waited = max(now - head.parked_at, NOT_YET_DELAY)
        return head.attempts, "not_yet", now + min(waited, LONGEST_DELAY)
    attempts = head.attempts + 1
    if attempts >= FAILURES_UNTIL_DEAD:
        return attempts, "dead", None
    return attempts, "failed", now + _pause(attempts)


def _pause(attempts: int) -> timedelta:
    return min(FIRST_DELAY * 2.0**attempts, LONGEST_DELAY)


_DUE = sa.text(
    "select distinct publisher, subject from parked where next_try_at <= :now "
    "union select p.publisher, p.subject from parked p join inbox i using (publisher, subject) "
    "where p.state = 'waiting' and p.sequence <= i.last + 1 limit 500"
)
_HEAD = sa.text(
    "select sequence, type, envelope::text, state, why, attempts, parked_at, next_try_at, "
    "coalesce(envelope->>'trace', '') from parked "
    f"where {OF_STREAM} order by sequence limit 1"
)
# What waits for a row or a slow statement must not look like a hang.
_BRIEFLY = sa.text(
    f"select set_config('statement_timeout', '{BATCH_STATEMENT_MS}', true), "
    f"set_config('lock_timeout', '{BATCH_LOCK_MS}', true)"
)
_POSTPONE = sa.text(
    "update parked set why = :why, attempts = :attempts, state = :state, next_try_at = :next_try_at "
    f"where {OF_STREAM} and sequence = :sequence"
)
