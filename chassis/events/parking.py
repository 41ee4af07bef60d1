"""Messages that could not be applied: kept in order, tried again, dead only after the last failure, never lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import sqlalchemy as sa
import structlog

from chassis.application import NotYet
from chassis.crashpoints import crash_point
from chassis.database.engine import is_transient
from chassis.domain import DomainError, NotFound, Status
from chassis.erasure import is_erasure
from chassis.events.envelope import Envelope, decode, encode
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics
from chassis.telemetry.faults import places
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
    if is_erasure(envelope.type):
        # What waits before it would otherwise keep the texts until a person drops it.
        work.connection.execute(_FORGET, {"publisher": envelope.publisher, "subject": envelope.subject})
    return added.rowcount == 1


def park_after(runtime: ServiceRuntime, envelope: Envelope, error: Exception) -> None:
    """Parks an envelope whose reaction ended in *not yet* or *failed*; its stream waits behind it, no other does."""
    state = "not_yet" if isinstance(error, NotYet) else "failed"
    delay = NOT_YET_DELAY if state == "not_yet" else FIRST_DELAY
    stream = {"publisher": envelope.publisher, "subject": envelope.subject}

    def do(work: Work) -> None:
        work.connection.execute(_ENSURE, stream)
        last = work.connection.execute(_LOCK_STREAM, stream).scalar_one()
        if envelope.sequence <= last:  # another process has applied it meanwhile
            return
        if park(work, envelope, why=_why(error), state=state, next_try_at=work.now + delay):
            work.connection.execute(_COUNT, stream | {"by": 1})

    try:
        runtime.in_work(do)
    except sa.exc.DataError as refused:
        state = "dead"
        runtime.in_work(partial(_bury, envelope=envelope, error=refused))
    metrics.REACTIONS.labels(runtime.name, envelope.type, state).inc()
    log.warning(
        "parked", service=runtime.name, type=envelope.type, subject=envelope.subject, state=state, why=_why(error),
        at=[] if _is_anticipated(error) else places(error),
    )  # fmt: skip


def _bury(work: Work, envelope: Envelope, error: Exception) -> None:
    """Keeps as bytes what cannot be stored as a row (a zero character, say); its place in the stream is dead."""
    work.connection.execute(_UNDECODABLE, {"raw": encode(envelope), "error": _why(error), "now": work.now})
    stream = {"publisher": envelope.publisher, "subject": envelope.subject}
    work.connection.execute(_ENSURE, stream)
    if park(work, msgspec.structs.replace(envelope, payload=msgspec.Raw(b"{}")), why=_why(error), state="dead"):
        work.connection.execute(_COUNT, stream | {"by": 1})
    log.error("dead_message", service=work.service, type=envelope.type, subject=envelope.subject, why=_why(error))


def bury_raw(runtime: ServiceRuntime, raw: bytes, error: Exception) -> None:
    """Keeps a message of which not even the envelope can be read, for a person to look at."""
    runtime.in_work(
        lambda work: work.connection.execute(_UNDECODABLE, {"raw": raw, "error": _why(error), "now": work.now})
    )
    metrics.REACTIONS.labels(runtime.name, "undecodable", "dead").inc()
    log.error("undecodable", service=runtime.name, bytes=len(raw), why=_why(error))


def _why(error: Exception) -> str:
    """The kind of error and its stable part: an unexpected message could hold personal data."""
    return f"{type(error).__name__}: {error}" if _is_anticipated(error) else type(error).__name__


def _is_anticipated(error: Exception) -> bool:
    return isinstance(error, (NotYet, DomainError))


Apply = Callable[[Work, Envelope], None]


def retry_due(runtime: ServiceRuntime, apply: Apply) -> int:
    """Tries the first parked message of every stream that is due, and then those behind it; returns how many left."""
    left = 0
    with runtime.reading() as read:
        due = read.connection.execute(_DUE, {"now": read.now}).all()
    for publisher, subject in due:
        retry = _Retry(runtime, {"publisher": publisher, "subject": subject}, apply)
        while retry.first():
            left += 1
    return left


class _Retry:
    """The parked messages of one stream, tried again from the first on."""

    def __init__(self, runtime: ServiceRuntime, stream: dict[str, str], apply: Apply) -> None:
        self._runtime, self._stream, self._apply = runtime, stream, apply
        self._tried: Any = None

    def first(self) -> bool:
        """True when the first one has left the parking, so that the next may follow at once."""
        try:
            return self._runtime.in_work(self._apply_first)
        except Exception as error:
            if is_transient(error):
                raise
            self._runtime.in_work(partial(self._postpone, error=error))
            return False

    def _apply_first(self, work: Work) -> bool:
        last = work.connection.execute(_LOCK_STREAM, self._stream).scalar_one()
        self._tried = head = work.connection.execute(_HEAD, self._stream).one_or_none()
        if head is None or head.state == "dead" or head.sequence > last + 1:
            return False
        if head.next_try_at is not None and head.next_try_at > work.now:
            return False
        crash_point("parking.after_claim")
        if head.sequence == last + 1:
            self._apply(work, decode(head.envelope))
        _leave(work, self._stream, head.sequence)
        return True

    def _postpone(self, work: Work, error: Exception) -> None:
        """Unless another process has tried it as well, and was faster."""
        work.connection.execute(_LOCK_STREAM, self._stream)
        head = work.connection.execute(_HEAD, self._stream).one_or_none()
        if head is None or head != self._tried:
            return
        attempts, state, next_try = _next_try(head, work.now, error)
        why = _why(error)
        if state == "dead":
            log.error("dead_message", service=work.service, type=head.type, subject=self._stream["subject"], why=why)
        changed = {"why": why, "attempts": attempts, "state": state, "next_try_at": next_try}
        work.connection.execute(_POSTPONE, self._stream | {"sequence": head.sequence} | changed)
        metrics.REACTIONS.labels(work.service, head.type, state).inc()


def _leave(work: Work, stream: dict[str, str], sequence: int) -> None:
    work.connection.execute(_DELETE, stream | {"sequence": sequence})
    work.connection.execute(_ADVANCE, stream | {"sequence": sequence})


def _next_try(head: Any, now: datetime, error: Exception) -> tuple[int, str, datetime | None]:
    if isinstance(error, NotYet) and now - head.parked_at < NOT_YET_UNTIL:
        waited = max(now - head.parked_at, NOT_YET_DELAY)
        return head.attempts, "not_yet", now + min(waited, LONGEST_DELAY)
    attempts = head.attempts + 1
    if attempts >= FAILURES_UNTIL_DEAD:
        return attempts, "dead", None
    return attempts, "failed", now + min(FIRST_DELAY * 2**attempts, LONGEST_DELAY)


# -- for people: huying dead-letters -----------------------------------------------------------------------------------


def listed(connection: sa.Connection, *, state: str = "dead", limit: int = 200) -> list[dict[str, Any]]:
    rows = connection.execute(_LIST, {"state": state, "limit": limit}).mappings()
    return [dict(row) for row in rows]


def replay(runtime: ServiceRuntime, event_id: str) -> None:
    """Makes a dead message due again. Raises NotFound or NotDead."""

    def do(work: Work) -> None:
        _dead(work, event_id)
        work.connection.execute(_REVIVE, {"event_id": event_id, "now": work.now})

    runtime.in_work(do)


def drop(runtime: ServiceRuntime, event_id: str, reason: str) -> None:
    """Gives a dead message up for good; the reason is kept, and the stream goes on behind it."""

    def do(work: Work) -> None:
        row = _dead(work, event_id)
        stream = {"publisher": row.publisher, "subject": row.subject}
        work.connection.execute(_LOCK_STREAM, stream)
        row = _dead(work, event_id)  # it may have left while we waited for the lock
        _leave(work, stream, row.sequence)
        given_up = {"event_id": event_id, "type": row.type, "subject": row.subject, "reason": reason, "now": work.now}
        work.connection.execute(_DROPPED, given_up)
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
    "insert into parked "
    "(publisher, subject, sequence, event_id, type, envelope, why, state, attempts, parked_at, next_try_at) values "
    "(:publisher, :subject, :sequence, :event_id, :type, cast(:envelope as jsonb), :why, :state, :attempts, :now, "
    ":next_try_at) on conflict do nothing"
)
_ENSURE = sa.text(
    "insert into inbox (publisher, subject, last) values (:publisher, :subject, 0) on conflict do nothing"
)
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
_UNDECODABLE = sa.text("insert into undecodable (raw, error, received_at) values (:raw, :error, :now)")
_FORGET = sa.text(
    "update parked set envelope = jsonb_set(envelope, '{payload}', (select coalesce(jsonb_object_agg(key, "
    """case when key like 'masked%' then '""' when key like 'sealed%' then 'null' else value end), '{}') """
    f"from jsonb_each(envelope->'payload'))) where {_STREAM}"
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
_BY_ID = sa.text("select publisher, subject, sequence, type, state from parked where event_id = :event_id")
_DROPPED = sa.text(
    "insert into dropped (event_id, type, subject, reason, dropped_at) "
    "values (:event_id, :type, :subject, :reason, :now)"
)
_REVIVE = sa.text("update parked set state = 'failed', attempts = 0, next_try_at = :now where event_id = :event_id")
