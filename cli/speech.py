"""What the program says to people: Chinese or English by HUYING_LANG or the locale, or JSON for scripts."""

import os
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console()
errors = Console(stderr=True)


def _aside(context: typer.Context, as_json: bool) -> bool:
    """Standard output is then for the JSON alone: what the command says on the way goes to standard error."""
    console.stderr = as_json
    context.call_on_close(lambda: setattr(console, "stderr", False))
    return as_json


AsJson = Annotated[bool, typer.Option("--json", callback=_aside, help="JSON for scripts 输出 JSON")]


def chinese() -> bool:
    wanted = os.environ.get("HUYING_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return wanted.lower().startswith("zh")


def check_language() -> None:
    """Notes a HUYING_LANG that nobody here speaks; another language of the machine is no wish."""
    wanted = os.environ.get("HUYING_LANG", "")
    if wanted and not wanted.lower().startswith(("zh", "en")):
        warn(f"没有语言 {wanted}，可用 zh 或 en", f"HUYING_LANG={wanted} is not spoken here: there are zh 中文 and en")


def words(zh: str, en: str) -> str:
    return zh if chinese() else en


def say(zh: str, en: str) -> None:
    console.print(words(zh, en), highlight=False, soft_wrap=True)


def fail(zh: str, en: str, *, code: int = 1) -> typer.Exit:
    """Prints the error and gives the exit to raise."""
    errors.print(f"[red]{words('错误', 'error')}:[/red] {escape(words(zh, en))}", highlight=False, soft_wrap=True)
    return typer.Exit(code)


def warn(zh: str, en: str) -> None:
    """Says what does not look right, and goes on."""
    errors.print(f"[yellow]{words('注意', 'note')}:[/yellow] {escape(words(zh, en))}", highlight=False, soft_wrap=True)


def put(facts: object) -> None:
    """For scripts."""
    print(msgspec.json.encode(facts).decode(), flush=True)  # `up` goes on for ever, and a script waits for its ports


def tell(facts: Mapping[str, Any], zh: str, en: str, *, as_json: bool) -> None:
    """A sentence for people, the same as facts for scripts."""
    if as_json:
        put(facts)
    else:
        say(zh, en)


def show_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool, empty: tuple[str, str]) -> None:
    """A table for people, one JSON array for scripts."""
    listed = [dict(row) for row in rows]
    if as_json:
        put(listed)
        return
    if not listed:
        say(*empty)
        return
    table = Table(*listed[0].keys())
    for row in listed:
        table.add_row(*map(_cell, row.values()))
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return words("是", "yes") if value else words("否", "no")
    return "" if value is None else str(value)
