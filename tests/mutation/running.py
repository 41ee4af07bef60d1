"""Runs the mutants of one target, with a bar of progress."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.mutation.anew import PYTEST
from tests.mutation.calls import Calls
from tests.mutation.mutants import Mutant
from tests.mutation.results import Results, Target
from tests.mutation.warm import Warm

# Lost at most, where a run is broken off.
SAVED_EVERY = 20


def run(root: Path, target: Target, mutants: Sequence[Mutant], results: Results, workers: int) -> int:
    """0 where every mutant has its verdict."""
    console = Console(file=os.fdopen(os.dup(2), "w"))
    log = os.open(results.log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    columns = (TextColumn(target.name), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[alive]} alive"))
    with Progress(*columns, TimeRemainingColumn(), console=console, auto_refresh=False) as progress:
        bar = progress.add_task(target.name, total=len(mutants), alive=0)
        alive = 0

        def told(mutant: Mutant, by: str) -> None:
            nonlocal alive
            alive += not by
            results.keep(mutant, by)
            progress.update(bar, advance=1, alive=alive, refresh=console.is_terminal)
            done = int(progress.tasks[0].completed)
            if done % SAVED_EVERY == 0:
                results.save()
                if not console.is_terminal:
                    console.print(f"{target.name}: {done} of {len(mutants)}, {alive} alive")

        calls = Calls(root, frozenset(target.modules))
        warm = Warm(calls, mutants, workers, told)
        code = pytest.main([*PYTEST, *target.tests], plugins=[warm])
    results.save()
    slowest = sorted(warm.seconds.items(), key=lambda its: -its[1])
    print("\n".join([*warm.wrong, "", *(f"{seconds:6.2f} s {test}" for test, seconds in slowest)]))
    sys.stdout.flush()
    return 1 if warm.wrong or code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else 0
