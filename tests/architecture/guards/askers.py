"""Who asks other services goes on without the answer: each question stands where its silence is caught."""

import ast
from collections.abc import Iterator

_CATCH_ALL = frozenset({"NoAnswer", "DomainError", "Exception"})


def silent_stops(source: str) -> list[str]:
    """Calls of `….questions.ask(…)` outside of a `try` that catches NoAnswer."""
    return [f"line {line}: nothing is done without the answer" for line in _uncaught(ast.parse(source), caught=False)]


def asks(source: str) -> int:
    return sum(_is_question(node) for node in ast.walk(ast.parse(source)))


def _uncaught(node: ast.AST, *, caught: bool) -> Iterator[int]:
    if _is_question(node) and not caught:
        yield node.lineno  # type: ignore[attr-defined]
    if isinstance(node, ast.Try):
        inside = caught or any(_catches(handler) for handler in node.handlers)
        for child in node.body:
            yield from _uncaught(child, caught=inside)
        for child in (*node.handlers, *node.orelse, *node.finalbody):
            yield from _uncaught(child, caught=caught)
        return
    for child in ast.iter_child_nodes(node):
        yield from _uncaught(child, caught=caught)


def _is_question(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ask"):
        return False
    return ast.unparse(node.func.value).rpartition(".")[2].strip("_") == "questions"


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(ast.unparse(kind).rpartition(".")[2] in _CATCH_ALL for kind in kinds)
