"""How many connections of a process's pool are in use."""

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from chassis.telemetry import metrics


def watch(service: str, engine: sa.Engine) -> None:
    """From now on a scrape tells it; asking costs nothing in between."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    metrics.POOL_SIZE.labels(service).set(pool.size())
    metrics.POOL_IN_USE.labels(service).set_function(pool.checkedout)
