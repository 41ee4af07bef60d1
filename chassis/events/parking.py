"""Messages that could not be applied: kept in order, tried again, dead only after the last failure, never lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.application import NotYet
from chassis.crashpoints import crash_point
from chassis.database.engine import is_transient
from chassis.domain import DomainError, NotFound, Status
from chassis.events.envelope import Envelope, decode, encode
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics
from chassis.work import Work

log = structlog.get_logger()
FAILURES_UNTIL_DEAD = 8
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=5)
NOT_YET_DELAY = timedelta(seconds=2)
NOT_YET_UNTIL = timedelta(hours=24)


class NotDead(DomainError):
    """Only a dead message can be dropped or replayed by hand."""

    status = Status.FAILED_PRECONDITION
    zh = "消息不在死信状态"
    en = "the message is not dead"


def park(work: Work, envelope: Envelope, *, why: str, state: str, next_try_at: datetime | None = None) -> bool:
    """Adds a row unless it is there already; `state` is waiting (behind another), not_yet, failed or dead."""
    added = work.connection.execute(
        _PARK,
        {
            "publisher": envelope.publisher,
            "subject": envelope.subject,
            "sequence": envelope.sequence,
            "event_id": envelope.event_id,
            "type": envelope.type,
            "envelope": encode(envelope).decode(),
            "why": why,
            "state": state,
            "attempts": 1 if state == "failed" else 0,
            "now": work.now,
            "next_try_at": next_try_at,
        },
    )
    return added.rowcount == 1


def park_after(runtime: ServiceRuntime, envelope: Envelope, error: Exception) -> None:
    """Parks an envelope whose reaction ended in *not yet* or *failed*; its stream waits behind it, no other does."""
    state = "not_yet" if isinstance(error, NotYet) else "failed"
    delay = NOT_YET_DELAY if state == "not_yet" else FIRST_DELAY

    def do(work: Work) -> None:
        work.connection.execute(_ENSURE, {"publisher": envelope.publisher, "subject": envelope.subject})
        if park(work, envelope, why=_why(error), state=state, next_try_at=work.now + delay):
            work.connection.execute(_COUNT, {"publisher": envelope.publisher, "subject": envelope.subject, "by": 1})

    runtime.in_work(do)
    metrics.REACTIONS.labels(runtime.name, envelope.type, state).inc()
    log.warning("parked", service=runtime.name, type=envelope.type, subject=envelope.subject, state=state, why=_why(error))


def _why(error: Exception) -> str:
    """The kind of error and its stable part: an unexpected message could hold personal data."""
    return f"{type(error).__name__}: {error}" if isinstance(error, (NotYet, DomainError)) else type(error).__name__


def retry_due(runtime: ServiceRuntime, apply: Callable[[Work, Envelope], None]) -> int:
    """Tries the first parked message of every stream that is due, and then those behind it."""
    left = 0
    with runtime.reading() as read:
        due = read.connection.execute(_DUE, {"now": read.now}).all()
    for publisher, subject in due:
        while _retry_head(runtime, publisher, subject, apply):
            left += 1
    return left


def _retry_head(
    runtime: ServiceRuntime, publisher: str, subject: str, apply: Callable[[Work, Envelope], None]
) -> bool:
    """True when the first message of the stream was applied and the next may follow at once."""
    stream = {"publisher": publisher, "subject": subject}
    try:
        return runtime.in_work(lambda work: _apply_head(work, stream, apply))
    except Exception as error:
        if is_transient(error):
            raise
        runtime.in_work(lambda work: _postpone(work, stream, error))
        return False


def _apply_head(work: Work, stream: dict[str, str], apply: Callable[[Work, Envelope], None]) -> bool:
    last = work.connection.execute(_LOCK_STREAM, stream).scalar_one()
    head = work.connection.execute(_HEAD, stream).one_or_none()
    if head is None or head.state == "dead":
        return False
    if head.next_try_at is not None and head.next_try_at > work.now:
        return False
    if head.sequence > last + 1:
        return False
    crash_point("parking.after_claim")
    if head.sequence == last + 1:
        apply(work, decode(head.envelope))
    _leave(work, stream, head.sequence)
    return True


def _leave(work: Work, stream: dict[str, str], sequence: int) -> None:
    work.connection.execute(_DELETE, stream | {"sequence": sequence})
    work.connection.execute(_ADVANCE, stream | {"sequence": sequence})


def _postpone(work: Work, stream: dict[str, str], error: Exception) -> None:
    work.connection.execute(_LOCK_STREAM, stream)
    head = work.connection.execute(_HEAD, stream).one_or_none()
    if head is None:
        return
    attempts, state, next_try = _next_try(head, work.now, error)
    if state == "dead":
        log.error("dead_message", service=work.service, type=head.type, subject=stream["subject"], why=_why(error))
    changed = {"why": _why(error), "attempts": attempts, "state": state, "next_try_at": next_try}
    work.connection.execute(_POSTPONE, stream | {"sequence": head.sequence} | changed)


def _next_try(head: Any, now: datetime, error: Exception) -> tuple[int, str, datetime | None]:
    if isinstance(error, NotYet) and now - head.parked_at < NOT_YET_UNTIL:
        waited = max(now - head.parked_at, NOT_YET_DELAY)
        return head.attempts, "not_yet", now + min(waited, LONGEST_DELAY)
    attempts = head.attempts + 1
    if attempts >= FAILURES_UNTIL_DEAD:
        return attempts, "dead", None
    return attempts, "failed", now + min(FIRST_DELAY * 2**attempts, LONGEST_DELAY)


def next_try_at(connection: sa.Connection) -> datetime | None:
    """The next instant at which a parked message is tried; waiting ones follow theirs."""
    return connection.execute(sa.text("select min(next_try_at) from parked")).scalar()


# -- for people: huying dead-letters -------------------------------------------------------------------------------------


def listed(connection: sa.Connection, *, state: str = "dead", limit: int = 200) -> list[dict[str, Any]]:
    rows = connection.execute(_LIST, {"state": state, "limit": limit}).mappings()
    return [dict(row) for row in rows]


def replay(runtime: ServiceRuntime, event_id: str) -> None:
    """Makes a dead message due again. Raises NotFound or NotDead."""
    runtime.in_work(lambda work: _dead(work, event_id) and work.connection.execute(_REVIVE, {"event_id": event_id, "now": work.now}))


def drop(runtime: ServiceRuntime, event_id: str, reason: str) -> None:
    """Gives a dead message up for good, with a reason for the log; the stream goes on behind it."""

    def do(work: Work) -> None:
        row = _dead(work, event_id)
        stream = {"publisher": row.publisher, "subject": row.subject}
        work.connection.execute(_LOCK_STREAM, stream)
        _leave(work, stream, row.sequence)
        work.connection.execute(_WAKE, stream | {"now": work.now})
        log.warning("dropped", service=work.service, event_id=event_id, reason=reason)

    runtime.in_work(do)


def _dead(work: Work, event_id: str) -> Any:
    row = work.connection.execute(_BY_ID, {"event_id": event_id}).one_or_none()
    if row is None:
        raise NotFound()
    if row.state != "dead":
        raise NotDead()
    return row


_STREAM = "publisher = :publisher and subject = :subject"
_PARK = sa.text(
    "insert into parked (publisher, subject, sequence, event_id, type, envelope, why, state, attempts, parked_at, next_try_at) "
    "values (:publisher, :subject, :sequence, :event_id, :type, cast(:envelope as jsonb), :why, :state, :attempts, :now, "
    ":next_try_at) on conflict do nothing"
)
_ENSURE = sa.text("insert into inbox (publisher, subject, last) values (:publisher, :subject, 0) on conflict do nothing")
_COUNT = sa.text(f"update inbox set parked = parked + :by where {_STREAM}")
_DUE = sa.text(
    "select distinct publisher, subject from parked where next_try_at <= :now "
    "union select p.publisher, p.subject from parked p join inbox i using (publisher, subject) "
    "where p.state = 'waiting' and p.sequence <= i.last + 1 limit 500"
)
_LOCK_STREAM = sa.text(f"select last from inbox where {_STREAM} for update")
_HEAD = sa.text(
    "select sequence, type, envelope::text as envelope, state, attempts, parked_at, next_try_at from parked "
    f"where {_STREAM} order by sequence limit 1"
)
_DELETE = sa.text(f"delete from parked where {_STREAM} and sequence = :sequence")
_ADVANCE = sa.text(f"update inbox set parked = parked - 1, last = greatest(last, :sequence) where {_STREAM}")
_POSTPONE = sa.text(
    "update parked set why = :why, attempts = :attempts, state = :state, next_try_at = :next_try_at "
    f"where {_STREAM} and sequence = :sequence"
)
_LIST = sa.text(
    "select event_id, publisher, subject, sequence, type, state, why, attempts, parked_at, next_try_at from parked "
    "where state = :state or :state = '' order by parked_at limit :limit"
)
_BY_ID = sa.text("select publisher, subject, sequence, state, envelope::text as envelope from parked where event_id = :event_id")
_REVIVE = sa.text("update parked set state = 'failed', attempts = 0, next_try_at = :now where event_id = :event_id")
_WAKE = sa.text(f"update parked set next_try_at = :now where {_STREAM} and state = 'waiting'")
