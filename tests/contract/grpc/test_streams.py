"""What every caller of a stream can count on: all of it, in order, from where he was, and named errors."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import ModuleType
from typing import Any

import grpc
import pytest
from prometheus_client import REGISTRY

from chassis import grpc_limits as limits
from chassis.grpckit import streams
from chassis.grpckit.server import GrpcServer
from chassis.tokens import TokenSigner
from tests.contract.grpc.conftest import HAPPENED, Caller, refusal
from tests.e2e.process import wait_for
from tests.integration.chassis import toy

METHOD = "toy.v1.ShopService.FollowOrders"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(streams, "PAUSE_SECONDS", 0.01)
    HAPPENED[:] = ["a", "b", "c"]
    yield
    HAPPENED.clear()


def follow(call: Caller, contract: ModuleType, cursor: str = "0", **request: Any) -> Any:
    listen = call.channel.unary_stream(
        "/toy.v1.ShopService/FollowOrders", response_deserializer=contract.Changes.FromString
    )
    asked = contract.FollowOrdersRequest(city=toy.CITY, cursor=cursor)
    metadata = [("authorization", f"Bearer {call.token}")] if call.token else []
    return listen(asked.SerializeToString(), metadata=metadata, timeout=20, **request)


def ask_nothing(call: Caller, rpc: str = "FollowOrders") -> Any:
    """A call whose request never comes."""
    silent = (b"" for _ in range(1) if threading.Event().wait(60))
    listen = call.channel.stream_stream(f"/toy.v1.ShopService/{rpc}")
    return listen(silent, metadata=[("authorization", f"Bearer {call.token}")], timeout=60)


def open_streams() -> float:
    return REGISTRY.get_sample_value("huying_grpc_streams", {"method": METHOD}) or 0.0


def answered() -> float:
    labels = {"service": "shop", "kind": "query", "name": "FollowOrders", "outcome": "ok"}
    return REGISTRY.get_sample_value("huying_calls_total", labels) or 0.0


def ended(code: str) -> float:
    return REGISTRY.get_sample_value("huying_grpc_calls_total", {"method": METHOD, "code": code}) or 0.0


def test_it_tells_what_is_there_and_then_what_comes(call: Caller, contract: ModuleType) -> None:
    stream = follow(call, contract)
    assert [list(next(stream).changes), list(next(stream).changes)] == [["a", "b"], ["c"]]
    assert open_streams() == 1
    HAPPENED.append("d")
    piece = next(stream)
    assert (list(piece.changes), piece.cursor, piece.more) == (["d"], "4", False)
    stream.cancel()


def test_after_a_break_it_goes_on_where_the_caller_was(call: Caller, contract: ModuleType) -> None:
    first = follow(call, contract)
    kept = next(first).cursor
    first.cancel()
    assert list(next(follow(call, contract, kept)).changes) == ["c"]


def test_a_quiet_stream_still_gives_a_sign_of_life(
    call: Caller, contract: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "ALIVE_SECONDS", 0.02)
    stream = follow(call, contract, "3")
    assert [list(next(stream).changes) for _ in range(3)] == [[], [], []]


def test_strangers_and_bad_fields_are_refused_by_name(call: Caller, contract: ModuleType) -> None:
    for caller, cursor, reason in ((Caller(call.channel, ""), "0", "UNAUTHENTICATED"), (call, "x" * 99, "BAD_FIELDS")):
        with pytest.raises(grpc.RpcError) as caught:
            next(follow(caller, contract, cursor))
        assert refusal(caught.value).reason == reason


def test_a_token_that_expires_ends_its_stream(channel: grpc.Channel, signer: TokenSigner, contract: ModuleType) -> None:
    stream = follow(Caller(channel, signer.issue(toy.agent(), valid=timedelta(seconds=1))), contract)
    with pytest.raises(grpc.RpcError) as caught:
        for _ in stream:
            pass
    assert refusal(caught.value).reason == "UNAUTHENTICATED"


def test_a_caller_who_comes_once_more_ends_his_oldest_stream(call: Caller, contract: ModuleType) -> None:
    opened = []
    for _ in range(streams.PER_CALLER + 1):
        opened.append(follow(call, contract))
        assert list(next(opened[-1]).changes) == ["a", "b"]
    oldest = opened[0]
    with pytest.raises(grpc.RpcError) as caught:
        for _ in oldest:
            pass
    assert caught.value.code() == grpc.StatusCode.CANCELLED


def test_no_more_than_the_threads_allow_are_open(
    call: Caller, contract: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "STREAMS", 0)
    with pytest.raises(grpc.RpcError) as caught:
        next(follow(call, contract))
    refused = refusal(caught.value)
    assert (refused.code, refused.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS")


def test_a_server_that_stops_ends_its_streams_at_once(call: Caller, contract: ModuleType, server: GrpcServer) -> None:
    stream = follow(call, contract)
    next(stream)
    server.streams.stop()
    assert [list(piece.changes) for piece in stream] in ([], [["c"]])


def test_one_token_that_asks_nothing_shuts_nobody_out(call: Caller, signer: TokenSigner, contract: ModuleType) -> None:
    idle = [ask_nothing(call) for _ in range(streams.STREAMS + 16)]
    other = Caller(call.channel, signer.issue(toy.agent("agent-2")))
    assert list(next(follow(other, contract)).changes) == ["a", "b"]
    for one in idle:
        one.cancel()


def test_who_asks_nothing_loses_his_place_and_who_has_asked_keeps_it(
    call: Caller, contract: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ASKED_SECONDS", 0.2)
    asked = follow(call, contract, "3")
    next(asked)
    with pytest.raises(grpc.RpcError) as caught:
        next(ask_nothing(call))
    assert caught.value.code() == grpc.StatusCode.CANCELLED
    HAPPENED.append("d")
    assert list(next(asked).changes) == ["d"]


def test_a_caller_of_one_message_who_never_sends_it_loses_his_place_too(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGE_SECONDS", 0.2)
    with pytest.raises(grpc.RpcError) as caught:
        next(ask_nothing(call, "OpenOrder"))
    assert caught.value.code() == grpc.StatusCode.CANCELLED


def test_a_call_that_works_longer_than_its_message_may_take_is_not_cut_off(
    call: Caller, contract: ModuleType, faults: toy.Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGE_SECONDS", 0.2)
    begun, go_on = threading.Event(), threading.Event()

    def hold(_item: str) -> None:
        begun.set()
        assert go_on.wait(20)

    faults.before = hold
    request = contract.OpenOrderRequest(city=toy.CITY, case_id="c1", request_id="open-the-order")
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(call, "OpenOrder", request, reply=contract.Order)
        assert begun.wait(20)
        with pytest.raises(grpc.RpcError):
            next(ask_nothing(call, "OpenOrder"))  # came later, and its time is over
        go_on.set()
        assert working.result(20).name


@pytest.mark.parametrize("size", [1, 8_000_000])
def test_a_caller_who_leaves_is_counted_as_one_who_left(call: Caller, contract: ModuleType, size: int) -> None:
    """Also one to whom something is just being written."""
    HAPPENED[:] = ["a", "b", "x" * size]
    told, cancelled, before = ended("OK"), ended("CANCELLED"), answered()
    stream = follow(call, contract)
    next(stream)
    wait_for(lambda: answered() > before + 1, 10)
    stream.cancel()
    wait_for(lambda: open_streams() == 0 and ended("CANCELLED") == cancelled + 1, 10)
    assert ended("OK") == told


def test_a_stream_that_is_read_out_is_counted_as_answered(
    call: Caller, contract: ModuleType, server: GrpcServer
) -> None:
    told, cancelled = ended("OK"), ended("CANCELLED")
    stream = follow(call, contract)
    next(stream)
    server.streams.stop()
    list(stream)
    wait_for(lambda: ended("OK") == told + 1, 10)
    assert ended("CANCELLED") == cancelled


def test_a_caller_who_keeps_many_calls_silent_leaves_some_threads_to_the_others(
    call: Caller, channel: grpc.Channel, signer: TokenSigner, contract: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.2)
    silent = [ask_nothing(call, "OpenOrder") for _ in range(3 * limits.THREADS)]
    held = limits.THREADS - limits.SPARE_THREADS
    wait_for(lambda: sum(not one.done() for one in silent) <= held, 10)
    codes = {one.code() for one in silent if one.done()}
    assert codes == {grpc.StatusCode.CANCELLED, grpc.StatusCode.RESOURCE_EXHAUSTED}
    refused = [refusal(one) for one in silent if one.done() and one.code() is grpc.StatusCode.RESOURCE_EXHAUSTED]
    assert {one.reason for one in refused} == {"TOO_MANY_SILENT_CALLS"}
    request = contract.OpenOrderRequest(city=toy.CITY, case_id="c1", request_id="open-the-order")
    other = Caller(channel, signer.issue(toy.agent("somebody-else")))
    assert other("OpenOrder", request, reply=contract.Order).name
    for one in silent:
        one.cancel()


def test_slow_messages_of_one_caller_are_waited_for_while_there_are_threads(
    call: Caller, contract: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.0)
    monkeypatch.setattr(limits, "ASKED_SECONDS", 0.05)
    slow = [ask_nothing(call, "OpenOrder") for _ in range(limits.SILENT_CALLS + 2)]
    request = contract.OpenOrderRequest(city=toy.CITY, case_id="c1", request_id="open-the-order")
    assert call("OpenOrder", request, reply=contract.Order).name
    with pytest.raises(grpc.RpcError) as late:
        next(ask_nothing(call))  # a stream that says nothing is ended: so those that came before were looked at too
    assert late.value.code() == grpc.StatusCode.CANCELLED
    assert call("OpenOrder", request, reply=contract.Order).name  # its answer comes behind the ends of others
    assert not any(one.done() for one in slow)
    for one in slow:
        one.cancel()
