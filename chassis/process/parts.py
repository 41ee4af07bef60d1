"""What the long-lived roles have in common: settings, logs, health, the service on its real servers, the end."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
import structlog
from prometheus_client import REGISTRY
from pydantic import ValidationError

from chassis import crashpoints
from chassis.clock import Clock, WallClock, uuid7
from chassis.database import create_engine
from chassis.database.addresses import url_of
from chassis.database.kept import require_nothing_kept
from chassis.keyfiles import KeysUnusable
from chassis.memory import nothing_is_garbage, share_arenas, spare_what_stays
from chassis.pipeline import ServiceRuntime
from chassis.policy import PolicyError
from chassis.privacy.keyring import KeyRing
from chassis.process import Program
from chassis.process.limits import LIMITS, pool_of
from chassis.process.simulated import DRIVER, DrivenClock
from chassis.process.waiting import Stopped, Unusable, check_database, check_rabbit, wait_until
from chassis.questions import Questions
from chassis.runtime import Runtime
from chassis.settings import Settings, misspelt, problems_of, shown
from chassis.telemetry import pools, tracing
from chassis.telemetry.http import HttpServer
from chassis.telemetry.logging import configure_logging

log = structlog.get_logger()
STOPS_WITHIN_SECONDS = 8.5
"""Afterwards the process ends all the same: what it leaves is done again by the next one."""


@dataclass
class Life:
    """One process from its start to its end."""

    program: Program
    role: str
    settings: Settings
    stopping: threading.Event = field(default_factory=threading.Event)
    live: dict[str, Callable[[], bool]] = field(default_factory=dict)
    ready: dict[str, Callable[[], bool]] = field(default_factory=dict)
    no_time: bool = False
    """Whether it ends because the driver of simulated time is gone."""

    @property
    def bootstrap(self) -> ModuleType:
        return import_module(self.program.bootstrap)

    @property
    def migrations(self) -> Path:
        return Path(self.bootstrap.MIGRATIONS)

    def runtime(self, questions: Questions) -> ServiceRuntime:
        """Builds the service, then waits for its database and for the tables of this version."""
        settings, clock, limits = self.settings, self._clock(), LIMITS[self.role]
        keys = KeyRing.load(settings.data_dir, before_making=self._before_making_keys)
        with nothing_is_garbage():
            service = self.bootstrap.build(Runtime(settings, keys, questions, clock, uuid7))
        engine = create_engine(
            url_of(settings, self.program.name),
            pool_size=pool_of(settings, self.role),
            application=f"huying-{self.program.name}-{self.role}",
            statement_ms=limits.statement_ms,
            lock_ms=limits.lock_ms,
        )
        pools.watch(self.program.name, engine)
        address = shown(engine.url.render_as_string(hide_password=True))
        wait_until("PostgreSQL", address, lambda: check_database(engine, self.migrations), self.stopping)
        self.ready["database"] = lambda: _answers(engine)
        return ServiceRuntime(service, engine, clock, uuid7, questions, keys)

    def _before_making_keys(self) -> None:
        """Raises KeysUnusable."""
        engine = create_engine(url_of(self.settings, self.program.name), pool_size=1)
        try:
            address = shown(engine.url.render_as_string(hide_password=True))
            wait_until("PostgreSQL", address, lambda: check_database(engine), self.stopping)
            require_nothing_kept(engine)
        finally:
            engine.dispose()

    def _clock(self) -> Clock:
        """The wall clock, or that of a driver, who is waited for."""
        if not self.settings.clock:
            return WallClock()
        driver = self.settings.clock
        log.warning("time_is_simulated", driver=driver, zh="时间由驱动程序给出，并非真实时间", en="time is not real")
        clock = DrivenClock(driver, f"{self.program.name}.{self.role}")
        wait_until(DRIVER, driver, clock.connect, self.stopping)
        self.ready["simulated_clock"] = lambda: clock.known
        clock.follow(self._no_time)
        return clock

    def _no_time(self) -> None:
        """Ends the process: nothing may be done by an old instant."""
        if self.stopping.is_set():
            return
        self.no_time = True
        os.kill(os.getpid(), signal.SIGTERM)

    def ended(self, code: int) -> int:
        """How a process that was told to end has ended."""
        if not self.no_time:
            return code
        return _say(
            f"模拟时间的驱动程序 {self.settings.clock} 已离开，进程结束",
            f"the driver of simulated time at {self.settings.clock} is gone: the process ends",
            1,
        )

    def await_rabbit(self, check: Callable[[], None] | None = None) -> None:
        wanted = check or (lambda: check_rabbit(self.settings))
        wait_until("RabbitMQ", shown(self.settings.amqp_url), wanted, self.stopping)


def _answers(engine: sa.Engine) -> bool:
    check_database(engine)
    return True


def run(program: Program, role: str, serve: Callable[[Life], int], *, http: bool = True) -> int:
    """Runs a role within its surroundings; answers the exit code."""
    try:
        settings = Settings()
    except ValidationError as error:
        return _say(
            "环境变量有误：" + "；".join(problems_of(error)), "bad environment: " + "; ".join(problems_of(error)), 2
        )
    missing = [n for n in ("database_url", "amqp_url") if not getattr(settings, n)]
    if missing:
        names = ", ".join(f"HUYING_{name.upper()}" for name in missing)
        return _say(f"缺少 {names}：各进程共用真实的服务器", f"{names} missing: processes share real servers", 2)
    configure_logging(json=settings.log_json, level=settings.log_level)
    for name, meant in misspelt(os.environ).items():
        log.warning("setting_unknown", name=name, meant=meant)
    share_arenas()
    crashpoints.arm(settings.crash_at)
    tracing.start(settings.otlp_url, ratio=settings.otlp_ratio, service=f"huying-{program.name}", role=role)
    life = Life(program, role, settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(life.stopping))
    try:
        with _health(life) if http else nullcontext():
            return life.ended(serve(life))
    except Stopped:
        return life.ended(0)
    except Unusable as fault:
        return _say(fault.zh, fault.en, 1)
    except (PolicyError, KeysUnusable) as fault:
        return _say(f"无法启动：{fault}", f"cannot start: {fault}", 1)
    except OSError as fault:
        return _say(f"无法启动：{fault}", f"cannot start: {fault}", 1)
    finally:
        tracing.stop()


@contextmanager
def _health(life: Life) -> Iterator[HttpServer]:
    """Served from the first moment on: alive at once, ready only when everything is there."""
    life.ready["started"] = lambda: False
    host, port = life.settings.host, life.settings.http_port
    try:
        server = HttpServer(host, port, REGISTRY, live=life.live, ready=life.ready)
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise Unusable(
            f"{host}:{port} 无法使用：{why}（HUYING_HTTP_PORT 可另选端口）",
            f"{host}:{port} cannot be used: {why} (HUYING_HTTP_PORT chooses another)",
        ) from None
    server.start()
    log.info("begins", service=life.program.name, role=life.role, http_port=server.port, pid=os.getpid())
    try:
        yield server
    finally:
        server.stop()


def now_ready(life: Life, **told: object) -> None:
    spare_what_stays()
    del life.ready["started"]
    log.info("ready", service=life.program.name, role=life.role, **told)


def _end(stopping: threading.Event) -> None:
    """SIGTERM: everything is told to end; what does not in time is left to be done again."""
    if stopping.is_set():
        return
    # Not a thread: in the bus process a signal may come while eventlet's hub waits, where no green one can be started.
    signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
    signal.setitimer(signal.ITIMER_REAL, STOPS_WITHIN_SECONDS)
    stopping.set()


def _say(zh: str, en: str, code: int) -> int:
    print(f"{zh}\n{en}", file=sys.stderr, flush=True)  # noqa: T201
    return code
