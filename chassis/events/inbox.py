"""The inbox: the last sequence of each stream that a consumer has applied."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from chassis.database import direct
from chassis.database.store import few
from chassis.events.envelope import Envelope

if TYPE_CHECKING:
    import sqlalchemy as sa

    from chassis.work import By, Work

Stream = tuple[str, str]


class NotInLine(Exception):
    """Some envelope is not the next of its stream: it is known, comes too early, or waits behind a parked one."""


def moving(envelopes: Sequence[Envelope], *, durable: bool) -> direct.Statement | None:
    """Takes every stream from right before its first envelope to its last; None when there are gaps between them."""
    spans: dict[Stream, tuple[int, int]] = {}
    for envelope in envelopes:
        first, last = spans.get(envelope.stream, (envelope.sequence, envelope.sequence - 1))
        if envelope.sequence != last + 1:
            return None
        spans[envelope.stream] = (first, envelope.sequence)
    rows = [{"publisher": p, "subject": s, "first": f, "last": n} for (p, s), (f, n) in sorted(spans.items())]
    return _ADVANCE, direct.rows_of(rows) | {"count": len(rows), "lazily": not durable}


def advance(engine: "sa.Engine", move: direct.Statement) -> None:
    """Notes envelopes that nobody reacts to. Raises NotInLine, and nothing is done."""
    with _in_line(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        direct.run(connection, *move)


def enter(work: "Work", move: direct.Statement, keys: Iterable["By"]) -> None:
    """Moves the streams and loads the keys behind their locks, in one round trip. Raises NotInLine."""
    with _in_line():
        work.preload(keys, before=[move])


@contextmanager
def _in_line() -> Iterator[None]:
    try:
        yield
    except psycopg.errors.DivisionByZero:
        raise NotInLine from None


# A stream that does not stand right before its first envelope makes the counts differ, and the division fails.
_ADVANCE = f"""
with given as materialized (
    select * from jsonb_to_recordset(cast(%(rows)s as jsonb))
        as r(publisher text, subject text, first bigint, last bigint) where {few("last")}
), begun as (
    insert into inbox (publisher, subject, last) select publisher, subject, last from given where first = 1
    order by publisher, subject on conflict do nothing returning 1
), standing as (
    select g.last, i.at from given g cross join lateral (
        select ctid as at from inbox
        where publisher = g.publisher and subject = g.subject and last = g.first - 1 and parked = 0 for update
    ) i where g.first > 1
), moved as (
    update inbox i set last = s.last from standing s where i.ctid = s.at returning 1
)
select case when %(lazily)s then set_config('synchronous_commit', 'off', true) end,
    1 / ((select count(*) from begun) + (select count(*) from moved) = %(count)s)::int
"""
