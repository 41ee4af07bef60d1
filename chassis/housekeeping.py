"""What every service does for itself: forget old answers and events, tell how far behind it is."""

from datetime import timedelta

import sqlalchemy as sa

from chassis.application import Job
from chassis.due import Due, never
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics

REMEMBERED_FOR = timedelta(hours=72)
PUBLISHED_FOR = timedelta(days=7)
SWEPT_AT_ONCE = 5_000
# On the full hour, so that a simulation does not stop for every single answer.
next_to_forget = Due(
    f"select date_trunc('hour', min(created_at)) + interval '{REMEMBERED_FOR.total_seconds():.0f} s' + "
    "interval '1 hour' from remembered"
)


def forget_answers(runtime: ServiceRuntime) -> int:
    """Deletes remembered answers after 72 h: until then a repeated request gets the first answer."""
    limit = {"before": runtime.clock.now() - REMEMBERED_FOR, "at_once": SWEPT_AT_ONCE}
    with runtime.engine.begin() as connection:
        return connection.execute(_FORGET, limit).rowcount


def forget_published(runtime: ServiceRuntime) -> int:
    """Deletes events a week after they happened, once published: until then the audit can have them sent again."""
    before = (runtime.clock.now() - PUBLISHED_FOR).replace(minute=0, second=0, microsecond=0)
    with runtime.engine.begin() as connection:
        return connection.execute(_FORGET_PUBLISHED, {"before": before, "at_once": SWEPT_AT_ONCE}).rowcount


def tell_lag(runtime: ServiceRuntime) -> int:
    """Sets the gauges of the outbox, the parking and the partitions; it never has more to do."""
    now = runtime.clock.now()
    with runtime.engine.connect() as connection:
        oldest, bulk = connection.execute(_OLDEST).one()
        parked = {str(state): int(count) for state, count in connection.execute(_PARKED)}
        unheld = connection.execute(_UNHELD, {"consumer": runtime.name}).scalar_one()
    metrics.tell_age(metrics.OUTBOX_LAG.labels(runtime.name), runtime.clock, oldest or now)
    metrics.LEASES_UNHELD.labels(runtime.name).set(unheld)
    metrics.OUTBOX_BULK.labels(runtime.name).set(bulk)
    for state in ("waiting", "not_yet", "failed", "dead"):
        metrics.PARKED.labels(runtime.name, state).set(parked.get(state, 0))
    return 0


JOBS = (
    Job("forget_answers", forget_answers, every_seconds=60.0, next_due=next_to_forget, steady=True),
    # Not in a simulation, whose weeks pass in seconds and whose outbox is looked at afterwards.
    Job("forget_published", forget_published, every_seconds=60.0, next_due=never),
    Job("tell_lag", tell_lag, every_seconds=5.0, next_due=never),
)

_FORGET = sa.text(
    "delete from remembered where ctid = any(array("
    "select ctid from remembered where created_at < :before order by created_at limit :at_once))"
)
# The first rows of the outbox are its oldest; by the time of the event, so that what is kept of a subject has no holes.
_FORGET_PUBLISHED = sa.text(
    "delete from outbox o using (select id from outbox order by id limit :at_once) head "
    "where o.id = head.id and o.occurred_at < :before and o.published_at is not null"
)
_OLDEST = sa.text(
    "select min(occurred_at) filter (where not bulk), count(*) filter (where bulk) "
    "from outbox where published_at is null"
)
_PARKED = sa.text("select state, count(*) from parked group by state")
# Those of a newer generation wait for the older one, and nobody is to hold them yet.
_UNHELD = sa.text(
    "select count(*) from partition_lease where consumer = :consumer and not closed "
    "and (owner = '' or until < now()) and generation = "
    "(select min(generation) from partition_lease where consumer = :consumer and not closed)"
)
