"""What every command of the program has, whichever it is."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli.main import app


def commands(group: Any, *above: str) -> Iterator[tuple[str, ...]]:
    """The words of every command below a group."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if hasattr(found, "list_commands"):
            yield from commands(found, *above, name)
        else:
            yield (*above, name)


EVERY = sorted(commands(typer.main.get_command(app)))


def test_the_tree_is_walked_to_its_leaves() -> None:
    assert {("token",), ("stack", "down"), ("dead-letters", "drop")} <= set(EVERY)


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_a_command_explains_itself_and_speaks_json(command: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "160"})
    assert told.exit_code == 0
    assert "--json" in told.stdout


def test_with_json_standard_output_holds_nothing_else(tmp_path: Any) -> None:
    given = {"HUYING_DATA_DIR": str(tmp_path), "HUYING_LANG": "en"}
    told = CliRunner().invoke(app, ["stack", "down", "--json"], env=given)
    assert (told.exit_code, told.stdout) == (0, '{"ran":false,"stopped":false}\n')
    told = CliRunner().invoke(app, ["stack", "down"], env=given)
    assert (told.exit_code, told.stdout) == (0, "it does not run\n")
