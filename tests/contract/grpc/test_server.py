"""What every caller of every RPC can count on: answers, named errors, limits, health and reflection."""

import threading
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from urllib.parse import quote

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from grpc_health.v1 import health_pb2, health_pb2_grpc
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from chassis.access import Principal, Role
from chassis.database import create_engine
from chassis.domain import BadFields, Violation
from chassis.grpc_limits import READ_LIMIT_BYTES, RECEIVE_LIMIT_BYTES
from chassis.grpckit.errors import to_rpc_status
from chassis.grpckit.server import GrpcServer, Served, create_server
from chassis.pipeline import ServiceRuntime
from chassis.telemetry.logging import add_trace
from chassis.tokens import ISSUER, TokenSigner
from tests.contract.grpc.conftest import PLANNED, Caller
from tests.integration.chassis import toy
from tests.integration.chassis.toy import CITY, OTHER_CITY, START, agent

Stranger = Callable[[str], Caller]


@pytest.fixture
def opened(call: Caller, contract: ModuleType) -> str:
    request = contract.OpenOrderRequest(city=CITY, case_id="c1", request_id="open-the-order")
    return str(call("OpenOrder", request, reply=contract.Order).name)


def test_a_command_and_a_query_answer_in_the_words_of_the_proto(
    call: Caller, contract: ModuleType, opened: str
) -> None:
    request = contract.AddItemRequest(name=opened, item="apple", amount=3, request_id="add-the-apple")
    added = call("AddItem", request, reply=contract.Order)
    assert added == call("GetOrder", contract.GetOrderRequest(name=opened), reply=contract.Order)
    assert (added.state, added.total) == (contract.ORDER_STATE_OPEN, 3)
    assert added.create_time.ToDatetime(tzinfo=UTC) == START


def test_times_enums_maps_and_absent_fields_cross_the_wire(call: Caller, contract: ModuleType) -> None:
    PLANNED.clear()
    request = contract.PlanDeliveryRequest(city=CITY, states=[1, 2], labels={"街道": "鼓楼"}, request_id="plan-it-1")
    call("PlanDelivery", request)
    request.deliver_time.FromDatetime(START)
    request.floor, request.request_id = 0, "plan-it-2"
    answer = call("PlanDelivery", request, reply=contract.Order)
    absent, given = PLANNED
    assert (absent.deliver_time, absent.floor) == (None, None)
    assert (given.deliver_time, given.floor) == (START, 0)
    assert given.states == [toy.State.OPEN, toy.State.CLOSED]
    assert given.labels == {"街道": "鼓楼"}
    assert answer.create_time.ToDatetime(tzinfo=UTC) == START


def test_every_bad_field_is_named_in_two_languages(call: Caller, contract: ModuleType) -> None:
    refused = call.refused("OpenOrder", contract.OpenOrderRequest(city="福州", request_id="short"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "BAD_FIELDS")
    assert refused.fields == {
        "city": ("格式不正确", "has a wrong format"),
        "case_id": ("必填", "is required"),
        "request_id": ("格式不正确", "has a wrong format"),
    }
    assert refused.zh.startswith("请求有误：")
    assert refused.message.startswith("bad request: ")


def test_an_error_with_very_many_bad_fields_still_reaches_the_caller(call: Caller, contract: ModuleType) -> None:
    labels = {f"{n}{'很长' * 200}": "" for n in range(500)}
    request = contract.PlanDeliveryRequest(city=CITY, labels=labels, request_id="plan-it-1")
    refused = call.refused("PlanDelivery", request)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "BAD_FIELDS")
    assert len(refused.fields) == 10


def test_the_longest_error_fits_into_what_clients_take() -> None:
    long = "很长" * 200
    status = to_rpc_status(BadFields(Violation(long, long, long) for _ in range(500)))
    assert len(b64encode(status.SerializeToString())) + len(quote(status.message)) < 7 * 1024


def test_a_time_out_of_range_is_a_bad_field(call: Caller, contract: ModuleType) -> None:
    request = contract.PlanDeliveryRequest(city=CITY, deliver_time={"seconds": 10**15}, request_id="plan-it-1")
    refused = call.refused("PlanDelivery", request)
    assert (refused.reason, list(refused.fields)) == ("BAD_FIELDS", ["deliver_time"])


def test_a_refused_step_carries_its_reason_and_a_chinese_message(
    call: Caller, contract: ModuleType, opened: str, shop: ServiceRuntime
) -> None:
    shop.execute(agent(), toy.CloseOrder.of({"name": opened, "request_id": "close-it-1"}))
    request = contract.AddItemRequest(name=opened, item="apple", request_id="add-the-apple")
    refused = call.refused("AddItem", request)
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "STEP_NOT_ALLOWED")
    assert refused.zh == "当前状态为 closed，不能转为 open"


def test_the_same_request_id_with_other_content_is_refused(call: Caller, contract: ModuleType, opened: str) -> None:
    request = contract.OpenOrderRequest(city=CITY, case_id="c2", request_id="open-the-order")
    refused = call.refused("OpenOrder", request)
    assert (refused.code, refused.reason) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED")
    assert list(refused.fields) == ["request_id"]


def test_a_defect_of_ours_shows_no_internals_to_the_caller_nor_personal_data_to_the_log(
    call: Caller, contract: ModuleType, opened: str, faults: toy.Faults
) -> None:
    def defect(_item: str) -> None:
        raise RuntimeError("citizen 13800000000")

    faults.before = defect
    request = contract.AddItemRequest(name=opened, item="apple", request_id="add-the-apple")
    with capture_logs([add_trace]) as logs:
        refused = call.refused("AddItem", request)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INTERNAL, "UNEXPECTED")
    assert "13800000000" not in refused.message
    (entry,) = [entry for entry in logs if entry["event"] == "unexpected"]
    assert (entry["error"], entry["subject"], len(entry["trace"])) == ("RuntimeError", opened, 32)
    assert "defect" in entry["at"][-1]
    assert "13800000000" not in str(entry)


# -- requests that are no requests -------------------------------------------------------------------------------------


def test_calls_are_counted_also_when_no_handler_is_reached(call: Caller, contract: ModuleType) -> None:
    def counted(code: str) -> float:
        labels = {"method": "toy.v1.ShopService.OpenOrder", "code": code}
        return REGISTRY.get_sample_value("huying_grpc_calls_total", labels) or 0.0

    def took() -> float:
        labels = {"method": "toy.v1.ShopService.OpenOrder"}
        return REGISTRY.get_sample_value("huying_grpc_call_seconds_count", labels) or 0.0

    before, timed = (counted("INVALID_ARGUMENT"), counted("UNAUTHENTICATED")), took()
    call.refused("OpenOrder", contract.OpenOrderRequest())
    replace(call, token="").refused("OpenOrder", contract.OpenOrderRequest())
    assert (counted("INVALID_ARGUMENT"), counted("UNAUTHENTICATED")) == (before[0] + 1, before[1] + 1)
    assert took() == timed + 2


@pytest.mark.parametrize("raw", [b"\x0a\x06\xff\xfe3501", b"\x0a\xff", b"not protobuf at all"])
def test_what_cannot_be_parsed_is_a_bad_request(call: Caller, raw: bytes) -> None:
    refused = call.refused("OpenOrder", raw)
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "BAD_FIELDS")
    assert "UTF-8" in refused.fields["request"][0]


def test_a_zero_character_is_a_bad_field(call: Caller, contract: ModuleType) -> None:
    request = contract.OpenOrderRequest(city=CITY, case_id="c\x001", request_id="open-the-order")
    assert list(call.refused("OpenOrder", request).fields) == ["case_id"]


def test_an_oversized_message_is_refused_and_the_server_goes_on(call: Caller, contract: ModuleType) -> None:
    request = contract.OpenOrderRequest(city=CITY, case_id="c" * (RECEIVE_LIMIT_BYTES + 1), request_id="open-the-order")
    refused = call.refused("OpenOrder", request)
    assert (refused.code, refused.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE")
    assert (
        refused.fields["request"]
        == (refused.zh, refused.message)
        == (
            "请求过大：25 MB，上限 24 MB",
            "the request has 25 MB, the limit is 24 MB",
        )
    )
    request.case_id = "c" * READ_LIMIT_BYTES
    assert call.refused("OpenOrder", request).code == grpc.StatusCode.RESOURCE_EXHAUSTED
    request.case_id = "c1"
    assert call("OpenOrder", request, reply=contract.Order).name


def test_an_unknown_method_is_unimplemented(call: Caller) -> None:
    assert call.refused("BurnOrder", b"").code == grpc.StatusCode.UNIMPLEMENTED


# -- deadlines ---------------------------------------------------------------------------------------------------------


def test_a_call_whose_deadline_passed_while_it_waited_is_not_begun(
    call: Caller, contract: ModuleType, faults: toy.Faults, shop: ServiceRuntime
) -> None:
    full, go_on = threading.Barrier(17), threading.Event()
    runs: list[str] = []

    def hold(item: str) -> None:
        runs.append(item)
        full.wait(20)
        assert go_on.wait(20)

    def open_one(n: int) -> object:
        return call("OpenOrder", contract.OpenOrderRequest(city=CITY, case_id=f"c{n}", request_id=f"open-the-{n:03}"))

    shop.engine.dispose()
    shop.engine = create_engine(shop.engine.url.render_as_string(hide_password=False), pool_size=20)
    faults.before = hold
    with ThreadPoolExecutor(16) as pool:
        busy = [pool.submit(open_one, n) for n in range(16)]
        full.wait(20)
        late = contract.OpenOrderRequest(city=CITY, case_id="late", request_id="open-too-late")
        refused = call.refused("OpenOrder", late, timeout=0.2)
        go_on.set()
        assert all(b.result(20) for b in busy)
    assert refused.code == grpc.StatusCode.DEADLINE_EXCEEDED
    assert len(runs) == 16


# -- tokens ------------------------------------------------------------------------------------------------------------


def get(contract: ModuleType) -> object:
    return contract.GetOrderRequest(name=f"cities/{CITY}/orders/none")


def bad_tokens(signer: TokenSigner) -> dict[str, str]:
    good = signer.issue(agent())
    head, body, signature = good.split(".")
    system = Principal(id="x", roles=frozenset({Role.SYSTEM}), cities=frozenset({"*"}))
    claims = jwt.decode(good, options={"verify_signature": False})
    return {
        "missing": "",
        "no token": "abc",
        "expired": signer.issue(agent(), now=datetime.now(UTC) - timedelta(hours=13)),
        "not yet valid": signer.issue(agent(), now=datetime.now(UTC) + timedelta(hours=1)),
        "signed by another": TokenSigner(Ed25519PrivateKey.generate()).issue(agent()),
        "altered": f"{head}.{body[:-4]}AAAA.{signature}",
        "unsigned": jwt.encode(claims, "", algorithm="none"),
        "of the system": signer.issue(system),
        "of another issuer": jwt.encode(claims | {"iss": "other"}, signer._key, algorithm="EdDSA"),
        "without end": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, signer._key, algorithm="EdDSA"),
        "with an unknown role": jwt.encode(claims | {"iss": ISSUER, "roles": ["god"]}, signer._key, algorithm="EdDSA"),
    }


def test_every_bad_token_is_refused_alike(stranger: Stranger, contract: ModuleType, signer: TokenSigner) -> None:
    for why, token in bad_tokens(signer).items():
        refused = stranger(token).refused("GetOrder", get(contract))
        assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED"), why
        assert refused.zh == "令牌缺失、无效或已过期", why


def test_a_token_that_was_good_is_refused_once_it_has_expired(
    stranger: Stranger, contract: ModuleType, signer: TokenSigner
) -> None:
    token = signer.issue(agent(), valid=timedelta(seconds=2))
    reasons = [stranger(token).refused("GetOrder", get(contract)).reason]
    while reasons[-1] == "NOT_FOUND":
        reasons.append(stranger(token).refused("GetOrder", get(contract)).reason)
    assert (reasons[0], reasons[-1]) == ("NOT_FOUND", "UNAUTHENTICATED")


def test_role_and_city_are_refused_alike(stranger: Stranger, contract: ModuleType, signer: TokenSigner) -> None:
    unit = Principal(id="agent-1", roles=frozenset({Role.UNIT}), cities=frozenset({CITY}))
    seen = [stranger(signer.issue(p)).refused("GetOrder", get(contract)) for p in (unit, agent("a", OTHER_CITY))]
    assert seen[0] == seen[1]
    assert (seen[0].code, seen[0].reason) == (grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED")


# -- the server --------------------------------------------------------------------------------------------------------


def test_health_follows_the_life_of_the_server(channel: grpc.Channel, server: GrpcServer) -> None:
    health = health_pb2_grpc.HealthStub(channel)
    serving, down = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
    for name in ("", "toy.v1.ShopService"):
        assert health.Check(health_pb2.HealthCheckRequest(service=name)).status == serving
    server.set_serving(False)
    assert health.Check(health_pb2.HealthCheckRequest(service="toy.v1.ShopService")).status == down


def test_a_taken_port_and_a_missing_handler_stop_the_start(
    server: GrpcServer, shop: ServiceRuntime, contract: ModuleType, signer: TokenSigner
) -> None:
    served = Served(contract.DESCRIPTOR.services_by_name["ShopService"], shop)
    with pytest.raises(OSError, match="is taken"):
        create_server([served], signer.verifier, host="127.0.0.1", port=server.port)
    depot = toy.run(toy.depot_service(), str(shop.engine.url))
    with pytest.raises(LookupError, match="OpenOrder"):
        create_server([Served(served.descriptor, depot)], signer.verifier, host="127.0.0.1", port=0)
