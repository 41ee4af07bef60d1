"""A service's processes as a supervisor runs them: started, watched, ended, killed."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cli.servers.server import free_port
from tests.e2e.process import wait_for

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN_SECONDS = 60.0


@dataclass
class Process:
    """One role of one service, with its ports and its log."""

    service: str
    role: str
    environment: Mapping[str, str]
    log: Path
    grpc_port: int = field(default_factory=free_port)
    http_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *arguments: str, script: str = "", **environment: str) -> "Process":
        """With a `script`, that in place of the role as it is."""
        told = {
            **os.environ,
            "HUYING_GRPC_PORT": str(self.grpc_port),
            "HUYING_HTTP_PORT": str(self.http_port),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'protos' / 'gen'}",
            **self.environment,
            **environment,
        }
        begin = ["-c", script] if script else ["-m", f"services.{self.service}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *begin, self.role, *arguments], cwd=ROOT, env=told, stdout=log, stderr=log
            )
        return self

    def wait_ready(self, seconds: float = READY_WITHIN_SECONDS) -> "Process":
        def ready() -> bool:
            assert self.running, f"{self.service} {self.role} ended: {self.said[-3000:]}"
            return self.get("/readyz")[0] == 200

        try:
            wait_for(ready, seconds)
        except AssertionError:
            raise AssertionError(f"{self.get('/readyz')} {self.said[-3000:]}") from None
        return self

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def lines(self, event: str) -> list[dict[str, object]]:
        """The log lines of one event."""
        found = (json.loads(line) for line in self.said.splitlines() if line.startswith("{"))
        return [line for line in found if line.get("event") == event]

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; 0 while nobody listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}{path}", timeout=2) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def stop(self, within_seconds: float = 10.0) -> tuple[int, float]:
        """SIGTERM; the exit code, and how long it took."""
        assert self.process is not None
        started = time.monotonic()
        self.process.terminate()
        return self.process.wait(within_seconds), time.monotonic() - started

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait(self, seconds: float = 60.0) -> int:
        assert self.process is not None
        return self.process.wait(seconds)


Starter = Callable[..., Process]


@contextmanager
def processes(folder: Path, environment: Mapping[str, str]) -> Iterator[Starter]:
    """Starts processes on one set of servers; whatever still runs at the end is killed."""
    made: list[Process] = []

    def start(service: str, role: str, *arguments: str, script: str = "", **more: str) -> Process:
        log = folder / f"{service}-{role}-{len(made)}.log"
        made.append(Process(service, role, environment, log))
        return made[-1].start(*arguments, script=script, **more)

    try:
        yield start
    finally:
        for process in made:
            if process.running:
                process.kill()
