"""What a supervisor keeps alive: a server of ours, a server elsewhere, a process of a service."""

import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from chassis.clock import monotonic
from chassis.settings import shown
from cli.servers.errors import ServerError
from cli.servers.http import ask
from cli.servers.process import Process
from cli.servers.server import Server
from cli.stack.plan import Part
from cli.stack.state import Row

log = structlog.get_logger()
STOP_SECONDS = 12.0
"""A process promises to end within 10 s."""
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""One that ran so long starts again at once when it crashes."""


class Unit(Protocol):
    """Something that is to run."""

    def row(self) -> Row: ...

    def alive(self) -> bool: ...

    def start(self) -> None:
        """Raises ServerError."""

    def check(self) -> None:
        """Raises OSError with the reason while it is not ready."""

    def stop(self) -> None: ...


class OwnServer:
    """A server that this stack runs."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def row(self) -> Row:
        process = self.server.process
        pid, born = (process.pid, process.born) if process else (0, 0)
        ports = self.server.ports
        return Row(name=self.server.name, kind="server", pid=pid, born=born, ports=ports, where=self.server.where)

    def alive(self) -> bool:
        return self.server.running

    def start(self) -> None:
        self.server.start()

    def check(self) -> None:
        self.server.check()

    def stop(self) -> None:
        self.server.stop()


class Elsewhere:
    """A server that somebody else runs; only looked at."""

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url

    def row(self) -> Row:
        return Row(name=self._name, kind="server", where=shown(self._url), own=False)

    def alive(self) -> bool:
        return True

    def start(self) -> None:
        """Not ours to start."""

    def check(self) -> None:
        parts = urlsplit(self._url)
        usual = {"amqp": 5672, "amqps": 5671, "http": 80, "https": 443}.get(parts.scheme, 5432)
        if self._name == "elasticsearch":  # its client's own
            usual = 9200
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or usual), timeout=5).close()

    def stop(self) -> None:
        """Not ours to stop."""


class ServiceProcess:
    """One role of one service."""

    def __init__(self, part: Part, env: Mapping[str, str], ports: dict[str, int], log: Path) -> None:
        self.part = part
        self._env = dict(env)
        self.ports = ports
        self._log = log
        self._begins = 0
        """Where in the log the words of this process begin."""
        self._said = ""
        """The last words of the one before."""
        self._process: Process | None = None

    def row(self) -> Row:
        process = self._process
        pid, born = (process.pid, process.born) if process else (0, 0)
        return Row(name=self.part.name, kind="process", pid=pid, born=born, ports=self.ports, last_end=self._last_end())

    def alive(self) -> bool:
        return self._process is not None and self._process.alive

    def start(self) -> None:
        command = [sys.executable, "-m", f"services.{self.part.service}", self.part.role]
        self._said = self._last_words() if self._process else ""
        self._begins = self._log.stat().st_size if self._log.exists() else 0
        self._process = Process.spawn(command, self._env, self._log)

    def check(self) -> None:
        try:
            status, content = ask(f"http://127.0.0.1:{self.ports['http']}/readyz", timeout=3)
        except OSError as error:
            raise OSError((self._said if self.alive() else self._last_words()) or "does not answer") from error
        self._said = ""
        if status != 200:
            raise OSError(content.decode(errors="replace").strip() or str(status))

    def stop(self) -> None:
        if self._process is not None:
            self._process.send(15)
            if not self._process.wait(STOP_SECONDS):
                self._process.kill()

    def _last_words(self) -> str:
        """The last line of its log that is for people."""
        with self._log.open("rb") as log:
            log.seek(self._begins)
            lines = log.read().decode(errors="replace").splitlines()
        return next((line for line in reversed(lines) if line.strip() and not line.startswith("{")), "")

    def _last_end(self) -> str:
        code = self._process.code if self._process else None
        return "" if code is None else f"signal {-code}" if code < 0 else f"exit {code}"


class Keeper(threading.Thread):
    """Watches over one unit: starts it, starts it again with growing delay, knows whether it is ready."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(name="keeper", daemon=True)
        self.unit = unit
        self.ready = False
        self.reason = ""
        self.restarts = -1
        self.failed: ServerError | None = None
        self._last_end = ""
        self._ending = threading.Event()

    def run(self) -> None:
        wait, begun = 0.0, monotonic()
        while not self._ending.is_set():
            if not self.unit.alive():
                self.ready = False
                if self.restarts >= 0 and self.failed is None:
                    self._last_end = self.unit.row().last_end or self._last_end
                    log.warning("ended", name=self.unit.row().name, how=self._last_end)
                wait = 0.0 if monotonic() - begun > STEADY_SECONDS or self.restarts < 0 else wait
                if self._ending.wait(wait):
                    return
                wait = min(max(FIRST_WAIT_SECONDS, 2 * wait), LONGEST_WAIT_SECONDS)
                begun = monotonic()
                self.restarts += 1
                self._start()
            self._look()
            self._ending.wait(2.0 if self.ready else 0.3)

    def row(self) -> Row:
        row = self.unit.row()
        row.ready, row.reason, row.restarts = self.ready, self.reason, max(0, self.restarts)
        row.last_end = self._last_end
        return row

    def stop(self) -> None:
        self._ending.set()
        if self.is_alive():
            self.join(LONGEST_WAIT_SECONDS)
        self.unit.stop()
        self.ready = False
        row = self.unit.row()
        if row.own:
            log.info("stopped", name=row.name)

    def _start(self) -> None:
        try:
            self.unit.start()
        except ServerError as error:
            self.reason, self.failed = error.en, error
        else:
            self.failed = None
            row = self.unit.row()
            log.info("started", name=row.name, pid=row.pid)

    def _look(self) -> None:
        try:
            self.unit.check()
        except OSError as error:
            self.ready = False
            self.reason = str(error)[:300]
        else:
            self.ready, self.reason = True, ""
