"""What an operator asks for: outbox, dead letters, doctor, migrate."""

import importlib.metadata
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import sqlalchemy as sa
import typer

from chassis.database import create_engine
from chassis.domain import DomainError
from chassis.events import parking
from chassis.policy import PolicyError, load_cities
from chassis.settings import Settings
from chassis.telemetry.logging import configure_logging
from cli.environment import read_settings
from cli.province import SERVICES, Province, build_province, databases
from cli.speech import AsJson, fail, say, show_rows
from cli.up import try_port

dead_letters = typer.Typer(no_args_is_help=True, help="Messages that could not be applied 死信")


@contextmanager
def _province() -> Iterator[Province]:
    settings = read_settings()
    # What was dropped, and why, stays in the log.
    configure_logging(json=settings.log_json, level="WARNING")
    with databases(settings) as urls:
        province = build_province(settings, urls)
        try:
            yield province
        finally:
            province.stop()


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    engine = create_engine(url, pool_size=2)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def outbox(as_json: AsJson = False) -> None:
    """Unpublished events and parked messages of each service 待发事件"""
    rows: list[dict[str, Any]] = []
    with databases(read_settings()) as urls:
        for name in SERVICES:
            with _connected(urls[name]) as connection:
                if not sa.inspect(connection).has_table("outbox"):
                    raise fail("数据库尚未建立，请先运行 huying migrate", "no tables yet; run: huying migrate")
                rows.append({"service": name} | dict(connection.execute(_OUTBOX).mappings().one()))
    show_rows(rows, as_json=as_json, empty=("无", "none"))


_OUTBOX = sa.text(
    "select (select count(*) from outbox where published_at is null) as unpublished, "
    "(select count(*) from outbox) as kept, (select count(*) from parked) as parked, "
    "(select count(*) from parked where state = 'dead') as dead, "
    "(select min(occurred_at) from outbox where published_at is null) as oldest_unpublished"
)

Id = Annotated[str, typer.Argument(help="event id 事件号")]


@dead_letters.command("list")
def list_dead(
    as_json: AsJson = False,
    state: Annotated[str, typer.Option(help="dead, failed, not_yet, waiting; empty: all")] = "dead",
) -> None:
    """Lists them with their reason 列出死信"""
    with _province() as province:
        rows = [
            {"service": name} | row
            for name, runtime in province.runtimes.items()
            for row in _listed(runtime.engine, state)
        ]
    show_rows(rows, as_json=as_json, empty=("没有死信", "no dead letters"))


def _listed(engine: sa.Engine, state: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return parking.listed(connection, state=state)


@dead_letters.command("show")
def show_dead(event_id: Id) -> None:
    """Shows one whole envelope 查看一条死信"""
    with _province() as province:
        for runtime in province.runtimes.values():
            with runtime.engine.connect() as connection:
                found = connection.execute(_SHOW, {"id": event_id}).scalar()
            if found:
                print(found)
                return
    raise fail(f"没有事件 {event_id}", f"no event {event_id}")


_SHOW = sa.text("select jsonb_pretty(envelope) from parked where event_id = :id")


@dead_letters.command("replay")
def replay_dead(event_id: Id) -> None:
    """Tries it again 重放一条死信"""
    _on_owner(event_id, lambda runtime: parking.replay(runtime, event_id))
    say("已安排重放", "it will be tried again")


@dead_letters.command("drop")
def drop_dead(event_id: Id, reason: Annotated[str, typer.Option(help="why 理由")]) -> None:
    """Gives it up for good, with a reason 放弃一条死信"""
    _on_owner(event_id, lambda runtime: parking.drop(runtime, event_id, reason))
    say("已放弃", "dropped")


def _on_owner(event_id: str, do: Any) -> None:
    with _province() as province:
        for runtime in province.runtimes.values():
            with runtime.engine.connect() as connection:
                here = connection.execute(_SHOW, {"id": event_id}).scalar()
            if here:
                try:
                    do(runtime)
                except DomainError as error:
                    raise fail(error.message_zh, error.message_en) from None
                return
    raise fail(f"没有事件 {event_id}", f"no event {event_id}")


def migrate() -> None:
    """Brings the five databases to the newest form 迁移数据库"""
    with _province() as province:
        for name in province.runtimes:
            say(f"{name}：已是最新", f"{name}: up to date")


def doctor(as_json: AsJson = False) -> None:
    """Checks what this machine has and says what helps 自检"""
    settings = read_settings()
    checks = [
        _check("policies", lambda: f"{len(load_cities(settings.policies_dir))} cities"),
        _check("data folder", lambda: _writable(settings)),
        _check("disk", lambda: _free_disk(settings)),
        _check("grpc port", lambda: _free_port(settings.host, settings.grpc_port)),
        _check("http port", lambda: _free_port(settings.host, settings.http_port)),
        _check("database", lambda: _databases(settings)),
        *([_check("search", lambda: _search(settings))] if settings.elasticsearch_url else []),
        _check("huying", lambda: importlib.metadata.version("huying")),
    ]
    show_rows(checks, as_json=as_json, empty=("", ""))
    if not all(check["ok"] for check in checks):
        raise typer.Exit(1)


def _check(name: str, look: Any) -> dict[str, Any]:
    try:
        return {"check": name, "ok": True, "says": look()}
    except (OSError, PolicyError, DomainError, sa.exc.SQLAlchemyError, RuntimeError, ValueError) as error:
        return {"check": name, "ok": False, "says": str(error).splitlines()[0]}


def _writable(settings: Settings) -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    probe = settings.data_dir / ".probe"
    probe.write_text("")
    probe.unlink()
    return str(settings.data_dir)


def _free_disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir).free // 2**30
    if free < 2:
        raise OSError(f"only {free} GiB free, 2 are needed")
    return f"{free} GiB free"


def _free_port(host: str, port: int) -> str:
    try_port(host, port)
    return f"{port} is free"


def _databases(settings: Settings) -> str:
    with databases(settings) as urls:
        for url in urls.values():
            with _connected(url) as connection:
                version = connection.execute(sa.text("show server_version")).scalar()
    return f"PostgreSQL {version}, {len(urls)} databases"


def _search(settings: Settings) -> str:
    from services.knowledge.adapters.elastic.index import ElasticIndex

    return ElasticIndex(settings).state()
