"""The demonstration: the same seed gives the same page, byte for byte, and the page names nobody."""

import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from chassis.privacy.masking import mask
from cli.main import app

# Enough for refusals, answers on the spot, and orders; the whole of it runs in `make demo`.
UNTIL = "2026-09-15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def run(page: Path, seed: int, language: str = "en") -> Result:
    result = CliRunner().invoke(
        app,
        ["demo", "--until", UNTIL, "--seed", str(seed), "--page", str(page)],
        env={"HUYING_LANG": language, "COLUMNS": "80"},
    )
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def first(folder: Path) -> tuple[Result, bytes]:
    result = run(folder / "first.html", 2026)
    return result, (folder / "first.html").read_bytes()


def test_the_same_seed_gives_the_same_page_and_another_seed_another(first: tuple[Result, bytes], folder: Path) -> None:
    run(folder / "again.html", 2026, "zh")
    run(folder / "other.html", 2027)
    assert (folder / "again.html").read_bytes() == first[1]
    assert (folder / "other.html").read_bytes() != first[1]


def test_the_page_has_no_id_and_names_nobody(first: tuple[Result, bytes]) -> None:
    page = first[1].decode()
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", page)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", page)
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert mask(text) == text


def test_the_page_needs_nothing_from_elsewhere(first: tuple[Result, bytes]) -> None:
    page = first[1].decode()
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", page)
    assert "@import" not in page


def test_the_closing_table_fits_a_terminal_of_80_columns(first: tuple[Result, bytes]) -> None:
    said = first[0].stdout
    table = [line for line in said.splitlines() if line.startswith(("┃", "│"))]
    assert table
    assert "…" not in "".join(table)
    for city in ("Shuangyashan", "Fuzhou", "Xiamen", "Pingli"):
        assert city in table[0]
    assert re.search(r"response\s+│\s+\d+%\s+\d+/\d+", said)
    assert re.search(r"\d+ cases in \d+ s\. The page: ", said.replace("\n", ""))


def test_nothing_that_the_actors_did_was_refused(first: tuple[Result, bytes]) -> None:
    assert "refused steps" not in first[0].stdout
