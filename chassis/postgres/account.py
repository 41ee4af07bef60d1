"""The account that runs the embedded PostgreSQL, and the processes that belong to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class PostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what helps."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: PostgreSQL refuses root, so root lends it an account without rights."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls) -> Account:
        if os.geteuid() != 0:
            return cls()
        import pwd

        for name in ("huying", "postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise PostgresError("PostgreSQL does not run as root, and there is no account huying, postgres or nobody")

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def lowered(self, command: list[str], paths: Sequence[Path]) -> list[str]:
        """The command without root; where a folder above is closed (such as /root), with the one right to pass it.

        By a program of its own, as `subprocess` with another user forks, which runs the fork handlers of libraries:
        those of gRPC break the child now and then while calls are open.
        """
        if self.uid is None:
            return command
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise PostgresError("setpriv is missing, which starts servers without root: install util-linux")
        rights = []
        if not all(_open_to_all(path) for path in paths):
            right = _right_to_pass()
            rights = [f"--inh-caps=+{right}", f"--ambient-caps=+{right}"]
        return [setpriv, f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", *rights, *command]


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def _right_to_pass() -> str:
    """The least capability that this root still has and that passes closed folders."""
    status = Path("/proc/self/status").read_text()
    held = int(re.search(r"^CapPrm:\s*([0-9a-f]+)", status, re.MULTILINE).group(1), 16)  # type: ignore[union-attr]
    if held & 1 << 2:
        return "dac_read_search"
    if held & 1 << 1:
        return "dac_override"
    raise PostgresError("the data folder lies in a folder that only root can enter: choose another one")


def is_postgres(pid: int) -> bool:
    """Whether this process is alive and a PostgreSQL: after a restart of the machine another may have its number."""
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self").exists():
        try:
            return "postgres" in (said := status.read_text()) and ") Z " not in said
        except (FileNotFoundError, ProcessLookupError):
            return False
    command = ["ps", "-o", "stat=,comm=", "-p", str(pid)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return "postgres" in done.stdout and not done.stdout.startswith("Z")
