"""A `pre` step runs on a database in use: the old version writes and reads on, whatever else holds a table."""

import importlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.database import create_engine, migrate
from chassis.database.engine import BATCH_LOCK_MS
from chassis.database.migrate import Step, TableBusy
from chassis.process.migrate import LOCK_MS
from tests.conftest import DatabaseUrl
from tests.integration.chassis.test_migrations import SERVICES

migrating = importlib.import_module("chassis.database.migrate")
# As the first version wrote them.
OUTBOX = (
    "insert into outbox (event_id, subject, shard, sequence, type, occurred_at, envelope) "
    "values (gen_random_uuid()::text, gen_random_uuid()::text, 1, 1, 'x', now(), '{}')"
)
CLOCK = (
    "insert into clock (id, version, body, case_id, policy_id, natural_key) "
    "values (gen_random_uuid()::text, 1, '{}', 'c', '', gen_random_uuid()::text)"
)
UNPUBLISHED = "select id from outbox where published_at is null order by id limit 10"
READS_ON_SECONDS = 2.0


@dataclass
class OldVersion:
    """Writes and reads as its processes do, with the limit on locks of those that have the shortest."""

    engine: sa.Engine
    statements: list[str]
    written: int = 0
    refused: list[str] = field(default_factory=list)

    def once(self) -> None:
        try:
            with self.engine.begin() as connection:
                for statement in self.statements:
                    connection.execute(sa.text(statement))
            self.written += 1
        except sa.exc.DBAPIError as error:
            self.refused.append(str(error.orig))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        over = threading.Event()

        def work() -> None:
            while not over.wait(0.005):
                self.once()

        thread = threading.Thread(target=work)
        thread.start()
        yield
        over.set()
        thread.join()


@pytest.fixture
def url(database_url: DatabaseUrl) -> str:
    return database_url("migrated")


@pytest.fixture
def owner(url: str) -> Iterator[sa.Engine]:
    engine = create_engine(url, pool_size=2, lock_ms=LOCK_MS)
    yield engine
    engine.dispose()


@pytest.fixture
def old(url: str) -> Iterator[sa.Engine]:
    engine = create_engine(url, pool_size=4, lock_ms=BATCH_LOCK_MS)
    yield engine
    engine.dispose()


def first_version(migrations: Path, folder: Path) -> Path:
    """The history of a service as it was then."""
    shutil.copytree(migrations, folder, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*"))
    return folder


@pytest.mark.parametrize("service", SERVICES)
def test_the_old_version_writes_and_reads_while_a_release_adds(
    service: str, owner: sa.Engine, old: sa.Engine, tmp_path: Path
) -> None:
    migrations = Path(importlib.import_module(f"services.{service}.bootstrap").MIGRATIONS)
    migrate(owner, first_version(migrations, tmp_path / "first"))
    version = OldVersion(old, [OUTBOX, UNPUBLISHED, *([CLOCK] if service == "sla" else [])])
    long_scans: list[str] = []

    @sa.event.listens_for(owner, "before_cursor_execute")
    def between(_c: object, _cursor: object, statement: str, *_: object) -> None:
        """Whatever reads a whole table finds it free."""
        if "INDEX" in statement and ("outbox" in statement or " clock " in statement):
            long_scans.append(statement)
            version.once()

    with old.connect() as report, version.at_work():
        report.execute(sa.text(UNPUBLISHED))
        end = threading.Timer(READS_ON_SECONDS, report.rollback)
        end.start()
        assert "0002" in migrate(owner, migrations, Step.PRE)
        end.join()
    assert version.refused == []
    assert version.written > len(long_scans) > 0


HISTORY = """
import sqlalchemy as sa
from alembic import op
from chassis.database.indexes import add_index
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
step = "pre"
def upgrade():
    op.add_column("outbox", sa.Column("more", sa.Text()), if_not_exists=True)
    add_index("outbox_more", "outbox", ["more"])
    op.add_column("inbox", sa.Column("more", sa.Text()))
"""


def test_a_table_that_stays_in_use_ends_the_step_with_words_and_the_next_run_completes_it(
    owner: sa.Engine, old: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = first_version(Path(importlib.import_module("services.notify.bootstrap").MIGRATIONS), tmp_path / "first")
    migrate(owner, history)
    (history / "versions/0002_more.py").write_text(HISTORY)
    monkeypatch.setattr(migrating, "BUSY_UNTIL_SECONDS", 0.0)
    with old.connect() as report:
        report.execute(sa.text("select * from inbox"))
        with pytest.raises(TableBusy, match="long transaction"):
            migrate(owner, history, Step.PRE)
    assert migrate(owner, history, Step.PRE) == ["0002"]
    with owner.connect() as connection:
        valid = "select indisvalid from pg_index where indexrelid = 'outbox_more'::regclass"
        assert connection.execute(sa.text(valid)).scalar_one()
        assert connection.execute(sa.text("show lock_timeout")).scalar_one() == f"{LOCK_MS}ms"


def test_two_that_migrate_at_once_take_turns(url: str, owner: sa.Engine) -> None:
    migrations = Path(importlib.import_module("services.sla.bootstrap").MIGRATIONS)
    other, ran = create_engine(url, pool_size=2, lock_ms=LOCK_MS), []
    threads = [threading.Thread(target=lambda e=e: ran.append(migrate(e, migrations))) for e in (owner, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.dispose()
    assert sorted(map(bool, ran)) == [False, True]
