"""Fixtures for all tests: one embedded PostgreSQL for a whole run, and fresh databases in milliseconds."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
import structlog
from hypothesis import HealthCheck
from hypothesis import settings as examples

from chassis.postgres import THROWAWAY, EmbeddedPostgres

pytest_plugins = ["tests.servers"]

# The same examples in every run, and none that fails because the machine is busy; what a test wants otherwise it says.
examples.register_profile(
    "huying", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("huying")
YOUNG_SECONDS = 120.0
Prepare = Callable[[str], object]
"""Fills a new database, given its URL: migrations, as a rule."""


class DatabaseUrl(Protocol):
    def __call__(self, name: str, prepare: Prepare | None = None) -> str: ...


def _folder(run: str) -> Path:
    return Path(tempfile.gettempdir()) / f"huying-tests-{os.geteuid()}-{run}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """The server of this run: the first worker starts it, the others adopt it, the last one removes it."""
    for folder in _folder("").parent.glob(f"{_folder('').name}*"):
        with suppress(FileNotFoundError):  # another run was faster
            if time.time() - folder.stat().st_mtime > YOUNG_SECONDS:  # one that begins just now has no user yet
                EmbeddedPostgres(folder).discard()  # of a run that was killed; refused while a run uses it
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    server = EmbeddedPostgres(_folder(run), settings={**THROWAWAY, "max_connections": "300"}).start()
    yield server
    server.discard()


_templates: dict[tuple[Path, str, Prepare], str] = {}
_numbers = count(1)


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[DatabaseUrl]:
    """Makes fresh databases and answers their URLs; `prepare` runs once per run and name, then its result is copied.

    Connections must be closed after `prepare` (dispose the engine), for PostgreSQL copies idle databases only.
    """
    with fresh_databases(postgres) as fresh:
        yield fresh


@contextmanager
def fresh_databases(postgres: EmbeddedPostgres) -> Iterator[DatabaseUrl]:
    """The same for as long as the block lasts, for fixtures of a wider scope."""
    made: list[str] = []

    def fresh(name: str, prepare: Prepare | None = None) -> str:
        template = "template1"
        if prepare is not None:
            key = (postgres.data_dir, name, prepare)
            template = _templates.get(key) or _prepared(postgres, name, prepare)
            _templates[key] = template
        database = _unique(name)
        made.append(database)
        return postgres.create_database(database, template=template)

    yield fresh
    for database in made:
        postgres.drop_database(database)


def _prepared(postgres: EmbeddedPostgres, name: str, prepare: Prepare) -> str:
    template = _unique(f"template_{name}")
    prepare(postgres.create_database(template))
    return template


def _unique(name: str) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    return re.sub(r"[^a-z0-9_]", "_", f"{name}_{worker}_{next(_numbers)}".lower())[-63:]


@pytest.fixture(autouse=True)
def _default_logging() -> None:
    """A program that ran inside an earlier test has set the process's logging, its level above all."""
    structlog.reset_defaults()
