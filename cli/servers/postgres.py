"""PostgreSQL from the system's packages: passwords, TCP, one database and one user per service."""

import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from chassis.postgres.account import Account, is_postgres
from cli.servers.errors import ServerError
from cli.servers.places import postgres_programs
from cli.servers.process import lowered
from cli.servers.server import Server

SUPERUSER = "huying_admin"
_CONF = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
shared_buffers = '128MB'
max_connections = 600
jit = off
max_parallel_workers_per_gather = 0
max_wal_size = '2GB'
# Bodies and sealed answers are long: to pack them in the default way is a twentieth of all the work here.
default_toast_compression = 'lz4'
timezone = 'UTC'
log_timezone = 'UTC'
# No statement and no row value may reach the log: both can hold personal data.
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
log_parameter_max_length_on_error = 0
"""


@dataclass(frozen=True)
class PostgresAddress:
    """How to reach a database of the cluster."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str = "postgres"

    @property
    def url(self) -> str:
        """For SQLAlchemy."""
        return (
            f"postgresql+psycopg://{self.user}:{quote(self.password, safe='')}@{self.host}:{self.port}/{self.database}"
        )

    @property
    def conninfo(self) -> str:
        """For libpq."""
        return psycopg.conninfo.make_conninfo(
            host=self.host, port=self.port, user=self.user, password=self.password, dbname=self.database
        )


class Postgres(Server):
    name = "postgres"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # the fast way: sessions are ended, nothing is lost
    passing = ("pre-existing shared memory block", "lock file")

    settings = ""
    """More lines of postgresql.conf."""

    @property
    def address(self) -> PostgresAddress:
        return PostgresAddress("127.0.0.1", self.ports["port"], SUPERUSER, self.password)

    def conninfo_of(self, database: str) -> str:
        """Of another database, for the superuser."""
        return replace(self.address, database=database).conninfo

    def prepare(self) -> None:
        cluster = self.data_dir / "cluster"
        if not cluster.exists():
            self._init(cluster)
        _forget_the_dead(cluster / "postmaster.pid")
        target = cluster / "huying.conf"
        target.write_text(_CONF.format(**self.ports) + self.settings)
        target.chmod(0o644)

    def _init(self, cluster: Path) -> None:
        """Made beside its final place, so that a death half-way leaves nothing half-made."""
        fresh = self.data_dir / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        account = Account.choose()
        account.own(fresh)
        secret = self.data_dir / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        account.own(secret)
        options = ["--username", SUPERUSER, "--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8"]
        command = [str(postgres_programs() / "initdb"), "-D", str(fresh), *options, "--locale", "C.UTF-8", "-N"]
        done = subprocess.run(  # noqa: S603
            lowered(command, self.data_dir, postgres_programs()), stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, cwd="/",
        )  # fmt: skip
        secret.unlink()
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-800:]
            raise ServerError(f"PostgreSQL 数据目录无法建立：{said}", f"PostgreSQL cannot make its data folder: {said}")
        with (fresh / "postgresql.conf").open("a") as conf:
            conf.write("include 'huying.conf'\n")
        fresh.rename(cluster)

    def command(self) -> tuple[list[str], dict[str, str]]:
        programs = postgres_programs()
        command = [str(programs / "postgres"), "-D", str(self.data_dir / "cluster")]
        return lowered(command, self.data_dir, programs), {}

    def check(self) -> None:
        try:
            psycopg.connect(self.address.conninfo, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            raise OSError(str(error).strip()) from error

    # -- databases and users -------------------------------------------------------------------------------------------

    def create_database(self, name: str, *, template: str = "template1") -> PostgresAddress:
        """Makes it, or leaves the one that exists; of the superuser."""
        statement = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        with suppress(psycopg.errors.DuplicateDatabase):
            self._execute(statement)
        return replace(self.address, database=name)

    def create_owned_database(self, name: str, password: str) -> PostgresAddress:
        """A database and its user of the same name, who may do everything there and nothing elsewhere."""
        one, word = sql.Identifier(name), sql.Literal(password)
        with suppress(psycopg.errors.DuplicateObject):
            self._execute(sql.SQL("create role {} login nosuperuser nocreatedb nocreaterole").format(one))
        self._execute(sql.SQL("alter role {} password {}").format(one, word))
        with suppress(psycopg.errors.DuplicateDatabase):
            self._execute(sql.SQL("create database {} owner {}").format(one, one))
        self._execute(sql.SQL("revoke all on database {} from public").format(one))
        return replace(self.address, user=name, password=password, database=name)

    def drop_database(self, name: str) -> None:
        self._execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def drop_user(self, name: str) -> None:
        self._execute(sql.SQL("drop role if exists {}").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.address.conninfo, autocommit=True) as connection:
            connection.execute(statement)


def _forget_the_dead(mark: Path) -> None:
    """After a restart of the machine another program may have the number of a server that died with it."""
    if mark.exists() and not is_postgres(int(mark.read_text().split("\n", 1)[0] or 0)):
        mark.unlink()
