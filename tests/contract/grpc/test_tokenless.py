"""What a stranger may ask, and that asking is all he can do."""

import threading
from collections.abc import Iterator
from types import ModuleType

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from chassis.grpc_limits import THREADS
from tests.contract.grpc.conftest import Caller
from tests.integration.chassis.toy import CITY


def test_reflection_lists_the_service(channel: grpc.Channel) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    (answer,) = list(stub.ServerReflectionInfo(iter([request])))
    names = {service.name for service in answer.list_services_response.service}
    assert {"toy.v1.ShopService", "grpc.health.v1.Health"} <= names


def forever() -> Iterator[bytes]:
    """The message of a caller who never sends it."""
    threading.Event().wait(60)
    yield b""


@pytest.mark.parametrize(
    "method",
    [
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/grpc.health.v1.Health/Check",
        "/toy.v1.ShopService/OpenOrder",
    ],
)
def test_idle_calls_without_a_token_stop_nobody(
    channel: grpc.Channel, call: Caller, contract: ModuleType, method: str
) -> None:
    idle = [channel.stream_stream(method)(forever()) for _ in range(THREADS * 9)]
    try:
        request = health_pb2.HealthCheckRequest()
        assert health_pb2_grpc.HealthStub(channel).Check(request, timeout=10).status
        opened = contract.OpenOrderRequest(city=CITY, case_id="c1", request_id="open-the-order")
        assert call("OpenOrder", opened, reply=contract.Order, timeout=10).name
    finally:
        for one in idle:
            one.cancel()
