"""What an operator asks for: outbox, dead letters, migrate."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import sqlalchemy as sa
import typer

from chassis.database import create_engine
from chassis.domain import DomainError
from chassis.events import parking
from chassis.pipeline import ServiceRuntime
from chassis.telemetry.logging import configure_logging
from cli.environment import operating_settings
from cli.province import SERVICES, Province, build_province, databases
from cli.speech import AsJson, fail, put, say, show_rows, tell

dead_letters = typer.Typer(no_args_is_help=True, help="Messages that could not be applied 死信")


@contextmanager
def _province() -> Iterator[Province]:
    settings = operating_settings()
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
    with databases(operating_settings()) as urls:
        for name in SERVICES:
            with _connected(urls[name]) as connection:
                if not sa.inspect(connection).has_table("outbox"):
                    raise fail("数据库尚未建立，请先运行 huying migrate", "no tables yet; run: huying migrate")
                rows.append({"service": name} | dict(connection.execute(_OUTBOX).mappings().one()))
    show_rows(rows, as_json=as_json, empty=("无", "none"))


_OUTBOX = sa.text(
    "select (select count(*) from outbox where published_at is null) as unpublished, "
    "(select count(*) from outbox where published_at is null and bulk) as bulk, "
    "(select count(*) from outbox) as kept, (select count(*) from parked) as parked, "
    "(select count(*) from parked where state = 'dead') as dead, "
    "(select min(occurred_at) from outbox where published_at is null) as oldest_unpublished"
)

Id = Annotated[str, typer.Argument(help="event id 事件号")]
Whose = Annotated[str, typer.Option("--service", help="needed where several hold the event 所属服务")]


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
def show_dead(event_id: Id, service: Whose = "", as_json: AsJson = False) -> None:
    """Shows one whole envelope, which is JSON in any case 查看一条死信"""
    with _holder(event_id, service) as runtime, runtime.engine.connect() as connection:
        envelope = connection.execute(_ENVELOPE, {"id": event_id}).scalar()
    print(json.dumps(envelope, ensure_ascii=False, indent=None if as_json else 4))


@dead_letters.command("replay")
def replay_dead(event_id: Id, service: Whose = "", as_json: AsJson = False) -> None:
    """Tries it again 重放一条死信"""
    with _holder(event_id, service) as runtime:
        parking.replay(runtime, event_id)
    told = {"event_id": event_id, "service": runtime.name, "done": "replay"}
    tell(told, f"{runtime.name}：已安排重放", f"{runtime.name} will try it again", as_json=as_json)


@dead_letters.command("drop")
def drop_dead(
    event_id: Id,
    reason: Annotated[str, typer.Option(help="why 理由")],
    service: Whose = "",
    as_json: AsJson = False,
) -> None:
    """Gives it up for good, with a reason 放弃一条死信"""
    with _holder(event_id, service) as runtime:
        parking.drop(runtime, event_id, reason)
    told = {"event_id": event_id, "service": runtime.name, "done": "drop"}
    tell(told, f"{runtime.name}：已放弃", f"{runtime.name} has dropped it", as_json=as_json)


@contextmanager
def _holder(event_id: str, service: str) -> Iterator[ServiceRuntime]:
    """The service in which the event is dead, or else parked. Raises the exit when there is none, or more than one."""
    if service not in ("", *SERVICES):
        raise fail(f"没有服务 {service}", f"no service {service}", code=2)
    with _province() as province:
        asked = {name: runtime for name, runtime in province.runtimes.items() if service in ("", name)}
        held = {name: state for name, runtime in asked.items() if (state := _state_of(runtime, event_id))}
        meant = [name for name, state in held.items() if state == "dead"] or list(held)
        if not meant:
            raise fail(f"没有事件 {event_id}", f"no event {event_id}")
        if len(meant) > 1:
            raise fail(
                f"{'、'.join(meant)} 都有事件 {event_id}，请用 --service 指明",
                f"{', '.join(meant)} hold the event {event_id}: say which with --service",
            )
        try:
            yield asked[meant[0]]
        except DomainError as error:
            raise fail(error.message_zh, error.message_en) from None


def _state_of(runtime: ServiceRuntime, event_id: str) -> str | None:
    with runtime.engine.connect() as connection:
        return connection.execute(_STATE, {"id": event_id}).scalar()


_ENVELOPE = sa.text("select envelope from parked where event_id = :id")
_STATE = sa.text("select state from parked where event_id = :id")


def migrate(
    step: Annotated[str, typer.Option(help="pre: before a new version starts; post: after the old one ended")] = "post",
    print_roles: Annotated[bool, typer.Option(help="SQL for an administrator 供管理员执行的 SQL")] = False,
    as_json: AsJson = False,
) -> None:
    """Brings the five databases to the newest form 迁移数据库"""
    from cli.migrating import migrate_all, scripts

    settings = operating_settings()
    if step not in ("pre", "post"):
        raise fail("--step 只能是 pre 或 post", "--step is pre or post", code=2)
    if print_roles:
        made = scripts(settings)
        if as_json:
            put(made)
        else:
            print("\n".join(made.values()))
        return
    ran = migrate_all(settings, step) if settings.database_url else _migrate_embedded()
    if as_json:
        put(ran)


def _migrate_embedded() -> dict[str, list[str]]:
    """It migrates itself when it is built."""
    with _province() as province:
        for name in province.runtimes:
            say(f"{name}：已是最新", f"{name}: up to date")
        return {name: [] for name in province.runtimes}
