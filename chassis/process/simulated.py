"""Simulated time of separate processes: a driver tells each the instant, and waits until all have said that they know.

Each process has one line to the driver: it says who it is, then answers orders, one line of JSON each. Every order
carries the instant. The driver moves time only while nothing happens anywhere and lets nothing begin before the last
process has answered, so nobody ever acts by an old instant. Whoever loses its driver has no time, and ends.
"""

import socket
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import structlog

from chassis.process.waiting import NotThereYet
from chassis.telemetry import metrics

log = structlog.get_logger()
CONNECT_SECONDS = 10.0
DRIVER = "the driver of simulated time"


class Hello(msgspec.Struct):
    """The first line of a process: its service and role, such as sla.worker."""

    name: str


class Order(msgspec.Struct):
    """What the driver asks of a process. Only workers look and work; for the others every order is `know`."""

    do: Literal["know", "look", "work"]
    now: datetime


class Answer(msgspec.Struct, omit_defaults=True):
    """`starting`: the process is not far enough to do what was asked. The rest is a worker's word for its service."""

    starting: bool = False
    done: int = 0
    """How much was due and has been done."""
    next_due: datetime | None = None
    written: int = 0
    """Events that the service has ever published or still has to."""
    unpublished: int = 0
    heard: dict[str, int] = {}
    """By publisher: its events that the service has applied or parked."""


Obey = Callable[[Order], Answer]


class NoTime(Exception):
    """The driver is gone: nobody knows the instant, and nothing may be done by an old one."""


class DrivenClock:
    """The driver's instant, known here before anything may happen at it."""

    def __init__(self, url: str, name: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 0)
        self._name = name
        self._now: datetime | None = None
        self._socket: socket.socket | None = None
        self._work: Obey | None = None

    def now(self) -> datetime:
        """Raises NoTime."""
        if self._now is None:
            raise NoTime()
        return self._now

    @property
    def known(self) -> bool:
        return self._now is not None

    def connect(self) -> None:
        """Learns the instant. Raises NotThereYet."""
        host, port = self._address
        line = None
        try:
            line = socket.create_connection(self._address, timeout=CONNECT_SECONDS)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(encode(Hello(self._name)))
            self._answer(line, _one_line(line))
            line.settimeout(None)
        except (OSError, msgspec.DecodeError) as error:
            self._now = None
            if line is not None:
                line.close()
            raise NotThereYet(
                f"模拟时间的驱动程序 {host}:{port} 无应答（{error}）：请启动它，或去掉 HUYING_CLOCK",
                f"nobody drives simulated time at {host}:{port} ({error}): start it, or take HUYING_CLOCK away",
            ) from None
        self._socket = line
        metrics.SIMULATED_TIME.set_function(lambda: self._now.timestamp() if self._now else 0.0)

    def follow(self, lost: Callable[[], None]) -> None:
        """Obeys from a thread of its own until the driver is gone; then calls `lost`."""
        threading.Thread(target=self._follow, args=(lost,), name="simulated-time", daemon=True).start()

    def obey(self, work: Obey) -> None:
        """From now on orders to look and to work are carried out."""
        self._work = work

    # -- inside --------------------------------------------------------------------------------------------------------

    def _follow(self, lost: Callable[[], None]) -> None:
        line = self._socket
        assert line is not None
        try:
            with line, line.makefile("rb") as orders:
                for order in orders:
                    self._answer(line, order)
        except (OSError, msgspec.DecodeError) as error:
            log.warning("driver_lost", why=type(error).__name__)
        self._now = None
        lost()

    def _answer(self, line: socket.socket, said: bytes) -> None:
        order = _ORDER.decode(said)
        self._now = order.now
        line.sendall(encode(self._obeyed(order)))

    def _obeyed(self, order: Order) -> Answer:
        if order.do == "know":
            return Answer()
        if self._work is None:
            return Answer(starting=True)
        try:
            return self._work(order)
        except Exception as error:  # a server is away for a moment: the driver asks again
            log.warning("order_failed", order=order.do, error=type(error).__name__)
            return Answer(starting=True)


def encode(said: msgspec.Struct) -> bytes:
    return msgspec.json.encode(said) + b"\n"


def _one_line(line: socket.socket) -> bytes:
    """Nothing follows before it is answered, so nothing is read too much. Raises OSError."""
    said = b""
    while not said.endswith(b"\n"):
        more = line.recv(4096)
        if not more:
            raise ConnectionError("it hung up")
        said += more
    return said


_ORDER = msgspec.json.Decoder(Order)
