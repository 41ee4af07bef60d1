"""How long a call waits for its message, and how many of one caller may where threads are short: each holds one."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc
import structlog

from chassis import grpc_limits as limits
from chassis.clock import monotonic
from chassis.domain import DomainError, Status

log = structlog.get_logger()
LOOK_SECONDS = 0.25


class TooManySilentCalls(DomainError):
    """Threads are short, and many of them wait for messages of this caller."""

    status = Status.RESOURCE_EXHAUSTED
    zh = "您有 {most} 个以上的调用尚未发完请求内容，请待其完成后再试"
    en = "{most} or more of your calls have not sent their message yet; try again when they have"


@dataclass(frozen=True)
class _Waiting:
    caller: str
    since: float
    until: float
    context: grpc.ServicerContext


@dataclass
class Patience:
    """One thread for all calls of a server ends those that have waited too long; their callers are told CANCELLED.

    Where threads become short, a caller keeps some calls whose messages take longer than a second, and loses those
    beyond. It is no limit of rate: who begins his calls anew each second still holds threads for that second.
    """

    _waiting: dict[int, _Waiting] = field(default_factory=dict)
    _at_work: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def thread(self) -> Iterator[None]:
        """What is done within holds one of the server's threads."""
        self._count(+1)
        try:
            yield
        finally:
            self._count(-1)

    @contextmanager
    def within(self, seconds: float, context: grpc.ServicerContext, caller: str = "") -> Iterator[None]:
        """What is done within is the caller's turn, and ends his call if it takes longer. Raises TooManySilentCalls.

        Without a name, his calls are counted elsewhere.
        """
        now = monotonic()
        with self._lock:
            if caller and self._short() and len(self._slow(now).get(caller, ())) >= limits.SILENT_CALLS:
                raise TooManySilentCalls(most=limits.SILENT_CALLS)
            self._waiting[id(context)] = _Waiting(caller, now, now + seconds, context)
        try:
            yield
        finally:
            with self._lock:
                del self._waiting[id(context)]

    def start(self) -> None:
        threading.Thread(target=self._watch, name="grpc-patience", daemon=True).start()

    def stop(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            with self._lock:  # a call that has just got its message is no longer there
                self._end_some(monotonic())

    def _end_some(self, now: float) -> None:
        late = [one for one in self._waiting.values() if one.until < now]
        many = [one for calls in self._slow(now).values() for one in calls[limits.SILENT_CALLS :]]
        for one in late:
            log.warning("message_never_came")
            one.context.cancel()
        for one in many if self._short() else ():
            log.warning("message_came_slowly", calls_of_one_caller=limits.SILENT_CALLS)
            one.context.cancel()

    def _short(self) -> bool:
        return self._at_work > limits.THREADS - limits.SPARE_THREADS

    def _slow(self, now: float) -> dict[str, list[_Waiting]]:
        """By caller, the oldest first: whether something of the message has come nobody tells us, only how long ago."""
        slow = defaultdict(list)
        for one in self._waiting.values():
            if one.caller and now - one.since > limits.SILENCE_SECONDS:
                slow[one.caller].append(one)
        return slow

    def _count(self, change: int) -> None:
        with self._lock:
            self._at_work += change
