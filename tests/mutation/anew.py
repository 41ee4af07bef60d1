"""Imports services and tests once more in a child, one module of other code among them, and runs tests."""

import importlib
import importlib.machinery
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from tests.mutation.mutants import Mutant

PYTEST = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
# What is imported anew.
FRESH = ("services", "tests", "cli")
SURVIVED, KILLED = 0, 1


def run_anew(root: Path, mutant: Mutant, tests: Sequence[str], tell: Callable[[str], object]) -> int:
    """Imports services and tests once more, the mutant among them."""
    gone = [sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in FRESH]
    _forget_metrics(gone)
    path = str(root / mutant.file)
    known = [finder for finder in sys.meta_path if not isinstance(finder, Importer)]
    sys.meta_path[:] = [Importer({path: compile(mutant.source, path, "exec", dont_inherit=True)}), *known]
    importlib.invalidate_caches()
    first = _First(tell)
    code = pytest.main(["-x", *PYTEST, *tests], plugins=[first])
    if code and not first.failed:
        tell(f"collection: {code!r}")
    return KILLED if code else SURVIVED


def _forget_metrics(gone: Sequence[ModuleType]) -> None:
    """What a module measures by is registered at import, and only once in a process."""
    chassis = [module for name, module in sys.modules.items() if name.partition(".")[0] == "chassis"]
    kept = {id(each) for module in chassis for each in vars(module).values()}
    for each in [each for module in gone for each in vars(module).values() if id(each) not in kept]:
        if isinstance(each, MetricWrapperBase):
            with suppress(KeyError):  # another module had imported it
                REGISTRY.unregister(each)


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
