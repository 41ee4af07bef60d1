"""The role `migrate`: brings one service's database to this version, and declares the queues of all.

`pre` runs before the first process of a new version, `post` after the last one of the old version: see CONTRIBUTING.md.
"""

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa
import structlog
from pydantic import ValidationError

from chassis.application import Service
from chassis.clock import WallClock, uuid7
from chassis.database import create_engine
from chassis.database.addresses import owner_url_of, url_of
from chassis.database.migrate import Step, TableBusy, UnfinishedRelease, migrate
from chassis.database.roles import Access, administrators_script, grant
from chassis.privacy.keyring import KeyRing
from chassis.process import Program
from chassis.process.parts import Life
from chassis.process.parts import run as run_role
from chassis.process.waiting import Unusable, check_database, declare_all, wait_until
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings, problems_of, shown

log = structlog.get_logger()
STATEMENT_MS = 600_000
"""An index over a large table takes its time."""
LOCK_MS = 500
"""While a change waits for its table, all others wait behind it, and the bus for no longer than 700 ms."""


def run(program: Program, given: argparse.Namespace) -> int:
    if given.new:
        return _new(program, given.new, Step(given.step))
    if given.print_roles:
        return _print_roles(program)
    return run_role(program, "migrate", lambda life: serve(life, Step(given.step)), http=False)


def serve(life: Life, step: Step) -> int:
    migrate_service(life, metadata_of(life), step)
    life.await_rabbit(lambda: declare_all(life.settings))
    return 0


def migrate_service(life: Life, metadata: sa.MetaData, step: Step) -> None:
    """Waits for the database; then changes it as its owner and says what the processes may do. Raises Unusable."""
    name = life.program.name
    engine = owners_engine(life.settings, name)
    try:
        address = shown(engine.url.render_as_string(hide_password=True))
        wait_until("PostgreSQL", address, lambda: check_database(engine), life.stopping)
        ran = migrate_database(engine, life.migrations, metadata, access_of(life.settings, name), step)
    except (UnfinishedRelease, TableBusy) as refused:
        raise Unusable(refused.message_zh, refused.message_en) from None
    finally:
        engine.dispose()
    log.info("migrated", service=name, step=step.value, revisions=ran)


def migrate_database(
    engine: sa.Engine, migrations: Path, metadata: sa.MetaData, access: Access, step: Step
) -> list[str]:
    """As the owner: new tables, and what the processes may do with each. Raises as `migrate`."""
    ran = migrate(engine, migrations, step)
    with engine.begin() as connection:
        grant(connection, metadata, access)
    return ran


def owners_engine(settings: Settings, service: str) -> sa.Engine:
    return create_engine(
        owner_url_of(settings, service), pool_size=2, application=f"huying-{service}-migrate",
        statement_ms=STATEMENT_MS, lock_ms=LOCK_MS,
    )  # fmt: skip


def access_of(settings: Settings, service: str) -> Access:
    return Access.of(owner_url_of(settings, service), url_of(settings, service))


def metadata_of(life: Life) -> sa.MetaData:
    """The tables as this version's code knows them."""
    return _built(life.bootstrap, life.settings).metadata


def _built(bootstrap: ModuleType, settings: Settings) -> Service:
    """Built on nothing that it could leave behind: keys of its own, a folder that goes."""
    with tempfile.TemporaryDirectory(prefix="huying-migrate-") as folder:
        apart = settings.model_copy(update={"data_dir": Path(folder), "elasticsearch_url": "", "objects_url": ""})
        service: Service = bootstrap.build(Runtime(apart, KeyRing.fresh(), CannedQuestions(), WallClock(), uuid7))
    return service


def _print_roles(program: Program) -> int:
    try:
        settings = Settings()
    except ValidationError as error:
        print("; ".join(problems_of(error)), file=sys.stderr)  # noqa: T201
        return 2
    if not settings.database_url:
        print("HUYING_DATABASE_URL 未设置 is not set", file=sys.stderr)  # noqa: T201
        return 2
    print(administrators_script(access_of(settings, program.name)))  # noqa: T201
    return 0


def _new(program: Program, message: str, step: Step) -> int:
    """On a database that is thrown away."""
    from chassis.database.revise import revise
    from chassis.postgres import THROWAWAY, EmbeddedPostgres

    bootstrap = import_module(program.bootstrap)
    folder = Path(tempfile.mkdtemp(prefix="huying-revise-"))
    folder.chmod(0o755)  # the server may run under another account
    server = EmbeddedPostgres(folder / "postgres", settings=THROWAWAY)
    with server:
        engine = create_engine(server.create_database("revise"), pool_size=2)
        try:
            metadata = _built(bootstrap, Settings(database_url="")).metadata
            written = revise(engine, Path(bootstrap.MIGRATIONS), metadata, message, step)
        finally:
            engine.dispose()
    server.discard()
    folder.rmdir()
    print(f"{program.name}: {written or 'nothing to change 无变化'}")  # noqa: T201
    return 0
