"""The timer: lights of due clocks, in batches, each once and never early."""

from datetime import datetime

import sqlalchemy as sa

from chassis.pipeline import ServiceRuntime
from chassis.work import Work
from services.sla.adapters import stores

BATCH = 1000
_DUE = sa.text(
    "select body::text, version from clock where next_at <= :now order by next_at, id limit :batch "
    "for update skip locked"
)
_NEXT = sa.text("select min(next_at) from clock")


def fire_clocks(runtime: ServiceRuntime) -> int:
    """Fires one batch: state, fact and event of each clock in one transaction. Returns how many."""
    return runtime.in_work(_fire)


def next_due(connection: sa.Connection) -> datetime | None:
    found: datetime | None = connection.execute(_NEXT).scalar()
    return found


def _fire(work: Work) -> int:
    due = work.connection.execute(_DUE, {"now": work.now, "batch": BATCH}).all()
    for body, version in due:
        clock = stores.clocks.decode(body, version)
        work.save(clock, *clock.tick(work.now))
    return len(due)
