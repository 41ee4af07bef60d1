"""How late the clocks are: the age of the oldest moment that is due and that no worker has acted on.

Counted at each scrape from what the last look has found, so that it grows while nobody can look.
"""

import sqlalchemy as sa
from prometheus_client import Gauge

from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics

LATENESS = Gauge("huying_sla_clock_lateness_seconds", "Age of the oldest due clock that has not been fired.")
_OLDEST = sa.text("select min(next_at) from clock where next_at <= :now")


def tell_lateness(runtime: ServiceRuntime) -> int:
    """A job that never has more to do."""
    with runtime.reading() as read:
        oldest = read.connection.execute(_OLDEST, {"now": read.now}).scalar()
    metrics.tell_age(LATENESS, runtime.clock, oldest or read.now)
    return 0
