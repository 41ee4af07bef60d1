"""What an operator asks the program for, on a real province with one dead message in it."""

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from typer.testing import CliRunner

from chassis.postgres import EmbeddedPostgres
from cli.main import app
from cli.province import SERVICES
from tests.e2e.invariants import Databases

EVENT = "01990000-0000-7000-8000-0000000000{:02d}"
_prefixes = count(1)


class Operator:
    def __init__(self, url: str, folder: Path) -> None:
        self.databases = Databases({name: url.format(service=name) for name in SERVICES})
        self.environment = {
            "HUYING_DATABASE_URL": url,
            "HUYING_DATA_DIR": str(folder),
            "HUYING_LANG": "en",
            "HUYING_GRPC_PORT": "0",
            "HUYING_HTTP_PORT": "0",
            "COLUMNS": "160",
        }

    def __call__(self, *arguments: object, **environment: str) -> Result:
        return CliRunner().invoke(app, list(map(str, arguments)), env=self.environment | environment)

    def bury(self, number: int, service: str = "notify", state: str = "dead") -> str:
        """A dead message, the first of its stream."""
        event = EVENT.format(number)
        envelope = {
            "event_id": event, "type": "intake.something_new.v1", "subject": event, "city": "350100",
            "occurred_at": "2026-09-21T01:00:00Z", "sequence": 1, "payload": {"case_id": event},
        }  # fmt: skip
        self.databases.execute(
            service, "insert into inbox (publisher, subject, last, parked) values ('intake', :e, 0, 1)", e=event
        )
        self.databases.execute(
            service,
            "insert into parked (publisher, subject, sequence, event_id, type, envelope, why, state, attempts, "
            "parked_at) values ('intake', :e, 1, :e, 'intake.something_new.v1', cast(:raw as jsonb), 'KeyError', "
            ":state, 8, now())",
            e=event,
            state=state,
            raw=json.dumps(envelope),
        )
        return event


@pytest.fixture(scope="module")
def operator(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    prefix = f"operations_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{next(_prefixes)}"
    for name in SERVICES:
        postgres.create_database(f"{prefix}_{name}")
    url = postgres.url_for(prefix + "_{service}")
    made = Operator(url, tmp_path_factory.mktemp("operations"))
    empty = made("outbox")
    assert (empty.exit_code, "run: huying migrate" in empty.stderr) == (1, True)
    migrated = made("migrate")
    assert migrated.exit_code == 0, migrated.output
    assert [line.split(",")[0] for line in migrated.stdout.splitlines()] == [f"{name}: 0001" for name in SERVICES]
    yield made
    for name in SERVICES:
        postgres.drop_database(f"{prefix}_{name}")


def test_migrating_again_changes_nothing(operator: Operator) -> None:
    before = {name: operator.databases.tables(name) for name in SERVICES}
    again = operator("migrate", HUYING_LANG="zh")
    assert again.exit_code == 0
    assert "已是最新" in again.stdout
    assert {name: operator.databases.tables(name) for name in SERVICES} == before
    assert json.loads(operator("migrate", "--json").stdout) == {name: [] for name in SERVICES}
    assert set(json.loads(operator("migrate", "--print-roles", "--json").stdout)) == set(SERVICES)


def test_the_outbox_is_told_for_people_and_for_scripts(operator: Operator) -> None:
    rows = json.loads(operator("outbox", "--json").stdout)
    assert [row["service"] for row in rows] == list(SERVICES)
    assert all(row["unpublished"] == 0 for row in rows)
    assert "unpublished" in operator("outbox").stdout


def test_a_dead_letter_is_listed_shown_and_dropped_with_a_reason(operator: Operator) -> None:
    event = operator.bury(1)
    listed = json.loads(operator("dead-letters", "list", "--json").stdout)
    assert [(row["service"], row["event_id"], row["why"]) for row in listed] == [("notify", event, "KeyError")]
    assert json.loads(operator("dead-letters", "show", event).stdout)["type"] == "intake.something_new.v1"
    assert operator("dead-letters", "drop", event).exit_code == 2  # a reason is asked for
    dropped = operator("dead-letters", "drop", event, "--reason", "sent by a test")
    assert (dropped.exit_code, dropped.stdout) == (0, "notify has dropped it\n")
    assert json.loads(dropped.stderr)["reason"] == "sent by a test"
    assert json.loads(operator("dead-letters", "list", "--json").stdout) == []
    last = operator.databases.rows("notify", "select last, parked from inbox where subject = :e", e=event)
    assert last == [(1, 0)]


def test_a_dead_letter_is_replayed_and_no_longer_dead(operator: Operator) -> None:
    event = operator.bury(2)
    replayed = operator("dead-letters", "replay", event)
    assert (replayed.exit_code, replayed.stdout) == (0, "notify will try it again\n")
    (waiting,) = json.loads(operator("dead-letters", "list", "--state", "failed", "--json").stdout)
    assert (waiting["event_id"], waiting["attempts"]) == (event, 0)
    again = operator("dead-letters", "drop", event, "--reason", "too early")
    assert again.exit_code == 1
    assert "not dead" in again.stderr


def test_of_several_services_that_hold_an_event_the_one_is_meant_in_which_it_is_dead(operator: Operator) -> None:
    event = operator.bury(3, "dispatch", "waiting")
    operator.bury(3)
    dropped = operator("dead-letters", "drop", event, "--reason", "why", "--json")
    assert json.loads(dropped.stdout) == {"event_id": event, "service": "notify", "done": "drop"}
    assert operator.databases.rows("dispatch", "select state from parked where event_id = :e", e=event) == [
        ("waiting",)
    ]
    refused = operator("dead-letters", "drop", event, "--reason", "why")
    assert (refused.exit_code, "not dead" in refused.stderr) == (1, True)


@pytest.mark.parametrize(("number", "command"), [(4, ("show",)), (5, ("replay",)), (6, ("drop", "--reason", "why"))])
def test_an_event_that_is_dead_in_several_services_needs_the_name_of_one(
    operator: Operator, number: int, command: tuple[str, ...]
) -> None:
    event = operator.bury(number, "dispatch")
    operator.bury(number)
    refused = operator("dead-letters", command[0], event, *command[1:])
    assert (refused.exit_code, "dispatch, notify" in refused.stderr) == (1, True)
    assert operator("dead-letters", command[0], event, *command[1:], "--service", "nobody").exit_code == 2
    done = operator("dead-letters", command[0], event, *command[1:], "--service", "notify")
    assert (done.exit_code, bool(done.stdout)) == (0, True)
    assert operator.databases.rows("dispatch", "select state from parked where event_id = :e", e=event) == [("dead",)]
    operator.databases.execute("dispatch", "delete from parked where event_id = :e", e=event)
    operator.databases.execute("notify", "delete from parked where event_id = :e", e=event)


@pytest.mark.parametrize("command", [("show",), ("replay",), ("drop", "--reason", "why")])
def test_an_event_that_is_not_there_is_named(operator: Operator, command: tuple[str, ...]) -> None:
    refused = operator("dead-letters", command[0], EVENT.format(99), *command[1:])
    assert refused.exit_code == 1
    assert EVENT.format(99) in refused.stderr


def test_no_dead_letters_are_no_error(operator: Operator) -> None:
    said = operator("dead-letters", "list", "--state", "not_yet")
    assert (said.exit_code, said.stdout) == (0, "no dead letters\n")


def test_the_doctor_finds_this_machine_fit(operator: Operator) -> None:
    seen = operator("doctor", "--json")
    checks = {check["check"]: check for check in json.loads(seen.stdout)}
    assert seen.exit_code == 0, seen.stdout
    assert checks["policies"]["says"] == "4 cities"
    assert "5 databases" in checks["database"]["says"]


def test_the_doctor_names_what_is_missing(operator: Operator, tmp_path: Path) -> None:
    seen = operator("doctor", "--json", HUYING_POLICIES_DIR=str(tmp_path))
    checks = {check["check"]: check for check in json.loads(seen.stdout)}
    assert seen.exit_code == 1
    assert not checks["policies"]["ok"]
    assert checks["database"]["ok"]


def test_a_database_that_is_away_is_said_in_words(operator: Operator) -> None:
    said = operator("outbox", HUYING_DATABASE_URL="postgresql+psycopg://huying@127.0.0.1:1/{service}")
    assert said.exit_code == 1
    assert "the database cannot be reached" in said.stderr
    assert not isinstance(said.exception, sa.exc.SQLAlchemyError)


def test_no_keys_are_made_beside_databases_that_hold_something(operator: Operator, tmp_path: Path) -> None:
    operator.databases.execute("intake", "insert into outbox_sequence (subject, last) values ('case', 1)")
    said = operator("dead-letters", "list", HUYING_DATA_DIR=str(tmp_path))
    operator.databases.execute("intake", "delete from outbox_sequence")
    assert said.exit_code == 1
    assert "there is no file of keys" in said.stderr
    assert not (tmp_path / "keys").exists()
    assert operator("dead-letters", "list", HUYING_DATA_DIR=str(tmp_path)).exit_code == 0
    assert (tmp_path / "keys").exists()


def test_a_token_is_issued_and_the_system_role_is_not(operator: Operator) -> None:
    issued = operator("token", "--role", "agent", "--city", "350100")
    assert issued.exit_code == 0
    assert issued.stdout.count(".") == 2
    told = json.loads(operator("token", "--role", "agent", "--city", "350100", "--json").stdout)
    assert told["token"].count(".") == 2
    refused = operator("token", "--role", "system", "--city", "*")
    assert refused.exit_code == 1
    assert "the system role is not for people" in refused.stderr
    assert operator("token", "--role", "king", "--city", "*").exit_code == 2
    assert operator("token", "--city", "*").exit_code == 2
    assert operator("token", "--role", "agent", "--city", "350100", "--hours", "0").exit_code == 2


def test_bad_settings_are_named_all_at_once(operator: Operator) -> None:
    said = operator("outbox", HUYING_GRPC_PORT="99999", HUYING_LOG_LEVEL="LOUD")
    assert said.exit_code == 2
    assert "HUYING_GRPC_PORT" in said.stderr
    assert "HUYING_LOG_LEVEL" in said.stderr
