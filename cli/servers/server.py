"""What all servers have in common: a folder, ports that stay, a start that waits until the server answers, an end."""

import json
import os
import secrets
import signal
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from chassis.clock import monotonic
from chassis.postgres.account import PostgresError
from cli.servers.errors import ServerError
from cli.servers.process import Process, born

STATE = "server.json"
PORT_SECONDS = 5.0
PORTS = range(20000, 32000)
"""Below those that outgoing connections are given: one of them could take the port of a server that is just away."""


class Server(ABC):
    """A server on a folder of its own. Whoever opens the folder finds the server that runs there."""

    name: ClassVar[str]
    title: ClassVar[str]
    port_names: ClassVar[tuple[str, ...]] = ("port",)
    ready_seconds: ClassVar[float] = 60.0
    stop_seconds: ClassVar[float] = 30.0
    stop_signal: ClassVar[int] = signal.SIGTERM
    passing: ClassVar[tuple[str, ...]] = ()
    """Words in the log of a start that fails now and works a moment later."""

    def __init__(self, data_dir: Path, *, ports: Mapping[str, int] | None = None) -> None:
        self.data_dir = data_dir.absolute()
        self._wanted = dict(ports or {})

    # -- what each server says -----------------------------------------------------------------------------------------

    @abstractmethod
    def prepare(self) -> None:
        """Writes settings and makes the first data files."""

    @abstractmethod
    def command(self) -> tuple[list[str], dict[str, str]]:
        """The program with its arguments, and its environment. Raises ServerMissing."""

    @abstractmethod
    def check(self) -> None:
        """Raises OSError with the reason while the server is not ready."""

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self.ports['port']}"

    # -- life ----------------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Starts it, or finds it running, and waits until it answers. Raises ServerError."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.data_dir.chmod(0o711)  # an account without rights passes; every file has its own
        until = monotonic() + self.ready_seconds
        try:
            while True:
                if not self.running:
                    self.prepare()
                    self._clear_away()
                    self._await_ports()
                    self._launch()
                if self._ready(until):
                    return self
                time.sleep(0.3)
        except PostgresError as error:
            raise ServerError(str(error), str(error)) from error

    def stop(self) -> None:
        """Ends it in its own way; what does not end in time is killed."""
        process = self.process
        if process is None:
            return
        process.send(self.stop_signal)
        if not process.wait(self.stop_seconds):
            process.kill()
        process.sweep()
        self._remember(pid=0, born=0)

    def kill(self) -> None:
        """Ends it without a word, as a power failure of this one server."""
        if (process := self.process) is not None:
            process.kill()
            self._remember(pid=0, born=0)

    def restart(self) -> Self:
        self.stop()
        return self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # -- what is known -------------------------------------------------------------------------------------------------

    @property
    def process(self) -> Process | None:
        known = self._state()
        found = Process(known.get("pid", 0), known.get("born", 0))
        return found if found.pid else None

    @property
    def running(self) -> bool:
        process = self.process
        return process is not None and process.alive

    @property
    def log(self) -> Path:
        return self.data_dir / f"{self.name}.log"

    @cached_property
    def ports(self) -> dict[str, int]:
        """Chosen once for a folder."""
        known: dict[str, int] = self._state().get("ports") or {}
        if self._wanted.items() <= known.items() and set(known) == set(self.port_names):
            return known
        chosen = {name: self._wanted.get(name) or free_port() for name in self.port_names}
        self._remember(ports=chosen)
        return chosen

    @cached_property
    def password(self) -> str:
        """Made once for a folder."""
        known = self._state().get("password")
        if known:
            return str(known)
        made = secrets.token_urlsafe(18)
        self._remember(password=made)
        return made

    def last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            return ""
        return " | ".join(line.strip() for line in lines[-8:])[-1200:]

    # -- inside --------------------------------------------------------------------------------------------------------

    def _launch(self) -> None:
        command, env = self.command()
        self.log.touch(mode=0o600)
        base = {key: os.environ[key] for key in ("PATH", "TZ", "TMPDIR") if key in os.environ}
        base |= {"LANG": "C.UTF-8", "HOME": str(self.data_dir)}
        process = Process.spawn(command, base | env, self.log)
        self._remember(pid=process.pid, born=process.born)

    def _clear_away(self) -> None:
        """Of one that was killed alone, what it started lives on and holds a port: Erlang's name service, say."""
        last = self.process
        # While anything of its session lives, nobody else gets its number: a process that has it is a stranger.
        if last is not None and born(last.pid) is None:
            last.sweep()

    def _await_ports(self) -> None:
        """Else another server at our address would be taken for ours. Raises ServerError."""
        until = monotonic() + PORT_SECONDS  # what a killed server left behind may hold them for a moment
        while taken := [port for port in self.ports.values() if not is_free(port)]:
            if monotonic() > until:
                raise self._error("端口被占用", "a port is taken", f"127.0.0.1:{taken[0]}: address already in use")
            time.sleep(0.1)

    def _ready(self, until: float) -> bool:
        """Whether it answers; False for an end that passes. Raises ServerError."""
        reason = ""
        while monotonic() < until:
            if not self.running:
                if any(word in self.last_words() for word in self.passing):
                    return False
                raise self._error("进程已退出", "its process ended", self.last_words())
            try:
                self.check()
            except OSError as error:
                reason = str(error)
            else:
                return True
            time.sleep(0.05)
        self.kill()
        raise self._error(f"{self.ready_seconds:.0f} 秒内未就绪", f"not ready after {self.ready_seconds:.0f} s", reason)

    def _error(self, zh: str, en: str, reason: str) -> ServerError:
        return ServerError(
            f"{self.title}（{self.where}）{zh}：{reason}。日志在 {self.log}；端口被占用时请改端口或停掉占用者",
            f"{self.title} at {self.where}: {en}: {reason}. Its log is {self.log}; if the port is taken, "
            "choose another one or stop who holds it",
        )

    def _state(self) -> dict[str, Any]:
        try:
            known: dict[str, Any] = json.loads((self.data_dir / STATE).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return known

    def _remember(self, **what: Any) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        fresh = self.data_dir / f"{STATE}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(self._state() | what))
        fresh.rename(self.data_dir / STATE)


_given: set[int] = set()


def free_port() -> int:
    """A port of this machine that nobody holds. Raises ServerError.

    Each is given once: who needs many chooses all before one is bound, and of thirty two would be the same at times.
    """
    for _ in range(200):
        port = secrets.choice(PORTS)
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise ServerError("没有空闲端口", "no free port")


def is_free(port: int) -> bool:
    """Whether nobody on this machine holds it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
