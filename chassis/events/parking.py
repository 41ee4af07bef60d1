"""Messages that could not be applied: kept in order, tried again, dead only after the last failure, never lost."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import sqlalchemy as sa
import structlog

from chassis.domain import DomainError, NotFound, NotYet, Status
from chassis.erasure import WITHOUT_TEXTS, is_erasure, without_texts
from chassis.events.envelope import Envelope, encode
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
        last = work.connection.execute(LOCK_STREAM, stream).scalar_one()
        if envelope.sequence <= last:  # another process has applied it meanwhile
            return
        if park(work, envelope, why=why_of(error), state=state, next_try_at=work.now + delay):
            work.connection.execute(_COUNT, stream | {"by": 1})

    try:
        runtime.in_work(do)
    except sa.exc.DataError as refused:
        state = "dead"
        runtime.in_work(partial(_bury, envelope=envelope, error=refused))
    metrics.REACTIONS.labels(runtime.name, envelope.type, state).inc()
    log.warning(
        "parked", service=runtime.name, type=envelope.type, subject=envelope.subject, state=state, why=why_of(error),
        at=[] if _is_anticipated(error) else places(error),
    )  # fmt: skip


def _bury(work: Work, envelope: Envelope, error: Exception) -> None:
    """Keeps as bytes what cannot be stored as a row (a zero character, say); its place in the stream is dead.

    Without the texts: no erasure finds them there.
    """
    work.connection.execute(
        _UNDECODABLE, {"raw": encode(without_texts(envelope)), "error": why_of(error), "now": work.now}
    )
    stream = {"publisher": envelope.publisher, "subject": envelope.subject}
    work.connection.execute(_ENSURE, stream)
    if park(work, msgspec.structs.replace(envelope, payload=msgspec.Raw(b"{}")), why=why_of(error), state="dead"):
        work.connection.execute(_COUNT, stream | {"by": 1})
    log.error("dead_message", service=work.service, type=envelope.type, subject=envelope.subject, why=why_of(error))


def bury_raw(runtime: ServiceRuntime, raw: bytes, error: Exception) -> None:
    """Keeps a message of which not even the envelope can be read, for a person to look at."""
    runtime.in_work(
        lambda work: work.connection.execute(_UNDECODABLE, {"raw": raw, "error": why_of(error), "now": work.now})
    )
    metrics.REACTIONS.labels(runtime.name, "undecodable", "dead").inc()
    log.error("undecodable", service=runtime.name, bytes=len(raw), why=why_of(error))


def why_of(error: Exception) -> str:
    """The kind of error and its stable part: an unexpected message could hold personal data."""
    return f"{type(error).__name__}: {error}" if _is_anticipated(error) else type(error).__name__


def _is_anticipated(error: Exception) -> bool:
    return isinstance(error, (NotYet, DomainError))


def leave(work: Work, stream: dict[str, str], sequence: int) -> None:
    work.connection.execute(_DELETE, stream | {"sequence": sequence})
    work.connection.execute(_ADVANCE, stream | {"sequence": sequence})


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
        work.connection.execute(LOCK_STREAM, stream)
        row = _dead(work, event_id)  # it may have left while we waited for the lock
        leave(work, stream, row.sequence)
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


OF_STREAM = "publisher = :publisher and subject = :subject"
_PARK = sa.text(
    "insert into parked "
    "(publisher, subject, sequence, event_id, type, envelope, why, state, attempts, parked_at, next_try_at) values "
    "(:publisher, :subject, :sequence, :event_id, :type, cast(:envelope as jsonb), :why, :state, :attempts, :now, "
    ":next_try_at) on conflict do nothing"
)
_ENSURE = sa.text(
    "insert into inbox (publisher, subject, last) values (:publisher, :subject, 0) on conflict do nothing"
)
_COUNT = sa.text(f"update inbox set parked = parked + :by where {OF_STREAM}")
LOCK_STREAM = sa.text(f"select last from inbox where {OF_STREAM} for update")
_UNDECODABLE = sa.text("insert into undecodable (raw, error, received_at) values (:raw, :error, :now)")
_FORGET = sa.text(f"update parked set envelope = {WITHOUT_TEXTS} where {OF_STREAM}")
_DELETE = sa.text(f"delete from parked where {OF_STREAM} and sequence = :sequence")
_ADVANCE = sa.text(f"update inbox set parked = parked - 1, last = greatest(last, :sequence) where {OF_STREAM}")
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
