"""Guards over revisions: explicit operations, and nothing taken away while the old version still runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

_TAKES_AWAY = {"drop_table", "drop_column", "alter_column", "rename_table", "drop_constraint", "drop_table_comment"}
_TIGHTENS = {
    "create_unique_constraint", "create_check_constraint", "create_foreign_key", "create_primary_key",
    "create_exclude_constraint",
}  # fmt: skip
_COMMITS = {"add_index", "take_index"}


def faults(root: Path) -> list[str]:
    """Revisions that say no step, that follow the code's tables as they change, or that break the version before."""
    found = []
    for path in sorted(root.glob("services/*/migrations/versions/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(root).as_posix()}: {fault}" for fault in _of(tree)]
    return found


def _of(tree: ast.Module) -> Iterator[str]:
    step = next((_constant(n) for n in tree.body if isinstance(n, ast.Assign) and _named(n, "step")), None)
    if step not in {"pre", "post"}:
        yield "says no step"
    if any(isinstance(n, ast.ImportFrom) and (n.module or "").startswith("services") for n in ast.walk(tree)):
        yield "imports tables that will change"
    upgrade = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "upgrade"), None)
    if upgrade and step == "pre":
        calls = [_Said(n) for n in ast.walk(upgrade) if isinstance(n, ast.Call)]
        new = {call.table for call in calls if call.name == "create_table"}
        last = max((call.line for call in calls if call.name in _COMMITS), default=0)
        for call in sorted(calls, key=lambda call: call.line):
            yield from _breaks(call, new)
            if call.line < last and call.name in {"add_column", "create_table"} and not call.says("if_not_exists"):
                yield f"{call.name}: is committed with an index behind it, and may be run again: if_not_exists"


class _Said:
    """One call of a revision."""

    def __init__(self, call: ast.Call) -> None:
        func = call.func
        self.call, self.line = call, call.lineno
        self.name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""

    @property
    def table(self) -> object:
        """Where the operation names it first, or second after the name of an index."""
        place = 1 if self.name == "create_index" else 0
        given = self.call.args[place] if len(self.call.args) > place else None
        return given.value if isinstance(given, ast.Constant) else None

    def says(self, keyword: str) -> bool:
        given = {k.arg: k.value for k in self.call.keywords}.get(keyword)
        return isinstance(given, ast.Constant) and given.value is True


def _breaks(call: _Said, new: set[object]) -> Iterator[str]:
    if call.name in _TAKES_AWAY | _TIGHTENS:
        yield f"{call.name} belongs to a post step"
    if call.name == "add_column" and _needed(call.call):
        yield "add_column: the old version inserts rows without it"
    if call.name == "create_index" and call.table not in new:
        yield "create_index: the old version writes to the table: add_index, and a unique one in a post step"
    if call.name == "drop_index":
        yield "drop_index: the old version uses the table: take_index, where another index replaces it"
    if call.name == "execute":
        yield "execute: nobody sees what it holds up"


def _needed(call: ast.Call) -> bool:
    """A column that is not nullable and has no default of the server's."""
    column = next((a for a in call.args if isinstance(a, ast.Call)), None)
    given = {k.arg: k.value for k in column.keywords} if column else {}
    nullable = given.get("nullable")
    return isinstance(nullable, ast.Constant) and nullable.value is False and "server_default" not in given


def _named(node: ast.Assign, name: str) -> bool:
    return any(isinstance(t, ast.Name) and t.id == name for t in node.targets)


def _constant(node: ast.Assign) -> object:
    return node.value.value if isinstance(node.value, ast.Constant) else None
