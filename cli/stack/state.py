"""What a running stack tells other processes: who runs where, how it is, and how to reach it."""

import json
import os
from pathlib import Path
from typing import Any

import msgspec

from cli.servers.process import Process

LOG_BYTES = 50 * 2**20
"""A log longer than this is put aside at the next start."""


class Row(msgspec.Struct, kw_only=True):
    """One server or process."""

    name: str
    kind: str
    """server or process"""
    pid: int = 0
    born: int = 0
    ports: dict[str, int] = {}
    where: str = ""
    """The address of a server, without password."""
    own: bool = True
    """Whether this stack runs it; False for a server elsewhere."""
    ready: bool = False
    reason: str = ""
    restarts: int = 0
    last_end: str = ""

    @property
    def process(self) -> Process | None:
        return Process(self.pid, self.born) if self.pid else None


class State(msgspec.Struct, kw_only=True):
    """The whole stack as its supervisor sees it."""

    phase: str
    """servers, preparing, processes, up, stopping, ended, failed"""
    pid: int
    born: int
    rows: list[Row] = []
    error_zh: str = ""
    error_en: str = ""

    @property
    def supervisor(self) -> Process:
        return Process(self.pid, self.born)

    @property
    def taken_down(self) -> bool:
        """Whether it ended because somebody wanted it, or never came up."""
        return self.phase in {"ended", "failed"}

    @property
    def ready(self) -> bool:
        return self.phase == "up" and all(row.ready for row in self.rows)


class Folder:
    """The files of a stack."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "logs"
        self._state = path / "stack.json"
        self._env = path / "env.json"
        self._ports = path / "ports.json"

    def make(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        for log in self.logs.glob("*.log"):
            if log.stat().st_size > LOG_BYTES:
                log.rename(log.with_suffix(".log.1"))

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def read(self) -> State | None:
        """None where no stack ever was."""
        try:
            return msgspec.json.decode(self._state.read_bytes(), type=State)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def write(self, state: State) -> None:
        _replace(self._state, msgspec.json.encode(state), 0o644)

    def environment(self) -> dict[str, str]:
        """The HUYING_… variables by which other programs reach this stack; passwords are in them."""
        return _dictionary(self._env)

    def keep_environment(self, variables: dict[str, str]) -> None:
        _replace(self._env, json.dumps(variables).encode(), 0o600)

    def ports(self) -> dict[str, int]:
        """The ports that processes were given before: they come back there."""
        return _dictionary(self._ports)

    def keep_ports(self, ports: dict[str, int]) -> None:
        _replace(self._ports, json.dumps(ports).encode(), 0o644)


def _dictionary(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _replace(path: Path, content: bytes, mode: int) -> None:
    """At once: others read at any moment."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=mode)
    fresh.write_bytes(content)
    fresh.rename(path)
