"""How a petition becomes a case: registered and accepted by a seat, each call repeatable."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import grpc

from chassis.access import Principal, Role
from chassis.domain import DomainError
from chassis.grpckit.client import Client, reason_of
from chassis.tokens import TokenSigner
from cli.province import Province
from cli.replay.areas import AreaMap
from cli.replay.petitions import Petition
from cli.speech import warn

PATIENCE_SECONDS = 120.0
TOLD_AFTER_SECONDS = 2.0
_TRANSIENT = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED}


def seat(city: str) -> Principal:
    """The seat that replays: it registers, accepts, and may look at the dispatchers' queue."""
    return Principal("replay", frozenset({Role.AGENT, Role.DISPATCHER}), frozenset({city}))


class Refused(Exception):
    """The platform refused a petition, with its stable reason."""

    def __init__(self, reason: str, says: str) -> None:
        self.reason, self.says = reason, says
        super().__init__(f"{reason}: {says}")


class Away(Refused):
    """The platform did not answer for as long as we wait."""


class Line(Protocol):
    """The way to the platform."""

    def call(self, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        """The answer as a protobuf message. Raises Refused."""


@dataclass
class InProcessLine:
    province: Province
    principal: Principal

    def call(self, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        try:
            return self.province.call(self.principal, service, rpc, fields)
        except DomainError as error:
            raise Refused(error.reason, error.message_zh) from None


@dataclass
class GrpcLine:
    """Waits for a server that is away: the request ids make every call repeatable."""

    clients: Mapping[str, Client]
    """By service: on a stack each has a port of its own."""
    signer: TokenSigner
    principal: Principal

    def call(self, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        begun, told = time.monotonic(), False
        pause = 0.05
        while True:
            try:
                return self.clients[service].call(self.signer.issue(self.principal), service, rpc, fields)
            except grpc.RpcError as error:
                if error.code() not in _TRANSIENT:
                    raise Refused(reason_of(error), str(error.details())) from None
                waited = time.monotonic() - begun
                if waited > PATIENCE_SECONDS:
                    raise Away(reason_of(error), str(error.details())) from None
                if waited > TOLD_AFTER_SECONDS and not told:
                    told = _tell_that_it_waits(service)
            time.sleep(pause)
            pause = min(pause * 2, 1.0)


def _tell_that_it_waits(service: str) -> bool:
    long = f"{PATIENCE_SECONDS:.0f}"
    warn(f"{service} 没有应答，最多再试 {long} 秒", f"{service} does not answer; trying for up to {long} s")
    return True


@dataclass(frozen=True)
class Sender:
    line: Line
    city: str
    digest: str
    areas: AreaMap

    def send(self, petition: Petition) -> str:
        """Registers and accepts one petition; returns the case's resource name. Raises Refused."""
        return self.accept(petition, self.register(petition))

    def register(self, petition: Petition) -> str:
        return str(self.line.call("intake", "RegisterCase", self._registration(petition)).case.name)

    def accept(self, petition: Petition, case: str) -> str:
        request = {"request_id": f"{self.digest}:{petition.number}:accept", "name": case}
        return str(self.line.call("intake", "AcceptCase", request).name)

    def _registration(self, petition: Petition) -> dict[str, Any]:
        return {
            "request_id": f"{self.digest}:{petition.number}:register",
            "city": self.city,
            "channel": "web",
            "subject": petition.subject,
            "text": petition.text,
            "area": self.areas.area_of(petition.subject + petition.text),
            "said_time": petition.said_at,
            "upstream": {"platform": "replay", "number": petition.number},
        }
