"""How late the clocks are: the age of the oldest moment that is due and that no worker has acted on."""

import sqlalchemy as sa
from prometheus_client import Gauge

from chassis.pipeline import ServiceRuntime

LATENESS = Gauge("huying_sla_clock_lateness_seconds", "Age of the oldest due clock that has not been fired.")
_OLDEST = sa.text("select min(next_at) from clock where next_at <= :now")


def tell_lateness(runtime: ServiceRuntime) -> int:
    """A job that never has more to do."""
    with runtime.reading() as read:
        oldest = read.connection.execute(_OLDEST, {"now": read.now}).scalar()
    LATENESS.set((read.now - oldest).total_seconds() if oldest else 0.0)
    return 0
