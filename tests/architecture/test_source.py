"""What holds for every source file."""

from pathlib import Path

import pytest

from tests.architecture.guards import source
from tests.architecture.guards.tree import ROOT

LONG_FOR_A_REASON = {
    "tests/integration/chassis/toy.py": "a whole toy service, to be read from top to bottom",
    "tests/integration/chassis/test_commands.py": "everything a command promises, one short test after the other",
}
MAY_ASK_THE_MACHINE = {
    "cli/publishing/command.py": "it publishes the rules of today where no day is told",
    "cli/policy.py": "it says which regulations are not in force today",
    "cli/publishing/figures_command.py": "it counts until now where no instant is told",
    "cli/province.py": "the composition root, which hands the clock and the ids to everybody",
    "cli/doctor/command.py": "it compares this machine's clock with those of the servers",
    "cli/servers/server.py": "it chooses free ports and makes the passwords of the servers it starts",
}


def test_no_module_is_longer_than_a_reader_keeps_in_mind() -> None:
    assert source.long_files(ROOT, LONG_FOR_A_REASON) == []


def test_a_long_module_is_found(tmp_path: Path) -> None:
    _write(tmp_path, "services/intake/long.py", "x = 1\n" * 301)
    _write(tmp_path, "services/intake/short.py", "x = 1\n" * 300)
    assert source.long_files(tmp_path, {}) == ["services/intake/long.py: 301 lines"]
    assert source.long_files(tmp_path, {"services/intake/long.py": "a table"}) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert source.machine_paths(ROOT) == []


def test_a_machine_path_is_found(tmp_path: Path) -> None:
    _write(tmp_path, "notes.md", "see https://example.org/home/page\nsee " + "/ho" + "me/somebody/notes\n")
    assert source.machine_paths(tmp_path) == ["notes.md:2"]


def test_lock_files_say_nothing_about_where_packages_come_from() -> None:
    assert (ROOT / "requirements.lock").exists()
    assert source.registry_addresses(ROOT) == []


@pytest.mark.parametrize("line", ["--index-url https://example.org/simple", "a @ https://example.org/a.whl"])
def test_an_address_in_a_lock_file_is_found(tmp_path: Path, line: str) -> None:
    _write(tmp_path, "requirements.lock", f"a==1 \\\n    --hash=sha256:00\n{line}\n")
    assert source.registry_addresses(tmp_path) == ["requirements.lock:3"]


def test_nobody_outside_the_chassis_asks_for_the_time_for_chance_or_for_an_id() -> None:
    assert source.impure_calls(ROOT, ("services/", "cli/"), MAY_ASK_THE_MACHINE) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from datetime import datetime, UTC\nx = datetime.now(UTC)", "datetime.datetime.now"),
        ("import datetime as d\nx = d.date.today()", "datetime.date.today"),
        ("from time import time as t\nx = t()", "time.time"),
        ("import uuid\nx = uuid.uuid4()", "uuid.uuid4"),
        ("from random import choice\nx = choice([1])", "random.choice"),
        ("import random\nx = random.Random()", "random.Random"),
        ("import secrets\nx = secrets.token_hex()", "secrets.token_hex"),
        ("import os\nx = os.urandom(3)", "os.urandom"),
        ("from chassis.clock import uuid7\nx = uuid7()", "chassis.clock.uuid7"),
        ("import uuid\nx = field(default_factory=uuid.uuid4)", "uuid.uuid4"),
        ("from datetime import datetime\nx = Field(default_factory=datetime.now)", "datetime.datetime.now"),
        ("from datetime import datetime\nnow = datetime.now", "datetime.datetime.now"),
        ("import time\ndef f(x: float = time.time()): ...", "time.time"),
    ],
)
def test_a_question_to_the_machine_is_found(tmp_path: Path, code: str, found: str) -> None:
    _write(tmp_path, "services/intake/domain/case.py", code)
    assert source.impure_calls(tmp_path, ("services/",), {}) == [f"services/intake/domain/case.py:2 {found}"]


def test_seeded_chance_and_time_that_is_passed_in_are_fine(tmp_path: Path) -> None:
    _write(tmp_path, "cli/demo/actors.py", "import random\nx = random.Random(7)\ny = x.random()\nz = clock.now()")
    _write(tmp_path, "cli/demo/given.py", "import uuid\ndef f(id: uuid.UUID, *, new=uuid.uuid4) -> uuid.UUID: ...")
    assert source.impure_calls(tmp_path, ("cli/",), {}) == []


def _write(root: Path, place: str, text: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
