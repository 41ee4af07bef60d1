"""Judges mutants in forks of one warm pytest: all is imported, each child changes a function and runs its tests."""

import gc
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import CodeType, FunctionType
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.anew import FRESH, KILLED, SURVIVED, run_anew
from tests.mutation.calls import Calls, name_of
from tests.mutation.mutants import Mutant

Tell = Callable[[str], object]

BROKEN = 3
# Of its own time on the processor; on the clock ten times as much, for machines that have other things to do.
AT_LEAST_SECONDS, TIMES_AS_LONG, PATIENCE = 5.0, 3, 10


class Warm:
    """A plugin: collects the tests, runs each once, and then gives every mutant a child."""

    def __init__(self, calls: Calls, mutants: Sequence[Mutant], workers: int, told: Callable[[Mutant, str], None]):
        self.calls, self.mutants, self.workers, self.told = calls, mutants, workers, told
        self.seconds: dict[str, float] = {}
        self.functions: Mapping[str, list[FunctionType]] = {}
        self.wrong: list[str] = []

    def pytest_configure(self) -> None:
        """Who is killed by chance is killed by the same chance tomorrow; nobody needs the smallest example."""
        from hypothesis import HealthCheck, Phase, settings  # pytest wants to be the first

        settings.register_profile(
            "mutation",
            database=None,
            phases=[Phase.explicit, Phase.generate],
            deadline=None,  # a busy machine has noticed nothing
            suppress_health_check=[HealthCheck.too_slow],
        )
        settings.load_profile("mutation")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        before = self.calls.into(self.calls.of_fixture[id(fixturedef)])
        try:
            return (yield)
        finally:
            self.calls.into(before)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_once(session.items)
        if not self.wrong:
            self.functions = _functions(self.calls)
            gc.freeze()  # a child that collects would copy what it shares
            self._check_unchanged(session)
        if not self.wrong:
            self._judge(session)
        return True

    def _run_once(self, items: Sequence[pytest.Item]) -> None:
        for item, after in zip(items, [*items[1:], None], strict=True):
            forget()
            self.calls.into(self.calls.of_test[item.nodeid])
            begun = time.process_time()
            reports = runtestprotocol(item, log=False, nextitem=after)
            self.seconds[item.nodeid] = time.process_time() - begun
            self.wrong += [f"{item.nodeid}\n{report.longreprtext}" for report in reports if report.failed]

    def _check_unchanged(self, session: pytest.Session) -> None:
        """Whoever fails a second time round, or imported anew, would kill every mutant."""
        file = next(iter(self.calls.files))
        same = Mutant(file, "", 0, "", "", True, (self.calls.root / file).read_text(encoding="utf-8"))
        items = sorted(session.items, key=lambda item: self.seconds[item.nodeid])
        for run in (
            lambda tell: self._run(items, tell),
            lambda tell: run_anew(self.calls.root, same, self._files(session.items), tell),
        ):
            if by := self._waited(dict([self._begun(None, run)]))[1]:
                self.wrong.append(f"{by} fails a second time, or when everything is imported anew")

    # -- children ----------------------------------------------------------------------------------------------------

    def _judge(self, session: pytest.Session) -> None:
        running: dict[int, tuple[Mutant | None, int]] = {}
        for mutant in self.mutants:
            if len(running) >= self.workers:
                self._reap(running)
            running.update([self._begun(mutant, partial(self._verdict, session, mutant))])
        while running:
            self._reap(running)

    def _reap(self, running: dict[int, tuple[Mutant | None, int]]) -> None:
        mutant, by = self._waited(running)
        if mutant is not None and by is not None:
            self.told(mutant, by)

    def _begun(self, mutant: Mutant | None, work: Callable[[Tell], int]) -> tuple[int, tuple[Mutant | None, int]]:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _work(work, writing)
        os.close(writing)
        return child, (mutant, reading)

    def _waited(self, running: dict[int, tuple[Mutant | None, int]]) -> tuple[Mutant | None, str | None]:
        """The next that is done, and who noticed it; None where nobody can say."""
        child, status = os.wait()
        mutant, reading = running.pop(child)
        with os.fdopen(reading) as said:
            by = said.read()
        if os.WIFSIGNALED(status):
            timed_out = os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF)
            return mutant, "time limit" if timed_out else f"signal {os.WTERMSIG(status)}"
        if os.waitstatus_to_exitcode(status) == BROKEN:
            self.wrong.append(f"{mutant and mutant.key}: {by}")
            return mutant, None
        return mutant, by

    def _verdict(self, session: pytest.Session, mutant: Mutant, tell: Tell) -> int:
        name = name_of(mutant.file, mutant.where)
        ran_at_import = mutant.at_import or name in self.calls.at_import
        if not ran_at_import and self._swap(mutant, name):
            return self._run(self._calling(session.items, name), tell)
        _limit(sum(self.seconds.values()) + AT_LEAST_SECONDS)
        return run_anew(self.calls.root, mutant, self._files(session.items), tell)

    def _run(self, items: Sequence[pytest.Item], tell: Tell) -> int:
        for item, after in zip(items, [*items[1:], None], strict=False):  # of no test nothing follows: [None]
            _limit(self.seconds[item.nodeid])
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                tell(item.nodeid)
                return KILLED
        return SURVIVED

    def _files(self, items: Sequence[pytest.Item]) -> list[str]:
        """The files of tests, the quickest first."""
        seconds: dict[str, float] = defaultdict(float)
        for item in items:
            seconds[item.nodeid.partition("::")[0]] += self.seconds[item.nodeid]
        return sorted(seconds, key=lambda file: seconds[file])

    def _calling(self, items: Sequence[pytest.Item], name: str) -> list[pytest.Item]:
        """The tests that call it, themselves or by what they stand on, the quickest first."""
        found = [item for item in items if name in self.calls.of_test[item.nodeid] | self._prepared(item)]
        return sorted(found, key=lambda item: self.seconds[item.nodeid])

    def _prepared(self, item: pytest.Item) -> set[str]:
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
        return {name for known in fixtures for each in known for name in self.calls.of_fixture.get(id(each), ())}

    def _swap(self, mutant: Mutant, name: str) -> bool:
        """Gives the functions that exist already the code of the mutant; False where it does not fit into them."""
        code = compile(mutant.source, str(self.calls.root / mutant.file), "exec", dont_inherit=True)
        new = [each for each in _codes(code) if f"{mutant.file}:{each.co_qualname}" == name]
        old = sorted(self.functions.get(name, ()), key=lambda function: function.__code__.co_firstlineno)
        if len(new) != len(old):
            return False
        try:
            for function, its in zip(old, new, strict=True):
                function.__code__ = its
        except ValueError:  # another number of free variables
            return False
        forget()
        return True


def _work(work: Callable[[Tell], int], writing: int) -> NoReturn:
    """What a child does; it never goes on as its parent."""
    code = BROKEN
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = work(lambda by: os.write(writing, by.encode()))
    except BaseException as error:
        with suppress(OSError):
            os.write(writing, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(code)


def forget() -> None:
    """What functions of the services and tests remember."""
    for remembering in _remembering():
        remembering.cache_clear()


def _remembering() -> list[Any]:
    if not _CACHES:
        _CACHES.extend(each for each in gc.get_objects() if _is_cache(each))
    return _CACHES


_CACHES: list[Any] = []


def _is_cache(each: object) -> bool:
    return type(each).__name__ == "_lru_cache_wrapper" and str(getattr(each, "__module__", "")).startswith(FRESH)


def _functions(calls: Calls) -> Mapping[str, list[FunctionType]]:
    """All that exist of the modules under test, by name."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    paths = {str(calls.root / file): file for file in calls.files}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in paths:
            found[f"{paths[each.__code__.co_filename]}:{each.__code__.co_qualname}"].append(each)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _limit(seconds: float) -> None:
    limit = max(AT_LEAST_SECONDS, TIMES_AS_LONG * seconds)
    signal.setitimer(signal.ITIMER_PROF, limit)
    signal.setitimer(signal.ITIMER_REAL, limit * PATIENCE)
