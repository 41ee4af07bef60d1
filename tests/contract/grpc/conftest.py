"""The toy shop behind a real gRPC server on a free port, and callers with and without tokens."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import grpc
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from grpc_tools import protoc  # type: ignore[import-untyped]

from chassis.access import Role
from chassis.grpckit.server import GrpcServer, Served, create_server
from chassis.message import City, Code, Command, Instant, Query
from chassis.pipeline import ServiceRuntime
from chassis.tokens import TokenSigner
from chassis.work import Read, Work
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy

HERE = Path(__file__).parent


class PlanDelivery(Command):
    """Everything that a wire can carry."""

    city: City
    deliver_time: Instant | None = None
    states: list[toy.State] = []
    labels: dict[str, Code] = {}
    floor: int | None = None


PLANNED: list[PlanDelivery] = []


@toy.commands.on(PlanDelivery, roles={Role.AGENT})
def plan_delivery(command: PlanDelivery, work: Work) -> toy.OrderView:
    PLANNED.append(command)
    return toy.OrderView("cities/350100/orders/plan", toy.State.OPEN, 0, command.deliver_time or toy.START)


class FollowOrders(Query):
    city: City
    cursor: Code = "0"


@dataclass(frozen=True)
class ChangesView:
    changes: list[str]
    cursor: str
    more: bool


HAPPENED: list[str] = []


@toy.queries.on(FollowOrders, roles={Role.AGENT})
def follow_orders(query: FollowOrders, read: Read) -> ChangesView:
    """Two at a time of what has happened."""
    done = int(query.cursor)
    found = HAPPENED[done : done + 2]
    return ChangesView(found, str(done + len(found)), len(HAPPENED) > done + len(found))


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The generated module of toy.proto."""
    out = tmp_path_factory.mktemp("generated")
    include = Path(protoc.__file__).parent / "_proto"
    assert protoc.main(["protoc", f"-I{HERE}", f"-I{include}", f"--python_out={out}", "toy.proto"]) == 0
    spec = importlib.util.spec_from_file_location("toy_pb2", out / "toy_pb2.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["toy_pb2"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def faults() -> toy.Faults:
    return toy.Faults()


@pytest.fixture
def shop(database_url: DatabaseUrl, faults: toy.Faults) -> Iterator[ServiceRuntime]:
    runtime = toy.run(toy.shop_service(faults), database_url("shop", toy.prepare_shop))
    yield runtime
    runtime.engine.dispose()


@pytest.fixture(scope="session")
def signer() -> TokenSigner:
    return TokenSigner(Ed25519PrivateKey.generate())


@pytest.fixture
def server(shop: ServiceRuntime, contract: ModuleType, signer: TokenSigner) -> Iterator[GrpcServer]:
    served = Served(contract.DESCRIPTOR.services_by_name["ShopService"], shop)
    server = create_server([served], signer.verifier, host="127.0.0.1", port=0)
    server.start()
    yield server
    server.stop(grace_seconds=2)


@pytest.fixture
def channel(server: GrpcServer) -> Iterator[grpc.Channel]:
    options = [("grpc.max_send_message_length", -1), ("grpc.enable_http_proxy", 0)]
    with grpc.insecure_channel(f"127.0.0.1:{server.port}", options=options) as channel:
        yield channel


@dataclass(frozen=True)
class Refusal:
    """What a caller can see of an error."""

    code: grpc.StatusCode
    message: str
    reason: str
    zh: str
    fields: dict[str, tuple[str, str]]


@dataclass
class Caller:
    channel: grpc.Channel
    token: str

    def __call__(self, rpc: str, request: Any, *, timeout: float = 20, reply: Any = None) -> Any:
        """`request` is a message, or raw bytes. Raises grpc.RpcError."""
        raw = request if isinstance(request, bytes) else request.SerializeToString()
        metadata = [("authorization", f"Bearer {self.token}")] if self.token else []
        answer = self.channel.unary_unary(f"/toy.v1.ShopService/{rpc}")(raw, timeout=timeout, metadata=metadata)
        return reply.FromString(answer) if reply else answer

    def refused(self, rpc: str, request: Any, **options: Any) -> Refusal:
        with pytest.raises(grpc.RpcError) as caught:
            self(rpc, request, **options)
        return refusal(caught.value)


def refusal(error: Any) -> Refusal:
    status = rpc_status.from_call(error)
    info, localized = error_details_pb2.ErrorInfo(), error_details_pb2.LocalizedMessage()
    bad = error_details_pb2.BadRequest()
    for detail in status.details if status else ():
        for kind in (info, localized, bad):
            detail.Unpack(kind)
    fields = {v.field: (v.localized_message.message, v.description) for v in bad.field_violations}
    return Refusal(error.code(), error.details(), info.reason, localized.message, fields)


@pytest.fixture
def call(channel: grpc.Channel, signer: TokenSigner) -> Caller:
    return Caller(channel, signer.issue(toy.agent()))


@pytest.fixture
def stranger(channel: grpc.Channel) -> Callable[[str], Caller]:
    return lambda token: Caller(channel, token)
