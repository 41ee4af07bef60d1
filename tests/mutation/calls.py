"""Which functions of the modules under test ran when."""

import ast
import builtins
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

from tests.mutation.anew import Importer

# The name by which a function that runs says so.
RAN = "__ran__"


@dataclass
class Calls:
    """At import, in each fixture, in each test."""

    root: Path
    files: frozenset[str]
    at_import: set[str] = field(default_factory=set)
    of_fixture: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_test: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._into = self.at_import
        setattr(builtins, RAN, self._ran)
        sys.meta_path.insert(0, Importer({str(self.root / file): self._telling(file) for file in self.files}))

    def _ran(self, name: str) -> None:
        self._into.add(name)

    def into(self, names: set[str]) -> set[str]:
        """From now on; answers where they went before."""
        before, self._into = self._into, names
        return before

    def _telling(self, file: str) -> CodeType:
        """The module, each of its functions saying when it runs: far less work than to trace all that others do."""
        tree = ast.parse((self.root / file).read_text(encoding="utf-8"))
        _tell(tree, file, ())
        return compile(ast.fix_missing_locations(tree), str(self.root / file), "exec", dont_inherit=True)


def _tell(node: ast.AST, file: str, scope: tuple[str, ...]) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            _tell(child, file, (*scope, child.name))
        elif isinstance(child, ast.FunctionDef):
            said = ast.Expr(
                ast.Call(ast.Name(RAN, ast.Load()), [ast.Constant(f"{file}:{'.'.join((*scope, child.name))}")], [])
            )
            child.body.insert(1 if ast.get_docstring(child) is not None else 0, said)


def name_of(file: str, where: str) -> str:
    """A function; what is made inside it is a part of it."""
    return f"{file}:{where.partition('.<locals>')[0]}"
