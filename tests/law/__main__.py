"""make law N=…: seeded random cases by the platform's reckoning and by the oracle's; prints where they disagree."""

import argparse
import os
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tests.law import tally
from tests.law.cases import cases_of
from tests.law.tally import Tally
from tests.law.workers import Part, judged
from tests.law.worlds import POLICIES

EVERY_SECONDS = 15.0
SHOWN = 20


def main() -> int:
    given = _given()
    if given.one is not None:
        return _one(given.seed, given.one)
    run = Run(given)
    with _progress() as progress:
        bar = progress.add_task("", total=given.cases, completed=given.first, said="")
        try:
            for part in judged(given.seed, given.first, given.cases, given.workers):
                run.take(part)
                run.show(progress, bar, part)
        except KeyboardInterrupt:
            run.broken_off = True
    return run.end()


@dataclass
class Run:
    """What has come of it so far."""

    given: argparse.Namespace
    done: int = 0
    disagreed: int = 0
    tally: Tally = field(default_factory=Tally)
    parts: list[tuple[int, int]] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)
    broken_off: bool = False

    def take(self, part: Part) -> None:
        self.done += part.end - part.first
        self.disagreed += len(part.found)
        self.tally.update(part.tally)
        self.parts.append((part.first, part.end))

    def show(self, progress: Progress, bar: TaskID, part: Part) -> None:
        said = f"{self.rate():,.0f} per second, {self._left()} left, {self.disagreed} disagree"
        progress.update(bar, completed=self.given.first + self.done, said=said)
        for each in part.found[: max(SHOWN - self.disagreed + len(part.found), 0)]:
            again = f"again: make law SEED={self.given.seed} ONE={each.number}"
            progress.console.print(f"{each}\n  {again}\n", markup=False, soft_wrap=True)
        if not progress.console.is_terminal and time.monotonic() - self.told > EVERY_SECONDS:
            self.told = time.monotonic()
            print(f"{self.given.first + self.done:,} of {self.given.cases:,}, {said}", flush=True)

    def end(self) -> int:
        seconds, given = time.monotonic() - self.started, self.given
        print(*tally.told(self.tally, tally.expected(POLICIES)), "", sep="\n")
        told = f"{self.done:,} cases in {seconds:,.0f} s, seed {given.seed}: {self.disagreed} disagree"
        print(f"{told}; {self.rate():,.0f} cases per second with {given.workers} processes")
        if self.broken_off:
            print(f"broken off; go on: make law N={given.cases} SEED={given.seed} FROM={self.first_missing()}")
        return 1 if self.disagreed or self.broken_off else 0

    def first_missing(self) -> int:
        """Worlds are not done in their order."""
        first: int = self.given.first
        for begin, end in sorted(self.parts):
            first = end if begin == first else first
        return first

    def rate(self) -> float:
        return self.done / max(time.monotonic() - self.started, 0.001)

    def _left(self) -> timedelta:
        left = self.given.cases - self.given.first - self.done
        return timedelta(seconds=round(left / max(self.rate(), 0.001)))


def _one(seed: int, number: int) -> int:
    found = next(islice(cases_of(seed, [number]), 1), None)
    print(found or f"case {number} of seed {seed}: both say the same")
    return 1 if found else 0


def _progress() -> Progress:
    return Progress(BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn())


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first case, to go on")
    parser.add_argument("--one", type=int, help="the number of one case")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
