"""`huying up` as a process that tests kill and start again."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from chassis.postgres import EmbeddedPostgres
from cli.servers.server import free_port

READY_WITHIN_SECONDS = 60.0


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Another process does it in its own time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@dataclass
class Huying:
    """One data folder with its process; the ports stay the same over restarts."""

    data_dir: Path
    grpc_port: int = field(default_factory=free_port)
    http_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.grpc_port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "HUYING_DATA_DIR": str(self.data_dir),
            "HUYING_GRPC_PORT": str(self.grpc_port),
            "HUYING_HTTP_PORT": str(self.http_port),
            "HUYING_LOG_LEVEL": "WARNING",
            # Compiled once, not at each of fifty starts.
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def start(self, *, crash_at: str = "") -> float:
        """Starts it and waits until it is ready; returns the seconds that took."""
        started = time.monotonic()
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up"],
                env=self.environment | {"HUYING_CRASH_AT": crash_at},
                stdout=log,
                stderr=log,
            )
        while not self.ready():
            if self.process.poll() is not None and not crash_at:
                raise AssertionError(f"huying up ended: {(self.data_dir / 'up.log').read_text()[-2000:]}")
            if self.process.poll() is not None or time.monotonic() - started > READY_WITHIN_SECONDS:
                break
            time.sleep(0.05)
        return time.monotonic() - started

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/readyz", timeout=1) as answer:
                return bool(json.load(answer))
        except OSError:
            return False

    def metrics(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/metrics", timeout=5) as answer:
            return str(answer.read().decode())

    def kill(self, *, database: bool = False) -> None:
        """Nothing is finished, nothing is said; with its database, as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        server = EmbeddedPostgres(self.data_dir / "postgres").pid if database else None
        if server is not None:
            os.kill(server, signal.SIGKILL)
        self.process.wait()

    def stop(self, within_seconds: float = 20.0) -> int:
        """SIGTERM; returns the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=within_seconds)

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None
