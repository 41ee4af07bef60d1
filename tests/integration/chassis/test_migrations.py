"""Migrations: what they build is what the code means, and a release changes tables beside its predecessor."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.database import create_engine, migrate
from chassis.database.migrate import Step, UnfinishedRelease, pending
from chassis.database.revise import differences, revise
from tests.conftest import DatabaseUrl

SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")
_COLUMNS = (
    "select table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity "
    "from information_schema.columns where table_schema = 'public' order by 1, 2"
)
_INDEXES = "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2"
_CONSTRAINTS = (
    "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
    "where connamespace = 'public'::regnamespace order by 1, 2"
)


def schema(engine: sa.Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        found = [tuple(row) for q in (_COLUMNS, _INDEXES, _CONSTRAINTS) for row in connection.execute(sa.text(q))]
    return [row for row in found if row[0] != "alembic_version"]


@pytest.fixture
def engine(database_url: DatabaseUrl) -> Iterator[sa.Engine]:
    engine = create_engine(database_url("migrated"), pool_size=2)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_of_a_service_build_exactly_its_tables(
    service: str, engine: sa.Engine, database_url: DatabaseUrl
) -> None:
    migrations = Path(importlib.import_module(f"services.{service}.bootstrap").MIGRATIONS)
    metadata = importlib.import_module(f"services.{service}.adapters.tables").metadata
    migrate(engine, migrations)
    assert differences(engine, metadata) == [], f"run: make revision SERVICE={service} NAME='What changes'"
    meant = create_engine(database_url("meant"), pool_size=2)
    metadata.create_all(meant)
    try:
        assert schema(engine) == schema(meant)
    finally:
        meant.dispose()


# -- steps, on a history of a test's own -------------------------------------------------------------------------------

_ENV = "from chassis.database.migrate import run_env\nimport sqlalchemy as sa\n\nrun_env(sa.MetaData())\n"
_REVISION = """
from alembic import op
revision = "{number}"
down_revision = {down}
branch_labels = None
depends_on = None
step = "{step}"
def upgrade():
    op.execute("create table t{number} (id int)")
"""


def history(folder: Path, *steps: str) -> Path:
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "env.py").write_text(_ENV)
    for n, step in enumerate(steps, start=1):
        down = f'"{n - 1:04}"' if n > 1 else None
        text = _REVISION.format(number=f"{n:04}", down=down, step=step)
        (folder / "versions" / f"{n:04}_t.py").write_text(text)
    return folder


def test_a_release_adds_before_it_starts_and_takes_away_after_the_old_one_has_gone(
    engine: sa.Engine, tmp_path: Path
) -> None:
    assert migrate(engine, history(tmp_path, "pre")) == ["0001"]
    release = history(tmp_path, "pre", "pre", "post")
    assert migrate(engine, release, Step.PRE) == ["0002"]
    with engine.connect() as connection:
        assert pending(connection, release, Step.PRE) == []
        assert pending(connection, release, Step.POST) == ["0003"]
    assert migrate(engine, release, Step.POST) == ["0003"]
    assert migrate(engine, release, Step.POST) == []


def test_a_release_does_not_start_before_the_one_before_it_has_ended(engine: sa.Engine, tmp_path: Path) -> None:
    migrate(engine, history(tmp_path, "pre"))
    with pytest.raises(UnfinishedRelease, match="0002"):
        migrate(engine, history(tmp_path, "pre", "post", "pre"), Step.PRE)


def test_a_new_database_gets_everything_in_its_first_step(engine: sa.Engine, tmp_path: Path) -> None:
    assert migrate(engine, history(tmp_path, "pre", "post", "pre"), Step.PRE) == ["0001", "0002", "0003"]


def test_an_old_version_runs_on_a_database_that_a_newer_one_has_migrated(engine: sa.Engine, tmp_path: Path) -> None:
    migrate(engine, history(tmp_path, "pre", "pre"))
    (tmp_path / "versions" / "0002_t.py").unlink()
    assert migrate(engine, tmp_path, Step.PRE) == []
    with engine.connect() as connection:
        assert pending(connection, tmp_path, Step.PRE) == []


def test_a_new_table_in_code_becomes_a_revision(engine: sa.Engine, database_url: DatabaseUrl, tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text(_ENV)
    metadata = sa.MetaData()
    sa.Table("thing", metadata, sa.Column("id", sa.Text, primary_key=True))
    written = revise(engine, tmp_path, metadata, "Add things", Step.PRE)
    assert written is not None
    assert written.name == "0001_add_things.py"
    fresh = create_engine(database_url("fresh"), pool_size=2)
    try:
        assert migrate(fresh, tmp_path, Step.PRE) == ["0001"]
        assert differences(fresh, metadata) == []
        assert revise(fresh, tmp_path, metadata, "Nothing", Step.PRE) is None
    finally:
        fresh.dispose()
