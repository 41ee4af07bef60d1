"""One gRPC server for one or all services: token, deadline, size limits, health, reflection."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import grpc
import structlog
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health, health_pb2

from chassis import grpc_limits as limits
from chassis.access import Principal, Unauthenticated
from chassis.domain import BadFields, DomainError, Violation
from chassis.failures import CallTooLate, MessageTooLarge, Unexpected
from chassis.grpckit import tokenless
from chassis.grpckit.errors import to_grpc_status
from chassis.grpckit.patience import Patience
from chassis.grpckit.streams import STREAMS, Piece, Streams
from chassis.grpckit.wire import to_fields, to_message
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics, tracing
from chassis.telemetry.faults import places
from chassis.tokens import TokenVerifier

log = structlog.get_logger()


@dataclass(frozen=True)
class Served:
    """A service of protos/ and the runtime behind it."""

    descriptor: ServiceDescriptor
    runtime: ServiceRuntime


@dataclass
class GrpcServer:
    server: grpc.Server
    port: int
    health: health.HealthServicer
    names: tuple[str, ...]
    pool: ThreadPoolExecutor
    streams: Streams
    patience: Patience

    def start(self) -> None:
        self.patience.start()
        self.server.start()
        self.set_serving(True)

    def set_serving(self, serving: bool) -> None:
        status = health_pb2.HealthCheckResponse.ServingStatus.Value("SERVING" if serving else "NOT_SERVING")
        for name in ("", *self.names):
            self.health.set(name, status)

    def stop(self, grace_seconds: float = 5.0) -> None:
        """Takes nothing new, finishes what it has."""
        self.set_serving(False)
        self.streams.stop()
        self.server.stop(grace_seconds).wait()
        self.patience.stop()
        self.streams.pool.shutdown()  # they end with their next look


@dataclass(frozen=True)
class Tls:
    """PEM files of the server; never printed."""

    certificate: Path
    key: Path

    def credentials(self) -> grpc.ServerCredentials:
        return grpc.ssl_server_credentials([(self.key.read_bytes(), self.certificate.read_bytes())])


def create_server(
    served: Sequence[Served], verifier: TokenVerifier, *, host: str, port: int, tls: Tls | None = None
) -> GrpcServer:
    """Raises OSError when the port is taken or a file of `tls` cannot be read."""
    pool = ThreadPoolExecutor(limits.THREADS, thread_name_prefix="grpc")
    server = grpc.server(
        pool,
        options=[("grpc.max_receive_message_length", limits.READ_LIMIT_BYTES), ("grpc.so_reuseport", 0)],
        maximum_concurrent_rpcs=limits.THREADS * 8 + STREAMS,
    )
    streams, patience = Streams(), Patience()
    for one in served:
        handlers = {m.name: _handler(one.runtime, m, verifier, patience, streams) for m in one.descriptor.methods}
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(one.descriptor.full_name, handlers)])
    names = tuple(one.descriptor.full_name for one in served)
    checks = tokenless.serve(server, names)
    try:
        address = f"{host}:{port}"
        bound = server.add_secure_port(address, tls.credentials()) if tls else server.add_insecure_port(address)
    except RuntimeError:
        raise OSError(f"port {port} on {host} is taken") from None
    return GrpcServer(server, bound, checks, names, pool, streams, patience)


def _handler(
    runtime: ServiceRuntime, method: MethodDescriptor, verifier: TokenVerifier, patience: Patience, streams: Streams
) -> grpc.RpcMethodHandler:
    if method.server_streaming:
        return grpc.stream_stream_rpc_method_handler(_Stream(runtime, method, verifier, patience, streams))
    call = _Call(runtime, method, verifier, patience)
    # Bytes in, bytes out: a request that cannot be parsed gets our named error, not the library's. And as a stream of
    # one message, the same to the caller: a stranger is refused before any thread waits for what he may never send.
    return grpc.stream_unary_rpc_method_handler(call)


class _Call:
    def __init__(
        self, runtime: ServiceRuntime, method: MethodDescriptor, verifier: TokenVerifier, patience: Patience
    ) -> None:
        self.runtime, self.method, self.verifier, self.patience = runtime, method, verifier, patience
        self.request = GetMessageClass(method.input_type)
        self.response = GetMessageClass(method.output_type)
        self.run = call_by_name(runtime, method.name)
        self.seconds = metrics.GRPC_SECONDS.labels(method.full_name)

    def __call__(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        metadata = dict(context.invocation_metadata())
        parent = str(metadata.get("traceparent", ""))
        span = tracing.span(self.method.full_name, parent=parent)
        with span, self.seconds.time(), self.ending(context), self.patience.thread():
            return self._answer(requests, context, metadata)
        raise AssertionError("unreachable")

    @contextmanager
    def ending(self, context: grpc.ServicerContext) -> Iterator[None]:
        """Every end is counted, and an error told in its words."""
        try:
            yield
            metrics.GRPC_CALLS.labels(self.method.full_name, "OK" if context.is_active() else "CANCELLED").inc()
        except DomainError as error:
            self._abort(context, error)
        except (grpc.RpcError, GeneratorExit):  # the caller left, or sent more than we take: grpc has told him
            metrics.GRPC_CALLS.labels(self.method.full_name, "CANCELLED").inc()
            raise
        except Exception as error:
            log.error("unexpected", method=self.method.full_name, error=type(error).__name__, at=places(error))
            self._abort(context, Unexpected())

    def _abort(self, context: grpc.ServicerContext, error: DomainError) -> None:
        metrics.GRPC_CALLS.labels(self.method.full_name, error.status.value).inc()
        context.abort_with_status(to_grpc_status(error))

    def _answer(self, requests: Iterator[bytes], context: grpc.ServicerContext, metadata: dict[str, Any]) -> bytes:
        principal = self._caller(context, metadata)
        with self.patience.within(limits.MESSAGE_SECONDS, context, principal.id):
            raw = next(requests, b"")
        return self._told(self.run(principal, self._fields(raw)))

    def _caller(self, context: grpc.ServicerContext, metadata: dict[str, Any]) -> Principal:
        remaining = context.time_remaining()
        if remaining is not None and remaining <= 0:
            raise CallTooLate()
        return self.verifier.principal(_bearer(metadata))

    def _fields(self, raw: bytes) -> dict[str, Any]:
        if len(raw) > limits.RECEIVE_LIMIT_BYTES:
            size, limit = -(-len(raw) // limits.MIB), limits.RECEIVE_LIMIT_BYTES // limits.MIB
            raise MessageTooLarge(field="request", size_mib=size, limit_mib=limit)
        return to_fields(_parse(self.request, raw))

    def _told(self, view: Any) -> bytes:
        return to_message(self.response, view).SerializeToString()


class _Stream(_Call):
    """The same query again and again; the token is looked at each time, for it may expire meanwhile."""

    def __init__(
        self,
        runtime: ServiceRuntime,
        method: MethodDescriptor,
        verifier: TokenVerifier,
        patience: Patience,
        streams: Streams,
    ) -> None:
        super().__init__(runtime, method, verifier, patience)
        self.streams = streams
        self.left = runtime.service.queries.by_name[method.name].left
        self.experimental_thread_pool = streams.pool  # where grpc looks for it

    def __call__(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:  # type: ignore[override]
        metadata = dict(context.invocation_metadata())
        parent = str(metadata.get("traceparent", ""))

        def ask(given: dict[str, Any]) -> Piece:
            # Each look for itself: how long somebody listens says nothing about us.
            with tracing.span(self.method.full_name, parent=parent), self.seconds.time():
                return cast(Piece, self.run(self.verifier.principal(_bearer(metadata)), given))

        with self.ending(context):
            caller = self._caller(context, metadata)
            with self.streams.admit(self.method.full_name, caller.id, context) as stream, self._leaving(caller):
                with self.patience.within(limits.ASKED_SECONDS, context):
                    raw = next(requests, b"")
                for piece in self.streams.pieces(stream, ask, self._fields(raw)):
                    yield self._told(piece)

    @contextmanager
    def _leaving(self, caller: Principal) -> Iterator[None]:
        try:
            yield
        finally:
            if self.left:
                self.runtime.service.call(self.left, caller)


def call_by_name(runtime: ServiceRuntime, name: str) -> Callable[[Principal, dict[str, Any]], Any]:
    """The command or query of the RPC's name, called with plain fields; a service without one cannot start."""
    command = runtime.service.commands.by_name.get(name)
    if command:
        return lambda principal, fields: runtime.execute(principal, command.message.of(fields))
    query = runtime.service.queries.by_name.get(name)
    if query:
        return lambda principal, fields: runtime.query(principal, query.message.of(fields))
    raise LookupError(f"{runtime.name} has no command or query {name}")


def _parse(kind: type[Message], raw: bytes) -> Message:
    message = kind()
    try:
        message.ParseFromString(raw)
    except DecodeError:
        raise BadFields(
            [Violation("request", "无法解析，文本须为 UTF-8", "cannot be parsed; text must be UTF-8")]
        ) from None
    return message


def _bearer(metadata: dict[str, Any]) -> str:
    scheme, _, token = str(metadata.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    return token
