"""This machine: policies, data folder, disk, ports, the embedded PostgreSQL."""

import shutil
import urllib.request

import sqlalchemy as sa

from chassis.database import create_engine
from chassis.policy import load_cities
from chassis.settings import Settings
from cli.doctor.findings import Found
from cli.province import databases
from cli.speech import words
from cli.up import try_port

FREE_GIB = 2
READY_SECONDS = 5.0


def policies(settings: Settings) -> str:
    cities = len(load_cities(settings.policies_dir))
    return words(f"{cities} 个城市", f"{cities} cities")


def writable(settings: Settings) -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    probe = settings.data_dir / ".probe"
    probe.write_text("")
    probe.unlink()
    return str(settings.data_dir)


def free_disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir).free // 2**30
    if free < FREE_GIB:
        raise Found(
            f"{settings.data_dir} 所在磁盘仅剩 {free} GiB，至少需要 {FREE_GIB}：请清理或改 HUYING_DATA_DIR",
            f"the disk of {settings.data_dir} has only {free} GiB free, {FREE_GIB} are needed: make room, "
            "or change HUYING_DATA_DIR",
        )
    return words(f"剩余 {free} GiB", f"{free} GiB free")


def real_time(settings: Settings) -> str:
    """Raises Found where a driver tells the time."""
    if settings.clock:
        raise Found(
            f"时间是模拟的（HUYING_CLOCK={settings.clock}），不得用于真实诉求：请去掉 HUYING_CLOCK",
            f"time is simulated (HUYING_CLOCK={settings.clock}), never for real cases: take HUYING_CLOCK away",
        )
    return words("真实时间", "real")


def free_port(settings: Settings, port: int) -> str:
    try:
        try_port(settings.host, port)
    except OSError as error:
        raise Found(
            f"{settings.host}:{port} 无法使用：{error.strerror}（HUYING_GRPC_PORT、HUYING_HTTP_PORT 可另选端口）",
            f"{settings.host}:{port} cannot be used: {error.strerror} "
            "(HUYING_GRPC_PORT and HUYING_HTTP_PORT choose others)",
        ) from None
    return words(f"{port} 可用", f"{port} is free")


def own_province(settings: Settings) -> str:
    """Raises Found where `huying up`, which runs on this data folder, is not ready."""
    url = f"http://{settings.host}:{settings.http_port}/readyz"
    try:
        with urllib.request.urlopen(url, timeout=READY_SECONDS):
            return words(f"huying up 正在运行，{url} 就绪", f"huying up runs, {url} is ready")
    except OSError as error:
        raise Found(
            f"{settings.data_dir} 上的 huying up 在运行，但 {url} 未就绪：{error}（请同样设 HUYING_HTTP_PORT）",
            f"huying up runs on {settings.data_dir}, but {url} is not ready: {error} "
            "(set HUYING_HTTP_PORT as it was started)",
        ) from None


def embedded_databases(settings: Settings) -> str:
    with databases(settings) as urls:
        for url in urls.values():
            engine = create_engine(url, pool_size=2)
            try:
                with engine.connect() as connection:
                    version = connection.execute(sa.text("show server_version")).scalar()
            finally:
                engine.dispose()
    return words(f"PostgreSQL {version}，{len(urls)} 个数据库", f"PostgreSQL {version}, {len(urls)} databases")
