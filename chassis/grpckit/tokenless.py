"""What may be called without a token: Health.Check and reflection, on threads of their own.

Nobody is asked here who he is, so nobody may keep anything: a stream that stays open, or a call whose message never
comes, goes when enough newer ones have come. Health.Watch is not offered: it would keep a stream for every caller.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2
from grpc_reflection.v1alpha import reflection, reflection_pb2

CALLS_AT_ONCE = 8


def serve(server: grpc.Server, names: Sequence[str]) -> health.HealthServicer:
    checks = health.HealthServicer()
    every = reflection.ReflectionServicer([*names, health.SERVICE_NAME, reflection.SERVICE_NAME])
    newest = _Newest()
    check = grpc.stream_unary_rpc_method_handler(
        _Behaviour(newest, lambda requests, context: _check(checks, requests, context)),
        request_deserializer=health_pb2.HealthCheckRequest.FromString,
        response_serializer=health_pb2.HealthCheckResponse.SerializeToString,
    )
    info = grpc.stream_stream_rpc_method_handler(
        _Streaming(newest, every.ServerReflectionInfo),
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for service, handlers in (
        (health.SERVICE_NAME, {"Check": check}),
        (reflection.SERVICE_NAME, {"ServerReflectionInfo": info}),
    ):
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(service, handlers)])
    return checks


def _check(checks: health.HealthServicer, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
    request = next(requests, None)
    if request is None:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "a message is missing")
    return checks.Check(request, context)


class _Newest:
    """At most so many calls at once: one more ends the oldest."""

    def __init__(self) -> None:
        # One thread more than calls: from it a newcomer ends the oldest.
        self.pool = ThreadPoolExecutor(CALLS_AT_ONCE + 1, thread_name_prefix="tokenless")
        self._calls: deque[grpc.ServicerContext] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def admit(self, context: grpc.ServicerContext) -> Iterator[None]:
        with self._lock:
            self._calls.append(context)
            oldest = self._calls.popleft() if len(self._calls) > CALLS_AT_ONCE else None
        if oldest:
            oldest.cancel()
        try:
            yield
        finally:
            with self._lock, suppress(ValueError):
                self._calls.remove(context)


class _Behaviour:
    def __init__(self, newest: _Newest, run: Callable[[Iterator[Any], grpc.ServicerContext], Any]) -> None:
        self.newest, self.run = newest, run
        self.experimental_thread_pool = newest.pool  # where grpc looks for it

    def __call__(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
        with self.newest.admit(context):
            return self.run(requests, context)


class _Streaming(_Behaviour):
    def __call__(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        with self.newest.admit(context):
            yield from self.run(requests, context)
