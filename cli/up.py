"""huying up: the embedded province with its gRPC port, metrics and health."""

import fcntl
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import structlog
from prometheus_client import REGISTRY

from chassis import crashpoints
from chassis.memory import share_arenas
from chassis.settings import Settings
from chassis.telemetry import tracing
from chassis.telemetry.http import HttpServer
from chassis.telemetry.logging import configure_logging
from cli.environment import read_settings, require_no_stack
from cli.province import Province, embedded_province
from cli.speech import AsJson, fail, say, tell

log = structlog.get_logger()


def up(as_json: AsJson = False) -> None:
    """Serves the embedded province until SIGTERM or Ctrl-C: gRPC, metrics, health 启动"""
    settings = read_settings()
    if settings.clock:
        raise fail("HUYING_CLOCK：huying up 只用真实时间", "HUYING_CLOCK: huying up keeps the wall clock", code=2)
    require_no_stack(settings)
    configure_logging(json=settings.log_json, level=settings.log_level)
    share_arenas()
    crashpoints.arm(settings.crash_at)
    tracing.start(settings.otlp_url, ratio=settings.otlp_ratio, service="huying", role="all")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with only_one(settings.data_dir):
        for port in (settings.grpc_port, settings.http_port):
            require_free(settings.host, port)
        serve_embedded(settings, stopping, as_json=as_json)
    tracing.stop()


def require_free(host: str, port: int) -> None:
    """Tried before anything is started. Raises the exit."""
    try:
        try_port(host, port)
    except OSError as error:
        raise fail(
            f"{host}:{port} 无法使用：{error.strerror}（HUYING_GRPC_PORT、HUYING_HTTP_PORT 可另选端口）",
            f"{host}:{port} cannot be used: {error.strerror} (HUYING_GRPC_PORT and HUYING_HTTP_PORT choose others)",
        ) from None


def try_port(host: str, port: int) -> None:
    """Raises OSError when the port cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def serve_embedded(settings: Settings, stopping: threading.Event, *, as_json: bool = False) -> None:
    with embedded_province(settings) as province:
        serve(settings, province, stopping, as_json=as_json)


def serve(settings: Settings, province: Province, stopping: threading.Event, *, as_json: bool = False) -> None:
    grpc = province.grpc_server()
    http = HttpServer(
        settings.host,
        settings.http_port,
        REGISTRY,
        live={"workers": lambda: all(w.alive() for w in province.workers.values())},
        ready={name: province.reachable(name) for name in province.runtimes},
    )
    province.start()
    http.start()
    grpc.start()
    log.info("ready", grpc_port=grpc.port, http_port=http.port, data_dir=str(settings.data_dir))
    calls, metrics = f"{settings.host}:{grpc.port}", f"http://{settings.host}:{http.port}/metrics"
    tell(
        {"grpc": calls, "metrics": metrics},
        f"呼应已启动：gRPC {calls}，指标 {metrics}",
        f"Huying is up: gRPC {calls}, metrics {metrics}",
        as_json=as_json,
    )
    province.seed_meanwhile()
    stopping.wait()
    grpc.stop()
    http.stop()
    if not as_json:
        say("呼应已停止；数据保留在原处", "Huying has stopped; the data stays")


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Refuses a second province on the same data folder: one publishes, one keeps the clocks."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "up.lock").open("w") as file:
        _lock(file, data_dir)
        yield


def runs_on(data_dir: Path) -> bool:
    """Whether a province is up on this data folder."""
    try:
        with (data_dir / "up.lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _lock(file: IO[str], data_dir: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise fail(f"{data_dir} 已有一个呼应在运行", f"another Huying runs on {data_dir}", code=3) from None
