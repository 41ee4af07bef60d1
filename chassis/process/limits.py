"""How many connections to its database each role may have busy at once, and for how long."""

from dataclasses import dataclass

from chassis.database.engine import BATCH_LOCK_MS, BATCH_STATEMENT_MS
from chassis.events.envelope import SHARDS
from chassis.grpc_limits import THREADS
from chassis.settings import Settings

QUESTIONS_AT_ONCE = 10


@dataclass(frozen=True)
class Limits:
    """What a role may ask of the database."""

    pool_size: int
    statement_ms: int = 15_000
    lock_ms: int = 5_000


LIMITS = {
    "bus": Limits(SHARDS // 8 + QUESTIONS_AT_ONCE + 2, statement_ms=BATCH_STATEMENT_MS, lock_ms=BATCH_LOCK_MS),
    "grpc": Limits(THREADS),
    "worker": Limits(12),
}


def pool_of(settings: Settings, role: str) -> int:
    """As the operator says, else as many as the role can have busy at once."""
    return settings.pool_size if "pool_size" in settings.model_fields_set else LIMITS[role].pool_size
