"""Drives simulated time for processes of their own: tells them the instant, lets them work, sees when all is quiet."""

import socket
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Self

import msgspec
import structlog

from chassis.clock import monotonic
from chassis.events.topology import Topology
from chassis.process.simulated import Answer, Hello, Order, encode

log = structlog.get_logger()
HELLO_SECONDS = 10.0
ANSWER_SECONDS = 120.0
PATIENCE_SECONDS = 300.0
"""For a process that its supervisor starts again, for an event on its way, for what a service does at its start."""
SHORTEST_LOOK_SECONDS = 0.003
LONGEST_LOOK_SECONDS = 0.1


class Stuck(Exception):
    """The simulation cannot go on; the words say who does not answer or what has not arrived."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass
class _Line:
    """The connection of one process."""

    socket: socket.socket
    rest: bytearray = field(default_factory=bytearray)

    def answer(self) -> Answer:
        """Raises OSError or DecodeError."""
        return msgspec.json.decode(self.hear(), type=Answer)

    def hear(self) -> bytes:
        """One line. Raises OSError."""
        while b"\n" not in self.rest:
            more = self.socket.recv(65_536)
            if not more:
                raise ConnectionError("it hung up")
            self.rest += more
        said, _, left = bytes(self.rest).partition(b"\n")
        self.rest[:] = left
        return said


class Conductor:
    """The clock of a whole stack: `now` and `move_to` for whoever plays on it, and `settle` until all is quiet."""

    def __init__(
        self,
        start: datetime,
        names: Iterable[str],
        topology: Topology,
        *,
        port: int = 0,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """`names`: the processes that must know the time, such as sla.worker; one of each. Port 0: any."""
        self._now = start.astimezone(UTC)
        self._names = frozenset(names)
        self._workers = tuple(sorted(name for name in self._names if name.endswith(".worker")))
        self._topology = topology
        self._patience = patience_seconds
        self._lines: dict[str, _Line] = {}
        self._changed = threading.Condition()
        self._troubles = 0
        """How often a process was lost, or could not do what it was asked."""
        self._quiet = False
        self._due: datetime | None = None
        self._door = socket.create_server(("127.0.0.1", port), backlog=64)
        host, port = self._door.getsockname()
        self.url = f"sim://{host}:{port}"
        """The value of HUYING_CLOCK."""
        threading.Thread(target=self._let_in_forever, name="conductor", daemon=True).start()

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Tells every process; only when all is quiet. Raises Stuck."""
        self.settle()
        with self._changed:
            self._now = max(self._now, instant.astimezone(UTC))
        self._ask("know", self._names)
        self._quiet = False

    def stir(self) -> None:
        """Something was asked of the platform from outside."""
        self._quiet = False

    def settle(self) -> None:
        """Waits until everything is delivered, lets the workers do what is due, until nothing is left. Raises Stuck."""
        while not self._quiet:
            self._until_delivered()
            before = self._troubles
            answers = self._until_all_have_started("work")
            self._due = min((a.next_due for a in answers.values() if a.next_due), default=None)
            # Whoever was interrupted may have done something without a word.
            self._quiet = before == self._troubles and not any(answer.done for answer in answers.values())

    def next_due(self) -> datetime | None:
        """The next instant at which a job has something to do, as of the last settling."""
        return self._due

    def close(self) -> None:
        """Afterwards nobody has time any more: the processes should have ended."""
        if self._door.fileno() < 0:
            return
        self._door.shutdown(socket.SHUT_RDWR)  # else whoever waits at it would let in one more
        self._door.close()
        with self._changed:
            for line in self._lines.values():
                line.socket.close()
            self._lines.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- quietness -----------------------------------------------------------------------------------------------------

    def _until_delivered(self) -> None:
        pause, until, before = SHORTEST_LOOK_SECONDS, monotonic() + self._patience, ""
        while missing := self._missing(self._until_all_have_started("look")):
            if missing != before:
                pause, until, before = SHORTEST_LOOK_SECONDS, monotonic() + self._patience, missing
            if monotonic() > until:
                raise Stuck(f"事件迟迟未送达：{missing}", f"events do not arrive: {missing}")
            time.sleep(pause)
            pause = min(1.5 * pause, LONGEST_LOOK_SECONDS)

    def _missing(self, answers: Mapping[str, Answer]) -> str:
        """What is still on its way, in words; empty when all is delivered."""
        of = {name.removesuffix(".worker"): answer for name, answer in answers.items()}
        late = [f"{name}: {answer.unpublished} unpublished" for name, answer in of.items() if answer.unpublished]
        for publisher, answer in of.items():
            for consumer in self._topology.consumers_of(publisher):
                heard = of[consumer].heard.get(publisher, 0)
                if heard != answer.written:
                    late.append(f"{consumer} has heard {heard} of {answer.written} from {publisher}")
        return "; ".join(late)

    # -- asking --------------------------------------------------------------------------------------------------------

    def _until_all_have_started(self, do: Literal["look", "work"]) -> dict[str, Answer]:
        """The workers' answers; one that starts anew, or whose database is away, is asked again."""
        until, pause = monotonic() + self._patience, SHORTEST_LOOK_SECONDS
        while True:
            answers = self._ask(do, self._workers)
            late = sorted(name for name, answer in answers.items() if answer.starting)
            if not late:
                return answers
            self._troubles += 1
            if monotonic() > until:
                raise Stuck(f"{'、'.join(late)} 迟迟未就绪", f"not ready for too long: {', '.join(late)}")
            time.sleep(pause)
            pause = min(2 * pause, 1.0)

    def _ask(self, do: Literal["know", "look", "work"], names: Iterable[str]) -> dict[str, Answer]:
        """Puts one order to all at once and hears all answers; who hangs up is asked again once it is back."""
        order = encode(Order(do, self._now))
        answers: dict[str, Answer] = {}
        missing = set(names)
        while missing:
            lines = self._when_here(missing)
            for name, line in lines.items():
                self._tell(name, line, order)
            for name, line in lines.items():
                answer = self._hear(name, line)
                if answer is not None:
                    answers[name] = answer
            missing -= answers.keys()
        return answers

    def _tell(self, name: str, line: _Line, order: bytes) -> None:
        try:
            line.socket.sendall(order)
        except OSError as error:
            self._lost(name, line, error)

    def _hear(self, name: str, line: _Line) -> Answer | None:
        try:
            return line.answer()
        except (OSError, msgspec.DecodeError) as error:
            self._lost(name, line, error)
            return None

    def _lost(self, name: str, line: _Line, error: Exception) -> None:
        log.warning("process_lost", process=name, why=type(error).__name__)
        self._troubles += 1
        with self._changed:
            if self._lines.get(name) is line:
                del self._lines[name]
        line.socket.close()

    def _when_here(self, names: set[str]) -> dict[str, _Line]:
        """The lines of these processes, who are waited for. Raises Stuck."""
        with self._changed:
            if not self._changed.wait_for(lambda: names <= self._lines.keys(), self._patience):
                away = ", ".join(sorted(names - self._lines.keys()))
                raise Stuck(f"进程未连接：{away}", f"these processes do not come: {away}")
            return {name: self._lines[name] for name in names}

    # -- who comes -----------------------------------------------------------------------------------------------------

    def _let_in_forever(self) -> None:
        while True:
            try:
                connection, _ = self._door.accept()
            except OSError:
                return
            try:
                self._let_in(connection)
            except (OSError, msgspec.DecodeError, KeyError) as error:
                log.warning("not_let_in", why=type(error).__name__)
                connection.close()

    def _let_in(self, connection: socket.socket) -> None:
        """Nobody is counted before they know the instant. Raises OSError, DecodeError, or KeyError for a stranger."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(HELLO_SECONDS)
        line = _Line(connection)
        name = msgspec.json.decode(line.hear(), type=Hello).name
        if name not in self._names:
            raise KeyError(name)
        with self._changed:  # time does not move meanwhile
            connection.sendall(encode(Order("know", self._now)))
            line.answer()
            connection.settimeout(ANSWER_SECONDS)
            before = self._lines.pop(name, None)
            self._lines[name] = line
            self._changed.notify_all()
        if before is not None:
            before.socket.close()
