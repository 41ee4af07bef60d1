"""A gRPC client by names: any RPC of protos/ with plain fields, for our own program and tests."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import grpc
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from chassis.grpckit.wire import to_message

MESSAGE_LIMIT_BYTES = 24 * 1024 * 1024


class Client:
    """One channel; each call carries its token and a deadline."""

    def __init__(self, address: str, services: Mapping[str, ServiceDescriptor], *, limit_seconds: float = 30.0) -> None:
        self._channel = grpc.insecure_channel(
            address,
            options=[
                ("grpc.max_receive_message_length", MESSAGE_LIMIT_BYTES),
                # Left alone it would wait up to two minutes for a server that is long back.
                ("grpc.max_reconnect_backoff_ms", 2_000),
            ],
        )
        self._services, self._limit = services, limit_seconds
        self._senders: dict[tuple[str, str], tuple[type[Message], Callable[..., Message]]] = {}

    def call(self, token: str, service: str, rpc: str, fields: Mapping[str, Any]) -> Message:
        """Raises grpc.RpcError; `reason_of` tells its stable reason."""
        kind, send = self._senders.get((service, rpc)) or self._sender(service, rpc)
        return send(to_message(kind, fields), timeout=self._limit, metadata=[("authorization", f"Bearer {token}")])

    def follow(self, token: str, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        """The messages of a stream, without a limit of time; `cancel()` ends it. Reading raises grpc.RpcError."""
        descriptor = self._services[service]
        method = descriptor.methods_by_name[rpc]
        open_stream = self._channel.unary_stream(
            f"/{descriptor.full_name}/{rpc}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=GetMessageClass(method.output_type).FromString,
        )
        asked = to_message(GetMessageClass(method.input_type), fields)
        return open_stream(asked, metadata=[("authorization", f"Bearer {token}")])

    def _sender(self, service: str, rpc: str) -> tuple[type[Message], Callable[..., Message]]:
        """Made once for each RPC."""
        descriptor = self._services[service]
        method = descriptor.methods_by_name[rpc]
        send = self._channel.unary_unary(
            f"/{descriptor.full_name}/{rpc}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=GetMessageClass(method.output_type).FromString,
        )
        made = self._senders[service, rpc] = GetMessageClass(method.input_type), send
        return made

    def close(self) -> None:
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def reason_of(error: grpc.RpcError) -> str:
    """The ErrorInfo reason of a failed call; the status code's name when it carries none."""
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason)
    return str(error.code().name)
