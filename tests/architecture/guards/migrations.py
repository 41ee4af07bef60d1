"""Guards over revisions: explicit operations, and nothing taken away while the old version still runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

_TAKES_AWAY = {"drop_table", "drop_column", "alter_column", "rename_table", "drop_constraint", "drop_table_comment"}


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
    for call in ast.walk(upgrade) if upgrade and step == "pre" else ():
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            yield from _breaks(call, call.func.attr)


def _breaks(call: ast.Call, name: str) -> Iterator[str]:
    if name in _TAKES_AWAY:
        yield f"{name} belongs to a post step"
    if name == "add_column" and _needed(call):
        yield "add_column: the old version inserts rows without it"


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
