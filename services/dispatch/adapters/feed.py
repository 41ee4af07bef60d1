"""Changes of orders as units may follow them: the outbox, kept for a week, and beside it the news of orders."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from prometheus_client import Gauge

from chassis.application import Job
from chassis.database import direct
from chassis.due import never
from chassis.events.horizon import Horizon
from chassis.housekeeping import PUBLISHED_FOR, SWEPT_AT_ONCE
from chassis.pipeline import ServiceRuntime
from chassis.work import Read, Work
from services.dispatch.adapters.tables import order_news
from services.dispatch.application.ports import Change, Changes
from services.dispatch.domain.feed_errors import CursorTooOld, CursorUnknown
from services.dispatch.domain.work_order import WorkOrder

SPAN = 2_000
"""So many changes, of whatever unit, are looked through at once."""
# What was being written when a cursor was given may be a little older than that.
MARGIN = timedelta(hours=1)
LAG = Gauge(
    "huying_dispatch_feed_lag_seconds",
    "How far a unit that follows its orders is behind: the age of its place, or for how long a transaction has held "
    "back what is new; 0 when it has come to the end.",
    ["unit"],
)


class OrderNews:
    """Rows beside the outbox, for what no event of ours tells."""

    def tell(self, work: Work, order: WorkOrder, what: str) -> None:
        work.write(order_news, {"work_order_id": order.id, "what": what, "happened_at": work.now})


class StoredFeed:
    def __init__(self) -> None:
        self._horizon = Horizon(("outbox.id", "order_news.number"))

    def after(self, read: Read, cursor: str, *, city: str, unit: str, size: int) -> Changes:
        """Raises CursorUnknown, CursorTooOld."""
        settled = self._horizon.look(read.connection)
        place = self._place(cursor, read.now) if cursor else settled
        if place >= settled:
            # Nothing has come, or it is not settled yet; a place ahead is another process's, whose look was later.
            LAG.labels(unit).set(self._horizon.held_seconds)
            return Changes([], _cursor(place, read.now), more=False)
        asked = {"after": place, "until": settled, "city": city, "unit": unit, "size": size}
        rows = direct.fetch(read.connection, _AFTER, asked)
        found = [Change(*row[3:]) for row in rows if row[3] is not None]
        looked_through, last, last_at = rows[0][:3]
        if len(found) == size:
            last, last_at = found[-1].number, found[-1].at
        elif looked_through < SPAN:
            LAG.labels(unit).set(self._horizon.held_seconds)
            return Changes(found, _cursor(settled, read.now), more=False)
        # What comes next is kept no longer than what was there: the cursor is as old as its place.
        LAG.labels(unit).set(max(0.0, (read.now - last_at).total_seconds()))
        return Changes(found, _cursor(last, last_at), more=True)

    def left(self, unit: str) -> None:
        """Another stream of the same unit tells its own again with its next look."""
        LAG.remove(unit)

    def _place(self, cursor: str, now: datetime) -> int:
        number, _, given = cursor.partition(".")
        if not (number.isascii() and number.isdigit() and given.isascii() and given.isdigit()):
            raise CursorUnknown(field="cursor")
        if int(number) > self._horizon.seen > 0 and int(given) < int(now.timestamp()) - _RESTORED_SECONDS:
            raise CursorUnknown(field="cursor")
        if now.timestamp() - int(given) > (PUBLISHED_FOR - MARGIN).total_seconds():
            raise CursorTooOld(field="cursor", days=PUBLISHED_FOR.days)
        return int(number)


# Within it a higher number may have been seen by another process only.
_RESTORED_SECONDS = 60


def _cursor(place: int, now: datetime) -> str:
    return f"{place}.{int(now.timestamp())}"


def forget_news(runtime: ServiceRuntime) -> int:
    """Deletes news as old as the events that are forgotten."""
    before = (runtime.clock.now().astimezone(UTC) - PUBLISHED_FOR).replace(minute=0, second=0, microsecond=0)
    with runtime.engine.begin() as connection:
        return connection.execute(_FORGET, {"before": before, "at_once": SWEPT_AT_ONCE}).rowcount


# Not in a simulation, as with the outbox.
JOB = Job("forget_news", forget_news, every_seconds=60.0, next_due=never)

_FORGET = sa.text(
    "delete from order_news n using (select number from order_news order by number limit :at_once) head "
    "where n.number = head.number and n.happened_at < :before"
)
# `named`: the units and sections that an event speaks of by themselves.
_AFTER = f"""
with span as materialized (
    (select id, split_part(type, '.', 2) as what, occurred_at as at, envelope->'payload'->>'work_order_id' as order_id,
        array[envelope->'payload'->>'unit', envelope->'payload'->>'section', envelope->'payload'->>'by'] as named
    from outbox where id > %(after)s and id <= %(until)s order by id limit {SPAN})
    union all
    (select number, what, happened_at, work_order_id, array[]::text[]
    from order_news where number > %(after)s and number <= %(until)s order by number limit {SPAN})
    order by id limit {SPAN}
)
select whole.*, own.*
from (select count(*), max(id), (array_agg(at order by id desc))[1] from span) whole left join (
    select span.id, order_id, what, at, named from span join work_order w on w.id = order_id
    where w.city = %(city)s and w.units @> array[%(unit)s]::text[] order by span.id limit %(size)s
) own on true order by own.id
"""
