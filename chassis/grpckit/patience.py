"""How long a call waits for its message, and how many of one caller may: each that waits holds a thread."""

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
    """The caller has opened as many calls as one may whose messages he keeps us waiting for."""

    status = Status.RESOURCE_EXHAUSTED
    zh = "您有 {most} 个调用迟迟未发送请求内容，请完成或取消后再试"
    en = "{most} of your calls wait for their message; send it or cancel them first"


@dataclass(frozen=True)
class _Waiting:
    caller: str
    since: float
    until: float
    context: grpc.ServicerContext


@dataclass
class Patience:
    """One thread for all calls of a server ends those that have waited too long; their callers are told CANCELLED.

    Those of one caller that are silent together may be half of the threads, so that nobody takes the others' place.
    """

    _waiting: dict[int, _Waiting] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def within(self, seconds: float, caller: str, context: grpc.ServicerContext) -> Iterator[None]:
        """What is done within is the caller's turn, and ends his call if it takes longer. Raises TooManySilentCalls."""
        now = monotonic()
        if len(self._silent(now).get(caller, ())) >= limits.SILENT_CALLS:
            raise TooManySilentCalls(most=limits.SILENT_CALLS)
        self._waiting[id(context)] = _Waiting(caller, now, now + seconds, context)
        try:
            yield
        finally:
            del self._waiting[id(context)]

    def start(self) -> None:
        threading.Thread(target=self._watch, name="grpc-patience", daemon=True).start()

    def stop(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            now = monotonic()
            late = [one for one in self._all() if one.until < now]
            many = [one for calls in self._silent(now).values() for one in calls[limits.SILENT_CALLS :]]
            for one in {*late, *many}:
                log.warning("message_never_came", caller=one.caller)
                one.context.cancel()

    def _silent(self, now: float) -> dict[str, list[_Waiting]]:
        """By caller, the oldest first; a message under way is not yet a silence."""
        silent = defaultdict(list)
        for one in self._all():
            if now - one.since > limits.SILENCE_SECONDS:
                silent[one.caller].append(one)
        return silent

    def _all(self) -> list[_Waiting]:
        """In the order in which they began."""
        return list(self._waiting.values())
