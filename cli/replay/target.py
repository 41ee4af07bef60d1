"""The way to a platform that runs already: tried before the first petition is sent."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import grpc

from chassis.grpckit.client import Client
from chassis.settings import Settings
from chassis.tokens import TokenSigner
from cli.province import descriptor_of
from cli.replay.sending import GrpcLine, Refused, seat
from cli.speech import fail

SERVICES = ("intake", "dispatch")
"""Who is asked; a stack has a port for each, `huying up` one for all."""
CONNECT_SECONDS = 5.0


@contextmanager
def line_to(settings: Settings, target: str, city: str) -> Iterator[GrpcLine]:
    """Raises the exit where nobody, or somebody else, answers there."""
    addresses = dict(zip(SERVICES, _addresses(target), strict=True))
    signer = TokenSigner.load_or_create(settings.data_dir)
    with ExitStack() as stack:
        clients = {
            name: stack.enter_context(Client(address, {name: descriptor_of(name)}))
            for name, address in addresses.items()
        }
        line = GrpcLine(clients, signer, seat(city))
        try:
            line.call("dispatch", "ListWorkOrders", {"city": city, "page_size": 1})
        except Refused as refused:
            where = addresses["dispatch"]
            if refused.reason != grpc.StatusCode.UNIMPLEMENTED.name:
                raise fail(f"{where} 拒绝：{refused}", f"{where} refuses: {refused}", code=2) from None
            raise fail(
                f"{where} 不是 dispatch；整套服务须写两个地址：--target INTAKE,DISPATCH（见 huying stack status）",
                f"{where} is not dispatch; of a stack name both: --target INTAKE,DISPATCH (see huying stack status)",
                code=2,
            ) from None
        yield line


def _addresses(target: str) -> list[str]:
    """Of intake and dispatch. Raises the exit."""
    named = target.split(",")
    if len(named) > len(SERVICES):
        raise fail(f"--target {target}：最多两个地址", f"--target {target}: two addresses at most", code=2)
    for address in named:
        host, _, port = address.rpartition(":")
        if not (host and port.isdecimal()):
            raise fail(f"--target {address}：应为 HOST:PORT", f"--target {address}: should be HOST:PORT", code=2)
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS).close()
        except (OSError, OverflowError):
            raise fail(f"{address} 没有应答", f"nothing answers at {address}", code=2) from None
    return [named[0], named[-1]]
