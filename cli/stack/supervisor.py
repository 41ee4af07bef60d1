"""Runs a stack until SIGTERM: `python -m cli.stack.supervisor`, started by `huying stack up`.

Servers first, then databases and queues, then the processes. Whatever ends by itself is started again.
"""

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from sqlalchemy.exc import OperationalError

from chassis.clock import monotonic
from chassis.database.addresses import url_of
from chassis.database.kept import require_nothing_kept_at
from chassis.keyfiles import KeysUnusable
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from chassis.telemetry.logging import configure_logging
from chassis.tokens import PassSigner, TokenSigner
from cli.servers.elasticsearch import Elasticsearch
from cli.servers.errors import ServerError
from cli.servers.process import Process, born
from cli.servers.prometheus import Prometheus
from cli.servers.server import free_port
from cli.stack.plan import OWN, SERVICES, STOP_ORDER, Part, Wish, folder_of, own_servers
from cli.stack.prepare import prepare, variables
from cli.stack.state import Folder, State
from cli.stack.units import Elsewhere, Keeper, OwnServer, ServiceProcess
from cli.stack.watching import watch

MIGRATE_SECONDS = 180.0
LOOK_SECONDS = 0.3
ELSEWHERE_SECONDS = 60.0
SLOW = {Elasticsearch.name, Prometheus.name}
"""Databases and queues are made while these still start."""


class Stack:
    """The servers and processes of one folder."""

    def __init__(self, settings: Settings, wish: Wish) -> None:
        self.settings = settings
        self.wish = wish
        self.folder = Folder(folder_of(settings))
        self.folder.make()
        self.stopping = threading.Event()
        self.own = {kind: kind(self.folder.path / kind.name) for kind in own_servers(settings)}
        self._servers = [Keeper(OwnServer(server)) for server in self.own.values()]
        self._servers += [Keeper(Elsewhere(name, url)) for name, url in _elsewhere(settings)]
        self._processes: list[Keeper] = []
        self._phase = "servers"
        self._state = State(phase="servers", pid=os.getpid(), born=born(os.getpid()) or 0)
        self._written: bytes = b""

    def run(self) -> None:
        """Until told to stop. Raises ServerError when it cannot come up."""
        try:
            self._start_servers()
            env = self._prepare()
            self._await_slow_servers()
            self._start_processes(env)
            self._enter("up")
            while not self.stopping.wait(LOOK_SECONDS):
                self._tell()
        finally:
            self._stop()

    def fail(self, error: ServerError) -> None:
        self._state.error_zh, self._state.error_en = error.zh, error.en
        self._enter("failed")

    # -- up ------------------------------------------------------------------------------------------------------------

    def _start_servers(self) -> None:
        self._enter("servers")
        self._start_one_by_one(self._servers)
        self._until_ready([k for k in self._servers if k.unit.row().name not in SLOW])

    def _await_slow_servers(self) -> None:
        self._enter("servers")
        self._until_ready(self._servers)

    def _start_one_by_one(self, keepers: Iterable[Keeper]) -> None:
        for keeper in keepers:
            keeper.start()

    def _prepare(self) -> dict[str, str]:
        self._enter("preparing")
        made = variables(self.own)
        self.folder.keep_environment(_given() | made)
        try:
            prepare(self.own, made)
            # Once, before fifteen processes want them.
            KeyRing.load(self.settings.data_dir, before_making=lambda: self._require_nothing_kept(made))
            for create in (TokenSigner.load_or_create, PassSigner.load_or_create):
                create(self.settings.data_dir)
        except (OSError, KeysUnusable, OperationalError) as error:
            raise ServerError(f"准备失败：{error}", f"cannot prepare: {error}") from error
        env = {**os.environ, **made, "HUYING_DATA_DIR": str(self.settings.data_dir.absolute())}
        self._migrate(env)
        return env

    def _require_nothing_kept(self, made: Mapping[str, str]) -> None:
        url = made.get("HUYING_DATABASE_URL", self.settings.database_url)
        settings = self.settings.model_copy(update={"database_url": url})
        require_nothing_kept_at(url_of(settings, service) for service in SERVICES)

    def _migrate(self, env: Mapping[str, str]) -> None:
        """Two at a time: each is a Python program of its own."""
        with ThreadPoolExecutor(2) as pool:
            for service, code in zip(SERVICES, pool.map(lambda name: self._migrated(name, env), SERVICES), strict=True):
                if code != 0:
                    log = self.folder.log(f"{service}.migrate")
                    raise ServerError(
                        f"{service} 的数据库迁移失败（{code}），见 {log}：{_tail(log)}",
                        f"the migration of {service} failed ({code}), see {log}: {_tail(log)}",
                    )

    def _migrated(self, service: str, env: Mapping[str, str]) -> int | None:
        command = [sys.executable, "-m", f"services.{service}", "migrate"]
        own = {**env, "HUYING_HTTP_PORT": "0"}
        process = Process.spawn(command, own, self.folder.log(f"{service}.migrate"))
        until = monotonic() + MIGRATE_SECONDS
        while not process.wait(0.2):
            if self.stopping.is_set() or monotonic() > until:
                process.kill()
        return process.code

    def _start_processes(self, env: Mapping[str, str]) -> None:
        self._enter("processes")
        without_owner = {key: value for key, value in env.items() if key != "HUYING_DATABASE_OWNER_URL"}
        units = [self._unit(part, without_owner) for part in self.wish.parts()]
        self._processes = [Keeper(unit) for unit in units]
        if Prometheus in self.own:
            watch(self.own, {unit.part: unit.ports["http"] for unit in units})
        self._start_one_by_one(self._processes)

    def _unit(self, part: Part, env: Mapping[str, str]) -> ServiceProcess:
        known = self.folder.ports()
        ports = {"http": known.get(f"{part.name}.http") or free_port()}
        if part.role == "grpc":
            ports["grpc"] = self.wish.grpc_port(part) or known.get(f"{part.name}.grpc") or free_port()
        self.folder.keep_ports(known | {f"{part.name}.{name}": port for name, port in ports.items()})
        own = {**env, "HUYING_HTTP_PORT": str(ports["http"]), "HUYING_GRPC_PORT": str(ports.get("grpc", 0))}
        return ServiceProcess(part, own, ports, self.folder.log(part.name))

    def _until_ready(self, keepers: list[Keeper]) -> None:
        until = monotonic() + max([kind.ready_seconds for kind in self.own], default=ELSEWHERE_SECONDS) + 5
        while not all(keeper.ready for keeper in keepers):
            if self.stopping.wait(LOOK_SECONDS):
                raise _Stopped()
            self._tell()
            # One that failed once has said why; it would say the same again.
            late = [k for k in keepers if not k.ready and (monotonic() > until or k.failed)]
            if late:
                raise late[0].failed or _nobody_answers(late)

    # -- down ----------------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        failed = self._state.phase == "failed"
        self._enter(self._state.phase if failed else "stopping")
        for role in STOP_ORDER:
            _all_at_once(
                [k for k in self._processes if isinstance(k.unit, ServiceProcess) and k.unit.part.role == role]
            )
            self._tell()
        _all_at_once(self._servers)
        self._enter(self._state.phase if failed else "ended")

    # -- what others see -----------------------------------------------------------------------------------------------

    def _enter(self, phase: str) -> None:
        self._state.phase = phase
        self._tell()

    def _tell(self) -> None:
        self._state.rows = [keeper.row() for keeper in (*self._servers, *self._processes)]
        told = msgspec.json.encode(self._state)
        if told != self._written:
            self.folder.write(self._state)
            self._written = told


class _Stopped(Exception):
    """SIGTERM while it was coming up."""


def _nobody_answers(late: list[Keeper]) -> ServerError:
    rows = [keeper.row() for keeper in late]
    zh = "；".join(f"{row.name}（{row.where}）没有应答：{row.reason}" for row in rows)
    en = "; ".join(f"{row.name} at {row.where} does not answer: {row.reason}" for row in rows)
    return ServerError(f"{zh}。请启动，或改正地址", f"{en}. Start it, or correct its address")


def _given() -> dict[str, str]:
    """Servers elsewhere and other settings; ports and folder are each process' own."""
    own = {"HUYING_DATA_DIR", "HUYING_HTTP_PORT", "HUYING_GRPC_PORT"}
    return {key: value for key, value in os.environ.items() if value and key.startswith("HUYING_") and key not in own}


def _elsewhere(settings: Settings) -> list[tuple[str, str]]:
    given = [(kind.name, str(getattr(settings, name))) for kind, name in OWN.items() if name]
    return [(name, url) for name, url in given if url]


def _all_at_once(keepers: list[Keeper]) -> None:
    if keepers:
        with ThreadPoolExecutor(len(keepers)) as pool:
            list(pool.map(Keeper.stop, keepers))


def _tail(log: Path) -> str:
    return " | ".join(log.read_text(errors="replace").strip().splitlines()[-3:])[-800:]


def _end_with(owner: Process, stopping: threading.Event) -> None:
    """A stack that was brought up for a while outlives nobody."""
    while owner.alive:
        if stopping.wait(1.0):
            return
    stopping.set()


def main(replicas: str, base_port: str, *owner: str) -> None:
    """`owner`: process number and time of birth of whom the stack serves, where it is not to outlive it."""
    settings = Settings()
    configure_logging(json=settings.log_json, level=settings.log_level)
    stack = Stack(settings, Wish(replicas=int(replicas), base_port=int(base_port)))
    if owner:
        whom = Process(*map(int, owner))
        threading.Thread(target=_end_with, args=(whom, stack.stopping), name="owner", daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stack.stopping.set())
    with (stack.folder.path / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            stack.run()
        except _Stopped:
            return
        except ServerError as error:
            stack.fail(error)
            print(f"{error.zh}\n{error.en}", file=sys.stderr, flush=True)
            raise SystemExit(1) from None


if __name__ == "__main__":
    main(*sys.argv[1:])
