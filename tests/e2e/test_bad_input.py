"""Bad input gets a named error with field and reason in Chinese and English, and changes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from chassis.access import Principal
from chassis.clock import WallClock
from chassis.domain import BadFields, DomainError
from chassis.grpckit.client import Client
from chassis.grpckit.server import Served, create_server
from chassis.tokens import TokenSigner
from cli.province import SERVICES, descriptor_of
from tests.e2e.acts import Life, registered
from tests.e2e.bad_input import ANYWHERE, BAD, Scene
from tests.e2e.conftest import Stage, office, seat, unit


@pytest.fixture(scope="module")
def scene(shared_stage: Stage) -> Scene:
    over = Life.begun(shared_stage).completed()
    over.rate("satisfied")
    return Scene(shared_stage, registered(shared_stage), Life.begun(shared_stage), over)


def digests(stage: Stage) -> dict[str, str]:
    """Count and digest of every table of the five databases."""
    sql = (
        "select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from \"{}\" t"
    )
    databases = stage.databases
    return {
        f"{service}.{table}": databases.rows(service, sql.format(table))[0][0]
        for service in databases.services
        for table in databases.tables(service)
    }


@pytest.fixture
def unchanged(scene: Scene) -> Iterator[None]:
    scene.stage.province.settle()
    before = digests(scene.stage)
    yield
    scene.stage.province.settle()
    assert digests(scene.stage) == before


def caller_of(scene: Scene, who: str) -> Principal:
    people = {"seat": seat(), "office": office(), "anywhere": ANYWHERE}
    return people.get(who) or unit(scene.life.lead.unit)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_by_name_and_changes_nothing(scene: Scene, bad: str) -> None:
    who, service, rpc, fields, reason, field = BAD[bad]
    request = fields(scene)
    if service != "sla":
        request = {"request_id": "bad-input-1", **request}
    with pytest.raises(DomainError) as refused:
        scene.stage.province.call(caller_of(scene, who), service, rpc, request)
    error = refused.value
    fields_named = [v.field for v in error.violations] if isinstance(error, BadFields) else [error.field]
    assert (error.reason, fields_named) == (reason, [field])
    _speaks_both(error.message_zh, error.message_en)
    for violation in error.violations if isinstance(error, BadFields) else ():
        _speaks_both(violation.zh, violation.en)


def _speaks_both(zh: str, en: str) -> None:
    assert re.search("[一-鿿]", zh), zh
    assert re.search("[a-z]{2}", en), en
    assert "{" not in zh + en


def test_the_same_request_id_with_other_content_is_refused(scene: Scene) -> None:
    request = {"request_id": "twice-00001", **scene.registration(text="第一次说的话")}
    first = scene.stage.province.call(seat(), "intake", "RegisterCase", request)
    scene.stage.province.settle()
    before = digests(scene.stage)
    again = scene.stage.province.call(seat(), "intake", "RegisterCase", request)
    assert again.case.name == first.case.name
    with pytest.raises(DomainError) as refused:
        scene.stage.province.call(seat(), "intake", "RegisterCase", request | {"text": "另一番话"})
    assert refused.value.reason == "REQUEST_ID_REUSED"
    _speaks_both(refused.value.message_zh, refused.value.message_en)
    assert digests(scene.stage) == before


# -- through a real gRPC server ----------------------------------------------------------------------------------------


@dataclass
class Line:
    """A channel to the province's own server."""

    address: str
    client: Client
    signer: TokenSigner

    def token(self, principal: Principal, **how: Any) -> str:
        return self.signer.issue(principal, **how)

    def raw(self, token: str, service: str, rpc: str, request: bytes) -> bytes:
        """Bytes as they are, well-formed or not."""
        with grpc.insecure_channel(self.address) as channel:
            call = channel.unary_unary(f"/{descriptor_of(service).full_name}/{rpc}")
            answer: bytes = call(request, timeout=20, metadata=[("authorization", f"Bearer {token}")])
            return answer


@pytest.fixture(scope="module")
def line(shared_stage: Stage) -> Iterator[Line]:
    province = shared_stage.province
    served = [Served(descriptor_of(name), runtime) for name, runtime in province.runtimes.items()]
    server = create_server(served, province.signer.verifier, host="127.0.0.1", port=0)
    server.start()
    address = f"127.0.0.1:{server.port}"
    with Client(address, {name: descriptor_of(name) for name in SERVICES}) as client:
        yield Line(address, client, province.signer)
    server.stop(0)


def told(error: grpc.RpcError) -> tuple[str, str, list[str]]:
    """Status, reason and fields of a failed call; it has words in both languages."""
    status = rpc_status.from_call(error)
    info, request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    chinese = error_details_pb2.LocalizedMessage()
    for detail in status.details:
        for kind in (info, request, chinese):
            detail.Unpack(kind)
    _speaks_both(chinese.message, status.message)
    for violation in request.field_violations:
        _speaks_both(violation.localized_message.message, violation.description)
    return error.code().name, info.reason, [v.field for v in request.field_violations]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ("empty text", "INVALID_ARGUMENT"),
        ("100,000 characters", "INVALID_ARGUMENT"),
        ("NUL in text", "INVALID_ARGUMENT"),
        ("bad phone", "INVALID_ARGUMENT"),
        ("unknown item", "INVALID_ARGUMENT"),
        ("no such case", "NOT_FOUND"),
        ("version moved on", "ABORTED"),
        ("step not allowed", "FAILED_PRECONDITION"),
        ("attachment too large", "INVALID_ARGUMENT"),
        ("attachment of a false type", "INVALID_ARGUMENT"),
        ("unknown lead", "INVALID_ARGUMENT"),
        ("order of another city", "PERMISSION_DENIED"),
    ],
)
def test_grpc_says_status_reason_and_field_in_two_languages(scene: Scene, line: Line, bad: str, status: str) -> None:
    who, service, rpc, fields, reason, field = BAD[bad]
    token = line.token(caller_of(scene, who))
    with pytest.raises(grpc.RpcError) as refused:
        line.client.call(token, service, rpc, {"request_id": "bad-input-2", **fields(scene)})
    assert told(refused.value) == (status, reason, [field] if field else [])


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("raw", [b"\x2a\x03\xff\xfe\xfd", b"\xff\xff\xff", b"\x0a\xff\x01x"])
def test_invalid_utf8_and_bytes_that_are_no_message_are_refused(line: Line, raw: bytes) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        line.raw(line.token(seat()), "intake", "RegisterCase", raw)
    assert told(refused.value) == ("INVALID_ARGUMENT", "BAD_FIELDS", ["request"])


@pytest.mark.usefixtures("unchanged")
def test_unknown_foreign_and_expired_tokens_are_refused(scene: Scene, line: Line) -> None:
    past = WallClock().now() - timedelta(days=2)
    stranger = TokenSigner.load_or_create(scene.stage.province.settings.data_dir / "elsewhere")
    tokens = ["", "nonsense", stranger.issue(seat()), line.token(seat(), now=past)]
    for token in tokens:
        with pytest.raises(grpc.RpcError) as refused:
            line.client.call(token, "intake", "AcceptCase", {"request_id": "bad-input-3", "name": scene.fresh.name})
        assert told(refused.value) == ("UNAUTHENTICATED", "UNAUTHENTICATED", [])


@pytest.mark.usefixtures("unchanged")
def test_a_message_larger_than_the_border_lets_through_is_refused(scene: Scene, line: Line) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        line.client.call(
            line.token(seat()),
            "intake",
            "UploadAttachment",
            {"request_id": "bad-input-4", **scene.file(bytes(25 << 20))},
        )
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
