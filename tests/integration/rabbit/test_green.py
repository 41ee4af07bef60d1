"""The bus process is green all through: who waits for the database holds up nobody else."""

import subprocess
import sys

import pytest

from tests.conftest import DatabaseUrl
from tests.integration.rabbit.conftest import ROOT

_TEN_SLEEPS = """
import sys, time
{patch}
import eventlet
from chassis.database import create_engine
import sqlalchemy as sa

engine = create_engine(sys.argv[1], pool_size=10)

def sleep(_):
    with engine.connect() as connection:
        connection.execute(sa.text("select pg_sleep(0.3)"))

pool = eventlet.GreenPool(10)
list(pool.imap(lambda _: engine.connect().close(), range(10)))
started = time.monotonic()
list(pool.imap(sleep, range(10)))
print(time.monotonic() - started)
"""
_OURS = "from chassis.rabbit import green; green.patch()"
_CARELESS = "import warnings; warnings.simplefilter('ignore'); import eventlet; eventlet.monkey_patch()"


def _seconds(patch: str, url: str) -> float:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _TEN_SLEEPS.format(patch=patch), url],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return float(done.stdout)


def test_ten_waits_for_the_database_take_the_time_of_one(database_url: DatabaseUrl) -> None:
    assert _seconds(_OURS, database_url("green")) < 2.9


def test_without_our_patch_they_would_wait_for_each_other(database_url: DatabaseUrl) -> None:
    assert _seconds(_CARELESS, database_url("green")) > 2.9


@pytest.mark.parametrize("first", ["import psycopg", "import chassis.database"])
def test_a_process_that_imported_the_database_first_is_refused(first: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{first}\n{_OURS}"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "NotGreen" in done.stderr


def test_the_program_and_the_embedded_path_import_no_broker() -> None:
    look = (
        "import sys, cli.main, cli.province, chassis.worker\n"
        "print([m for m in ('eventlet', 'nameko', 'amqp', 'kombu') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
