"""huying migrate on real servers: five databases by their owners, then the queues."""

import importlib
from pathlib import Path

from chassis.database.migrate import Step
from chassis.database.roles import administrators_script
from chassis.domain import DomainError
from chassis.process.migrate import access_of, migrate_database, owners_engine
from chassis.settings import Settings
from cli.province import SERVICES
from cli.speech import fail, say


def scripts(settings: Settings) -> dict[str, str]:
    """For psql, by an administrator: one for each service."""
    if not settings.database_url:
        raise fail("请先设置 HUYING_DATABASE_URL", "set HUYING_DATABASE_URL first", code=2)
    return {name: administrators_script(access_of(settings, name)) for name in SERVICES}


def migrate_all(settings: Settings, step: str) -> dict[str, list[str]]:
    """The revisions that ran in each database. Raises the exit when a database or the broker refuses."""
    ran: dict[str, list[str]] = {}
    for name in SERVICES:
        bootstrap = importlib.import_module(f"services.{name}.bootstrap")
        metadata = importlib.import_module(f"services.{name}.adapters.tables").metadata
        engine = owners_engine(settings, name)
        try:
            ran[name] = migrate_database(
                engine, Path(bootstrap.MIGRATIONS), metadata, access_of(settings, name), Step(step)
            )
        except DomainError as refused:
            raise fail(f"{name}：{refused.message_zh}", f"{name}: {refused.message_en}") from None
        finally:
            engine.dispose()
        what = ", ".join(ran[name])
        say(f"{name}：{what or '已是最新'}", f"{name}: {what or 'up to date'}")
    if settings.amqp_url:
        _declare(settings)
    return ran


def _declare(settings: Settings) -> None:
    from chassis.events.topology import load
    from chassis.rabbit.topology import declare

    try:
        found = declare(settings.amqp_url, load(), partitions=settings.partitions, quorum=settings.quorum_queues)
    except DomainError as refused:
        raise fail(refused.message_zh, refused.message_en) from None
    say(f"RabbitMQ：{found} 个分区", f"RabbitMQ: {found} partitions")
