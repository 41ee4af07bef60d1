"""huying migrate on real servers with two roles per database: what it prints can be run, and what it makes suffices."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.servers.postgres import Postgres
from tests.surroundings import SERVICES

ROOT = Path(__file__).resolve().parents[3]


def huying(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "HUYING_LANG": "en", **environment}, timeout=120,
    )  # fmt: skip


@pytest.fixture
def prepared(environment: dict[str, str], postgres_server: Postgres) -> dict[str, str]:
    """An administrator has run the printed script with psql; the passwords were given at its prompts."""
    script = huying(environment, "migrate", "--print-roles")
    assert script.returncode == 0, script.stderr
    assert "word" not in script.stdout.replace("\\password", "")
    answered = "\n".join(_answered(line) for line in script.stdout.splitlines())
    address = postgres_server.address
    done = subprocess.run(
        ["psql", address.conninfo, "-v", "ON_ERROR_STOP=1", "-q"], input=answered,
        capture_output=True, text=True, check=False, env={**os.environ, "PGPASSWORD": address.password},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return environment


def _answered(line: str) -> str:
    """What a person types at psql's prompt for a password."""
    if not line.startswith("\\password"):
        return line
    role = line.split()[1]
    word = "owns" if role.strip('"').endswith("_o") else "word"
    return f"alter role {role} password '{word}';"


def test_the_printed_roles_suffice_for_migrating_and_operating(prepared: dict[str, str]) -> None:
    owner = prepared["HUYING_DATABASE_OWNER_URL"]
    early = huying({**prepared, "HUYING_DATABASE_URL": owner, "HUYING_DATABASE_OWNER_URL": ""}, "dead-letters", "list")
    assert early.returncode == 1
    assert "run `migrate --step pre`" in early.stderr  # and changes no table beside the processes of a roll-out
    first = huying(prepared, "migrate", "--step", "pre")
    assert first.returncode == 0, first.stderr
    assert "RabbitMQ: 8 partitions" in first.stdout
    again = huying(prepared, "migrate")
    assert [f"{name}: up to date" in again.stdout for name in SERVICES] == [True] * 5
    for command in (("outbox",), ("dead-letters", "list")):
        done = huying(prepared, *command)
        assert done.returncode == 0, done.stderr
