"""Every wrong line that could stand in a module: mutmut's operators, and those that a table of states needs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from mutmut.mutation import mutators


@dataclass(frozen=True)
class Mutant:
    """One change of one module; two that read the same are the same to whoever judges them."""

    file: str
    # The function or class that holds it; empty: the module itself.
    where: str
    line: int
    was: str
    now: str
    # Runs when the module is imported: nothing that was imported before can be trusted.
    at_import: bool
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.file, self.where, self.was, self.now


def mutants_of(root: Path, file: str) -> list[Mutant]:
    """All of them that are Python at all, in the order of the lines."""
    source = (root / file).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    finder = _Finder()
    wrapper.visit(finder)
    found: dict[str, Mutant] = {}
    for place in finder.places:
        mutated = _written(wrapper.module, source.encode(), place)
        if mutated == source or not _is_python(mutated):
            continue
        was, now = _difference(source, mutated)
        where = ".".join(place.scope)
        found.setdefault(mutated, Mutant(file, where, place.line, was, now, place.at_import, mutated))
    return list(found.values())


@dataclass(frozen=True)
class _Place:
    node: cst.CSTNode
    changed: cst.CSTNode
    scope: tuple[str, ...]
    line: int
    start: int
    length: int
    at_import: bool


def _written(module: cst.Module, source: bytes, place: _Place) -> str:
    if isinstance(place.node, cst.Match):  # the only one that spans blocks, whose margins the tree alone knows
        return str(module.deep_replace(place.node, place.changed).code)
    changed: Any = place.changed
    if getattr(place.node, "lpar", ()) and changed.lpar is place.node.lpar:
        changed = changed.with_changes(lpar=[], rpar=[])  # these stand outside the place
    new = module.code_for_node(changed).encode()
    return (source[: place.start] + new + source[place.start + place.length :]).decode()


class _Finder(cst.CSTVisitor):
    """Walks past what says nothing of behaviour: types, imports, decorators, docstrings, words and codes of classes."""

    METADATA_DEPENDENCIES = (PositionProvider, ByteSpanPositionProvider)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[_Place] = []
        self._scope: list[str] = []
        self._functions = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _SILENT) or _is_text(node) or self._says_nothing(node):
            return False
        self.places += [self._place(*change) for change in _changes(node)]
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            if not self._functions:
                self._scope.append(node.name.value)
            self._functions += isinstance(node, cst.FunctionDef)
        return True

    def on_leave(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            self._functions -= isinstance(node, cst.FunctionDef)
            if not self._functions:
                self._scope.pop()

    def visit_FunctionDef_params(self, node: cst.FunctionDef) -> None:
        # What a parameter is when nobody passes another is settled at import.
        if self._functions == 1:
            self._functions = 0

    def leave_FunctionDef_params(self, node: cst.FunctionDef) -> None:
        if self._functions == 0:
            self._functions = 1

    def _place(self, node: cst.CSTNode, changed: cst.CSTNode) -> _Place:
        line = self.get_metadata(PositionProvider, node).start.line
        span = self.get_metadata(ByteSpanPositionProvider, node)
        return _Place(node, changed, tuple(self._scope), line, span.start, span.length, not self._functions)

    def _says_nothing(self, node: cst.CSTNode) -> bool:
        if self._functions:
            return False
        if isinstance(node, cst.Assign):
            # In a class: a state's code, an error's words. In a module: an alias of types.
            return bool(self._scope) or m.matches(node, m.Assign(value=m.Subscript()) | _EXPORTS)
        return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "field"


_EXPORTS = m.Assign(targets=[m.AssignTarget(target=m.Name("__all__"))])


def _changes(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    for kind, operator in OPERATORS:
        if isinstance(node, kind):
            yield from ((node, changed) for changed in operator(node))
    if isinstance(node, cst.If | cst.While | cst.CompIf):
        yield from ((node.test, changed) for changed in _negated(node.test))
    if isinstance(node, cst.For):
        yield node.iter, cst.Tuple([])


# Assertions tell the reader and mypy what is known already.
_SILENT = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Assert)


def _is_text(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


# -- operators ---------------------------------------------------------------------------------------------------------


def _other_text(node: cst.BaseString) -> Iterable[cst.CSTNode]:
    """Of mutmut's three other texts the first: one is enough to see whether anybody reads it."""
    return list(mutators.operator_string(node))[:1]


def _without_argument(node: cst.Call) -> Iterator[cst.CSTNode]:
    """A call without one of its named arguments, where it may have another default; what lacks a field, mypy finds."""
    if m.matches(node.func, _CONSTRUCTOR | m.Attribute(attr=_CONSTRUCTOR)):
        return
    for left_out in node.args:
        if left_out.keyword is not None:
            yield node.with_changes(args=[argument for argument in node.args if argument is not left_out])


_CONSTRUCTOR = m.Name(value=m.MatchIfTrue(lambda name: name[:1].isupper()))


def _less(node: cst.BaseNumber) -> Iterator[cst.CSTNode]:
    """mutmut only adds one; a limit may be off to the other side as well."""
    if isinstance(node, cst.Integer) and node.evaluated_value > 0:
        yield node.with_changes(value=repr(node.evaluated_value - 1))


def _negated(test: cst.BaseExpression) -> Iterator[cst.CSTNode]:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return  # mutmut takes its `not` away
    yield cst.UnaryOperation(cst.Not(), test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()]))


def _without_one(node: cst.Set | cst.Dict) -> Iterator[cst.CSTNode]:
    """A step that the table no longer knows."""
    for left_out in node.elements:
        kept = [element for element in node.elements if element is not left_out]
        empty = cst.Call(cst.Name("set")) if isinstance(node, cst.Set) else node.with_changes(elements=[])
        yield node.with_changes(elements=kept) if kept else empty


def _left_undone(node: cst.Expr | cst.Assign) -> Iterator[cst.CSTNode]:
    """A call for its effect, or something kept: forgotten."""
    kept = m.Assign(targets=[m.ZeroOrMore(m.AssignTarget(target=m.Attribute() | m.Subscript() | m.Tuple()))])
    if m.matches(node, kept) or (isinstance(node, cst.Expr) and isinstance(node.value, cst.Call)):
        yield cst.Pass()


# mypy finds a None where something is wanted, and that is a part of `make test`.
_OTHERWISE = (mutators.operator_string, mutators.operator_assignment, mutators.operator_arg_removal)
_OF_MUTMUT = [(kind, operator) for kind, operator in mutators.mutation_operators if operator not in _OTHERWISE]
OPERATORS: Sequence[tuple[Any, Callable[[Any], Iterable[cst.CSTNode]]]] = [
    *_OF_MUTMUT,
    (cst.BaseString, _other_text),
    (cst.Call, _without_argument),
    (cst.Integer, _less),
    (cst.Set, _without_one),
    (cst.Dict, _without_one),
    (cst.Expr, _left_undone),
    (cst.Assign, _left_undone),
]


# -- texts -------------------------------------------------------------------------------------------------------------


def _is_python(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _difference(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, each without its margin."""
    before, after = old.splitlines(), new.splitlines()
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return _told(before[first : len(before) - last]), _told(after[first : len(after) - last])


def _told(lines: Sequence[str]) -> str:
    return " ".join(word for line in lines for word in line.split())
