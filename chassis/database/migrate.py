"""Alembic, one history per service, run from code: there is no alembic.ini to keep.

A revision says with `step` when it may run: `pre` before the new version's processes start, beside those of the old
one (it only adds); `post` after the last old process has ended (it may take away).
"""

import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import psycopg
import sqlalchemy as sa
import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from chassis.clock import monotonic
from chassis.domain import DomainError, Status

log = structlog.get_logger()
BUSY_UNTIL_SECONDS = 120.0
AGAIN_SECONDS = 0.5


class Step(StrEnum):
    PRE = "pre"
    POST = "post"


class UnfinishedRelease(DomainError):
    """A revision that takes something away stands before one that adds."""

    status = Status.FAILED_PRECONDITION
    zh = "上一版本的 post 步骤（{revision}）尚未执行：请先用上一版本运行 migrate --step post"
    en = "the post step of an earlier release ({revision}) has not run: run its `migrate --step post` first"


class TableBusy(DomainError):
    """Somebody holds a table that a revision changes; what has run until then stays."""

    status = Status.UNAVAILABLE
    zh = "数据表被长事务占用，已等待 {seconds} 秒：请结束该事务（见 pg_stat_activity）后重新运行 migrate"
    en = "a long transaction holds a table ({seconds} s waited): end it (see pg_stat_activity), then run migrate again"


def migrate(engine: sa.Engine, migrations: Path, step: Step = Step.POST) -> list[str]:
    """Brings a service's database up to what the step allows; two processes at once take turns. Says what it ran.

    Raises UnfinishedRelease or TableBusy.
    """
    config = config_of(migrations)
    with engine.connect() as connection:
        while not connection.execute(sa.text("select pg_try_advisory_lock(8012345)")).scalar_one():
            connection.rollback()  # an index that the other one builds waits for every statement that is under way
            time.sleep(AGAIN_SECONDS)
        connection.commit()
        try:
            waiting = _pending(connection, migrations)
            chosen = waiting if step is Step.POST else _before_post(connection, waiting)
            connection.rollback()  # within a transaction of ours Alembic would not commit its own
            if chosen:
                config.attributes["connection"] = connection
                _upgrade(connection, config, chosen[-1].revision)
        finally:
            connection.rollback()
            connection.execute(sa.text("select pg_advisory_unlock(8012345)"))
            connection.commit()
    return [script.revision for script in chosen]


def _upgrade(connection: sa.Connection, config: Config, revision: str) -> None:
    """A revision that does not get its table soon goes on later, for all who come after it wait behind it."""
    until = monotonic() + BUSY_UNTIL_SECONDS
    while True:
        try:
            return command.upgrade(config, revision)
        except sa.exc.OperationalError as error:
            connection.rollback()
            if not isinstance(error.orig, psycopg.errors.LockNotAvailable):
                raise
            if monotonic() > until:
                raise TableBusy(seconds=round(BUSY_UNTIL_SECONDS)) from None
            log.warning("table_busy", zh="数据表被占用，稍后再试", en="a table is in use, tried again shortly")
        time.sleep(AGAIN_SECONDS)


def pending(connection: sa.Connection, migrations: Path, step: Step) -> list[str]:
    """The revisions of this step that a database lacks; none when it is newer than this code knows."""
    return [s.revision for s in _pending(connection, migrations) if step is Step.POST or step_of(s) is Step.PRE]


def _pending(connection: sa.Connection, migrations: Path) -> list[Script]:
    scripts = ScriptDirectory.from_config(config_of(migrations))
    current = MigrationContext.configure(connection).get_current_revision()
    known = list(scripts.walk_revisions())[::-1]
    revisions = [script.revision for script in known]
    if current is None:
        return known
    return known[revisions.index(current) + 1 :] if current in revisions else []


def _before_post(connection: sa.Connection, waiting: Sequence[Script]) -> list[Script]:
    """A new database gets everything; else what comes before the first that takes something away."""
    if MigrationContext.configure(connection).get_current_revision() is None:
        return list(waiting)
    steps = [step_of(script) for script in waiting]
    adding = steps.index(Step.POST) if Step.POST in steps else len(steps)
    if Step.PRE in steps[adding:]:
        raise UnfinishedRelease(revision=waiting[adding].revision)
    return list(waiting[:adding])


def step_of(script: Script) -> Step:
    return Step(script.module.step)


def config_of(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    return config


def run_env(metadata: sa.MetaData) -> None:
    """The body of every service's migrations/env.py."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        transaction_per_migration=True,  # no revision holds its tables while others run
    )
    with context.begin_transaction():
        context.run_migrations()
