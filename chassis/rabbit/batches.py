"""How large a batch may be: on a machine that has much else to do a large one would look as if it hung."""

BATCH, FIRST_BATCH = 200, 25
QUICK_SECONDS, SLOW_SECONDS = 0.5, 1.5
"""After a quick batch the next may be larger, after a slow one it is smaller. The watchdog waits for 5 s."""


def next_limit(limit: int, size: int, seconds: float) -> int:
    """How large a batch may be after one of this size that took so long."""
    if seconds > SLOW_SECONDS:
        return max(1, size // 2)
    return min(BATCH, 2 * limit) if seconds < QUICK_SECONDS and size == limit else limit
