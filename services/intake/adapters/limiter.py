"""Look-ups per number and per caller, counted in this process."""

import threading
from collections import OrderedDict
from datetime import datetime

KEPT = 20_000
# Kind of key: how many at once, and how many seconds until one more.
SHARES = {"number": (10.0, 60.0), "caller": (300.0, 0.05)}


class TokenBuckets:
    """Each key has a bucket that fills slowly; an empty one refuses. The least used buckets are forgotten."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, now: datetime) -> bool:
        most, seconds = SHARES[key.partition("/")[0]]
        with self._lock:
            left, at = self._buckets.pop(key, (most, now))
            left = min(most, left + max(0.0, (now - at).total_seconds()) / seconds)
            allowed = left >= 1
            self._buckets[key] = (left - 1 if allowed else left, max(at, now))
            while len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
        return allowed
