"""A server that several processes use: the first one starts it, the last one removes it."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Generic, TypeVar

from cli.servers.server import Server

S = TypeVar("S", bound=Server)


class Shared(Generic[S]):
    """A lock on a file counts the users, so that a killed process never counts."""

    def __init__(self, server: S) -> None:
        self.server = server
        self._users: IO[str] | None = None

    def acquire(self) -> S:
        """Starts it, unless somebody has. Raises ServerError."""
        self.server.data_dir.mkdir(parents=True, exist_ok=True)
        with self._alone():
            users = (self.server.data_dir / "users.lock").open("w")
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.server.start()
            except BaseException:
                users.close()
                raise
            self._users = users
        return self.server

    def leave(self) -> None:
        """Uses it no longer, and lets it run."""
        if self._users is not None:
            self._users.close()
            self._users = None

    def discard(self) -> bool:
        """Ends it and removes its data, unless somebody uses it (answers whether it did)."""
        self.leave()
        if not self.server.data_dir.exists():
            return True
        with self._alone(), (self.server.data_dir / "users.lock").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            self.server.kill()
            shutil.rmtree(self.server.data_dir, ignore_errors=True)
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or ends it."""
        with (self.server.data_dir / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
