"""The inbox: the last sequence of each stream that a consumer has applied."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import psycopg

from chassis.database import direct
from chassis.events.envelope import Envelope

if TYPE_CHECKING:
    import sqlalchemy as sa

Stream = tuple[str, str]


def advance(engine: "sa.Engine", envelopes: Sequence[Envelope], *, durable: bool) -> bool:
    """Notes envelopes that nobody reacts to, in one statement; False, and nothing done, unless all are next in line."""
    spans: dict[Stream, tuple[int, int]] = {}
    for envelope in envelopes:
        first, last = spans.get(envelope.stream, (envelope.sequence, envelope.sequence - 1))
        if envelope.sequence != last + 1:
            return False
        spans[envelope.stream] = (first, envelope.sequence)
    rows = [{"publisher": p, "subject": s, "first": f, "last": n} for (p, s), (f, n) in sorted(spans.items())]
    values = direct.rows_of(rows) | {"count": len(rows), "lazily": not durable}
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            direct.run(connection, _ADVANCE, values)
    except psycopg.errors.DivisionByZero:
        return False
    return True


# A stream that does not stand right before its first envelope makes the counts differ, and the division fails.
_ADVANCE = """
with given as materialized (
    select * from jsonb_to_recordset(cast(%(rows)s as jsonb))
        as r(publisher text, subject text, first bigint, last bigint)
), begun as (
    insert into inbox (publisher, subject, last) select publisher, subject, last from given where first = 1
    order by publisher, subject on conflict do nothing returning 1
), standing as (
    -- Row by row through the key: of a JSON value the planner expects a hundred rows, and reads the whole inbox.
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
