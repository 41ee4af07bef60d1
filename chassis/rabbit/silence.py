"""Who has been silent lately: askers lose no more time with them, but for one now and then who tries."""

import threading
import time
from collections.abc import Callable

MISSES = 3
PAUSE_SECONDS = 2.0


class Silences:
    """Questions that went unanswered for their whole time limit, several times one after another."""

    def __init__(
        self,
        *,
        misses: int = MISSES,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._misses, self._pause, self._clock = misses, pause, clock
        self._known: dict[tuple[str, str], tuple[int, float]] = {}
        self._lock = threading.Lock()

    def expected(self, service: str, question: str) -> bool:
        """Whether it is not worth asking now. Of those who are told otherwise during a silence, the first one tries."""
        now = self._clock()
        with self._lock:
            missed, until = self._known.get((service, question), (0, now))
            if missed < self._misses:
                return False
            if now < until:
                return True
            self._known[service, question] = missed, now + self._pause
            return False

    def missed(self, service: str, question: str) -> None:
        with self._lock:
            missed, _ = self._known.get((service, question), (0, 0.0))
            self._known[service, question] = missed + 1, self._clock() + self._pause

    def heard(self, service: str, question: str) -> None:
        if self._known.get((service, question)):
            with self._lock:
                self._known.pop((service, question), None)
