"""What every command of the program has, whichever it is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
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


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """A command in English, on a data folder where nothing has run."""
    given = {"HUYING_DATA_DIR": str(tmp_path), "HUYING_LANG": "en", "COLUMNS": "400"}
    return lambda *command, **more: CliRunner().invoke(app, list(command), env=given | more)


def test_a_token_by_a_key_that_was_just_made_says_so_and_the_next_does_not(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    first, second = (run("token", "--role", "agent", "--city", city) for city in ("350100", "*"))
    made = f"note: made a new signing key in {tmp_path}; a platform on another folder will refuse this token\n"
    assert (first.stderr, second.stderr) == (made, "")
    assert len(first.stdout.splitlines()) == len(second.stdout.splitlines()) == 1


@pytest.mark.parametrize("city", ["99", "35010a", "3501000", "Fuzhou", "３５０１００"])
def test_a_token_is_for_cities_by_their_codes(run: Callable[..., Result], tmp_path: Path, city: str) -> None:
    refused = run("token", "--role", "agent", "--city", "350100", "--city", city)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "six digits, or *" in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "noted"), [("fr", True), ("zh_CN.UTF-8", False), ("EN", False), ("", False)])
def test_a_language_that_nobody_speaks_here_is_noted(run: Callable[..., Result], language: str, noted: bool) -> None:
    told = run("stack", "down", HUYING_LANG=language, LC_ALL="fr_FR.UTF-8")
    assert told.exit_code == 0
    assert ("HUYING_LANG=fr is not spoken here: there are zh 中文 and en" in told.stderr) is noted


def test_logs_of_a_stack_that_never_ran_say_how_to_start_it(run: Callable[..., Result]) -> None:
    told = run("stack", "logs")
    assert told.exit_code == 3
    assert "huying stack up" in told.stderr


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ["a header and no rows"]),
        (
            ["1,u,s,yesterday,t", "2,u,s,2025-03-01,"],
            ["line 2: bad time 'yesterday'", "line 3: text is empty", "2 rows"],
        ),
    ],
)
def test_a_file_of_which_no_row_can_be_used_says_why_of_each(
    run: Callable[..., Result], tmp_path: Path, rows: list[str], said: list[str]
) -> None:
    file = tmp_path / "petitions.csv"
    file.write_text("\n".join(["number,user,subject,time,text", *rows]))
    told = run("replay", str(file))
    assert told.exit_code == 2
    for words in said:
        assert words in told.stderr


def test_a_city_that_is_not_there_is_told_with_those_that_are(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "petitions.csv"
    file.write_text("number,user,subject,time,text\n1,u,s,2025-03-01,t\n")
    for told in (
        run("replay", str(file), "--city", "999999"),
        run("policy", "explain", "--city", "999999", "--category", "complaint", "--start", "2026-09-24 14:05"),
    ):
        assert told.exit_code != 0
        assert "350100" in told.stderr


def test_a_demonstration_that_would_end_before_it_begins_says_when_it_begins(run: Callable[..., Result]) -> None:
    told = run("demo", "--until", "2026-01-01")
    assert (told.exit_code, "the first case comes in on 2026-09-" in told.stderr) == (2, True), told.output


def test_a_misspelt_setting_is_noted_and_the_command_goes_on(run: Callable[..., Result]) -> None:
    told = run("stack", "down", HUYING_GRPC_PROT="9")
    assert told.exit_code == 0
    assert "HUYING_GRPC_PORT" in told.stderr
