"""The demonstration on real servers ends with the table of the embedded one, line by line; nothing stays behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.process import wait_for
from tests.servers import require_all_servers

# Three days bring lights, replies, ratings and messages at night; all of it: HUYING_DEMO_UNTIL=2026-10-23.
UNTIL = os.environ.get("HUYING_DEMO_UNTIL", "2026-09-17")
SECONDS = 1800


@dataclass(frozen=True)
class Ran:
    said: str
    page: bytes

    @property
    def table(self) -> list[str]:
        return [line for line in self.said.splitlines() if line.startswith(("┃", "│"))]


def ran(folder: Path, stack: str) -> Ran:
    page = folder / f"{stack}.html"
    command = [sys.executable, "-m", "cli.main", "demo", "--stack", stack, "--until", UNTIL, "--page", str(page)]
    done = subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, check=False, timeout=SECONDS
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return Ran(done.stdout, page.read_bytes())


def environment(folder: Path) -> Mapping[str, str]:
    return {**os.environ, "HUYING_LANG": "en", "COLUMNS": "100", "TMPDIR": str(folder)}


@pytest.fixture(scope="module")
def folder(whole_machine: None) -> Iterator[Path]:
    """Open to other accounts, as Elasticsearch needs it."""
    require_all_servers()
    with tempfile.TemporaryDirectory(prefix="huying-demo-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def full(folder: Path) -> Ran:
    return ran(folder, "full")


def test_real_servers_give_the_table_of_the_embedded_run(full: Ran, folder: Path) -> None:
    embedded = ran(folder, "embedded")
    assert len(full.table) > 4
    assert full.table == embedded.table
    assert full.page == embedded.page
    assert "refused steps" not in full.said


def test_it_says_what_it_starts_and_leaves_nothing_behind(full: Ran, folder: Path) -> None:
    for name in ("rabbitmq", "postgres", "elasticsearch", "minio", "sla.worker", "intake.grpc", "notify.bus"):
        assert f"✓ {name}" in full.said
    assert list(folder.glob("huying-demo-*")) == []
    assert running_in(folder) == []


def test_a_demonstration_that_is_killed_takes_its_stack_along(folder: Path) -> None:
    command = [sys.executable, "-m", "cli.main", "demo", "--stack", "full", "--page", str(folder / "never.html")]
    process = subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: any("services." in name for name in running_in(folder)), 300)
    finally:
        process.kill()
        process.communicate()
    wait_for(lambda: running_in(folder) == [], 120)


def running_in(folder: Path) -> list[str]:
    """The command lines of processes whose data lies there."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended, or is another user's
            continue
        if f"HUYING_DATA_DIR={folder}".encode() in told and command:
            found.append(command)
    return found
