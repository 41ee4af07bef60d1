"""One process that may outlive the one that started it: known by its number and its time of birth."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chassis.clock import monotonic
from chassis.postgres.account import Account
from cli.servers.errors import ServerError


@dataclass
class Process:
    """The leader of a session, with whatever it started itself."""

    pid: int
    born: int
    code: int | None = None
    """How it ended, when this process is its parent: the exit code, or minus the signal."""

    @classmethod
    def spawn(cls, command: Sequence[str], env: Mapping[str, str], log: Path) -> "Process":
        """Starts it in a session of its own, so that Ctrl-C in a terminal does not reach it."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        files = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ]
        signals = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE]
        pid = os.posix_spawnp(
            command[0], list(command), dict(env), file_actions=files, setsid=True, setsigmask=[], setsigdef=signals
        )
        return cls(pid, born(pid) or 0)

    @property
    def alive(self) -> bool:
        if self.code is not None:
            return False
        try:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:  # of another parent, or long buried
            return self.born != 0 and born(self.pid) == self.born
        if ended:  # else it lives: one whose threads still end looks dead in /proc, and has no code yet
            self.code = os.waitstatus_to_exitcode(status)
        return not ended

    def send(self, number: int) -> None:
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it and all that it started, at once."""
        self.send(signal.SIGKILL)
        self.sweep()
        self.wait(10.0)

    def sweep(self) -> None:
        """Ends what it left behind in its session."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within the time."""
        until = monotonic() + seconds
        while self.alive:
            if monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def memory(self) -> int:
        """Resident bytes of it and all in its session."""
        total = 0
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                if os.getsid(int(folder.name)) == self.pid or int(folder.name) == self.pid:
                    total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return total


def born(pid: int) -> int | None:
    """The start in clock ticks since the machine's; None for a process that is gone or a zombie."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if said[0] in "ZX" else int(said[19])


def lowered(command: list[str], *paths: Path) -> list[str]:
    """The command under an account without rights, when root calls."""
    return Account.choose().lowered(command, paths)


def require_open(title: str, path: Path) -> None:
    """For programs that do not use the right to pass closed folders, as Java. Raises ServerError."""
    closed = [folder for folder in (path, *path.parents) if folder.exists() and not folder.stat().st_mode & 0o001]
    if closed:
        raise ServerError(
            f"{title} 不以 root 运行，而 {closed[0]} 不对其他账号开放：请用 HUYING_DATA_DIR、HUYING_CACHE 另选目录",
            f"{title} does not run as root, and {closed[0]} is closed to other accounts: choose another folder by "
            "HUYING_DATA_DIR or HUYING_CACHE",
        )
