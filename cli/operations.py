"""What an operator asks for: outbox, dead letters, migrate."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import sqlalchemy as sa
import typer

from chassis.database import create_engine
from chassis.domain import DomainError
from chassis.events import parking
from chassis.telemetry.logging import configure_logging
from cli.environment import operating_settings
from cli.province import SERVICES, Province, build_province, databases
from cli.speech import AsJson, fail, say, show_rows

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


def migrate(
    step: Annotated[str, typer.Option(help="pre: before a new version starts; post: after the old one ended")] = "post",
    print_roles: Annotated[bool, typer.Option(help="SQL for an administrator 供管理员执行的 SQL")] = False,
) -> None:
    """Brings the five databases to the newest form 迁移数据库"""
    from cli.migrating import migrate_all, print_scripts

    settings = operating_settings()
    if step not in ("pre", "post"):
        raise fail("--step 只能是 pre 或 post", "--step is pre or post", code=2)
    if print_roles:
        print_scripts(settings)
        return
    if settings.database_url:
        migrate_all(settings, step)
        return
    with _province() as province:
        for name in province.runtimes:
            say(f"{name}：已是最新", f"{name}: up to date")
