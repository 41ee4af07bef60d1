"""Imports services and tests once more in a child, one module of other code among them, and runs tests."""

import importlib
import importlib.machinery
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tests.mutation.mutants import Mutant

PYTEST = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
# What is imported anew.
FRESH = ("services", "tests", "cli")
SURVIVED, KILLED = 0, 1


def run_anew(root: Path, mutant: Mutant, tests: Sequence[str], tell: Callable[[str], object]) -> int:
    """Imports services and tests once more, the mutant among them."""
    for name in [name for name in sys.modules if name.partition(".")[0] in FRESH]:
        del sys.modules[name]
    path = str(root / mutant.file)
    known = [finder for finder in sys.meta_path if not isinstance(finder, Importer)]
    sys.meta_path[:] = [Importer({path: compile(mutant.source, path, "exec", dont_inherit=True)}), *known]
    importlib.invalidate_caches()
    first = _First(tell)
    code = pytest.main(["-x", *PYTEST, *tests], plugins=[first])
    if code and not first.failed:
        tell(f"collection: {code!r}")
    return KILLED if code else SURVIVED


class _First:
    """Tells the first test that fails."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell, self.failed = tell, False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = True
            self._tell(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.failed:
            self.failed = True
            self._tell(f"{report.nodeid}: cannot be imported")


class Importer:
    """Finds modules of some files with other code."""

    def __init__(self, codes: Mapping[str, CodeType]) -> None:
        self._codes = codes

    def find_spec(self, name: str, path: Any = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.origin not in self._codes:
            return None
        spec.loader = _Loader(name, spec.origin, self._codes[spec.origin])
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code
