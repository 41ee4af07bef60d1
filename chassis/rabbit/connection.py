"""One way to reach the broker: limits on everything, and an address that can be shown without its password."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from struct import Struct
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import amqp
from amqp.exceptions import AccessRefused, AMQPError, NotAllowed

from chassis.rabbit.errors import AddressUnusable, BrokerAway, BrokerNotTrusted, BrokerRefuses

HEARTBEAT_SECONDS = 5
CONNECT_SECONDS = 5.0
WRITE_SECONDS = 10
GULP_BYTES = 65_536
_FRAME, _FRAME_END = Struct(">BHI"), 0xCE
LOST = (AMQPError, OSError, EOFError)
"""What py-amqp raises when a connection is gone or refused."""


@dataclass(frozen=True)
class Broker:
    """Where the broker is and who we are to it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    vhost: str
    tls: dict[str, Any] | None = None

    @classmethod
    def parse(cls, url: str) -> "Broker":
        """`amqp://user:password@host:5672/vhost`, or amqps with ?cacertfile=, certfile=, keyfile=."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise AddressUnusable() from None
        if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
            raise AddressUnusable()
        secure = parts.scheme == "amqps"
        return cls(
            host=parts.hostname,
            port=port or (5671 if secure else 5672),
            user=unquote(parts.username or "guest"),
            password=unquote(parts.password or "guest"),
            vhost=unquote(parts.path.removeprefix("/")) or "/",
            tls=_tls(parts.hostname, parse_qs(parts.query)) if secure else None,
        )

    @property
    def address(self) -> str:
        """For people and logs: no password."""
        scheme = "amqps" if self.tls else "amqp"
        return f"{scheme}://{self.host}:{self.port}/{self.vhost.removeprefix('/')}"


def _tls(host: str, query: dict[str, list[str]]) -> dict[str, Any]:
    given = {name: query.get(name, [None])[0] for name in ("cacertfile", "certfile", "keyfile")}
    return {
        "server_hostname": host,
        "cert_reqs": ssl.CERT_REQUIRED,
        "ca_certs": given["cacertfile"],
        "certfile": given["certfile"],
        "keyfile": given["keyfile"],
    }


class _Connection(amqp.Connection):  # type: ignore[misc]
    # Asked for "blocked" notices, the client would read the socket before each publish: a third of the speed.
    negotiate_capabilities = {
        "consumer_cancel_notify": True,
        "connection.blocked": False,
        "authentication_failure_close": True,  # a wrong password is told, not just answered by a closed socket
    }


def connect(broker: Broker, name: str) -> amqp.Connection:
    """An open connection, shown as `name` in the broker's console.

    Raises BrokerAway, BrokerRefuses, BrokerNotTrusted.
    """
    connection = _Connection(
        host=f"{broker.host}:{broker.port}",
        userid=broker.user,
        password=broker.password,
        login_method="PLAIN",
        virtual_host=broker.vhost,
        ssl=broker.tls or False,
        heartbeat=HEARTBEAT_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        write_timeout=WRITE_SECONDS,
        client_properties={"connection_name": name, "product": "Huying"},
    )
    try:
        connection.connect()
    except (AccessRefused, NotAllowed):
        abandon(connection)
        raise BrokerRefuses(address=broker.address, vhost=broker.vhost) from None
    except ssl.SSLCertVerificationError as error:
        abandon(connection)
        raise BrokerNotTrusted(address=broker.address, why=error.verify_message) from None
    except LOST as error:
        abandon(connection)
        raise BrokerAway(address=broker.address, why=why(error)) from error
    connection.transport._quick_recv = _Gulps(connection.transport._quick_recv)
    return connection


class _Gulps:
    """py-amqp asks the system three times for every frame, and a message has three frames."""

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive, self._held, self._at = receive, b"", 0

    def __call__(self, wanted: int) -> bytes:
        """What `recv` would answer."""
        if self._at == len(self._held):
            self._held, self._at = self._receive(GULP_BYTES), 0
        piece = self._held[self._at : self._at + wanted]
        self._at += len(piece)
        return piece

    def whole_frames(self) -> Iterator[tuple[int, int, bytes]]:
        """The frames that are here to their last byte."""
        while self._at + _FRAME.size < len(self._held):
            kind, channel, size = _FRAME.unpack_from(self._held, self._at)
            begin = self._at + _FRAME.size
            if begin + size >= len(self._held) or self._held[begin + size] != _FRAME_END:
                return  # py-amqp waits for the rest, and complains about what is no frame
            self._at = begin + size + 1
            yield kind, channel, self._held[begin : begin + size]


def drain(connection: amqp.Connection, timeout: float) -> None:
    """Waits for one event and handles all that came with it. Raises TimeoutError when nothing comes."""
    connection.drain_events(timeout=timeout)
    gulps = connection.transport._quick_recv
    for frame in gulps.whole_frames():
        connection.on_inbound_frame(frame)


def abandon(connection: amqp.Connection | None) -> None:
    """Closes the socket without a farewell that a lost broker would not answer."""
    if connection is None:
        return
    with suppress(*LOST):
        connection.collect()


def close(connection: amqp.Connection) -> None:
    """Says farewell, within a limit."""
    try:
        connection.transport.sock.settimeout(2)
        connection.close()
    except LOST:
        pass
    finally:
        abandon(connection)


def why(error: BaseException) -> str:
    if isinstance(error, TimeoutError | socket.timeout):
        return "timeout"
    return str(error) or type(error).__name__
