"""RPCs that answer with a stream: one query, put again from its own cursor for as long as the caller listens.

Such a query has a field `cursor`, and its view `cursor` (where the next one goes on), `more` (it need not wait) and
`changes`. A stream holds a thread of its own, and a connection only while the query runs. Whoever reads slowly is
written to slowly: the next piece is asked for when the last one has gone.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import grpc

from chassis.clock import monotonic
from chassis.domain import DomainError, Status
from chassis.telemetry import metrics

STREAMS, PER_CALLER = 64, 2
# Of the connections of a process, streams together never take more.
QUERIES_AT_ONCE = 4
PAUSE_SECONDS, CATCH_UP_SECONDS = 1.0, 0.05
# An empty message tells that the stream lives, and brings a younger cursor.
ALIVE_SECONDS = 15.0


class TooManyStreams(DomainError):
    """The process has no thread left for another one."""

    status = Status.RESOURCE_EXHAUSTED
    zh = "同时打开的数据流已达上限 {most}，请稍后重连"
    en = "{most} streams are open, and no more can be; connect again later"


class Piece(Protocol):
    changes: Any
    cursor: str
    more: bool


@dataclass
class Open:
    caller: str
    context: grpc.ServicerContext
    left: threading.Event = field(default_factory=threading.Event)


class Streams:
    """All streams of one server. A caller who comes once more ends his oldest: after a break he need not wait."""

    def __init__(self) -> None:
        # Some more threads than streams: from them a newcomer is refused, or ends the oldest.
        self.pool = ThreadPoolExecutor(STREAMS + 8, thread_name_prefix="stream")
        self._open: list[Open] = []
        self._stopping = False
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(QUERIES_AT_ONCE)

    def stop(self) -> None:
        """All end as if they were read out; their callers come back to another process, or after the start."""
        with self._lock:
            self._stopping = True
            for stream in self._open:
                stream.left.set()

    def pieces(self, stream: Open, ask: Callable[[dict[str, Any]], Piece], given: dict[str, Any]) -> Iterator[Piece]:
        """Raises what `ask` raises."""
        told = float("-inf")
        while not stream.left.is_set():
            with self._turns:
                piece = ask(given)
            given["cursor"] = piece.cursor
            if piece.changes or monotonic() - told > ALIVE_SECONDS:
                yield piece
                told = monotonic()
            stream.left.wait(CATCH_UP_SECONDS if piece.more else PAUSE_SECONDS)

    @contextmanager
    def admit(self, method: str, caller: str, context: grpc.ServicerContext) -> Iterator[Open]:
        """Before the request is waited for, so that also who never sends it has two places. Raises TooManyStreams."""
        stream = Open(caller, context)
        with self._lock:
            own = [one for one in self._open if one.caller == caller]
            oldest = own[0] if len(own) >= PER_CALLER else None
            if oldest:
                self._open.remove(oldest)
            if self._stopping or len(self._open) >= STREAMS:
                raise TooManyStreams(most=STREAMS)
            self._open.append(stream)
        if oldest:
            oldest.context.cancel()  # also one that waits for a caller who reads no more
        gauge = metrics.GRPC_STREAMS.labels(method)
        gauge.inc()
        try:
            if not context.add_callback(stream.left.set):
                stream.left.set()
            yield stream
        finally:
            gauge.dec()
            with self._lock:
                if stream in self._open:
                    self._open.remove(stream)
