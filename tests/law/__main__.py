"""make law N=…: seeded random cases by the platform's reckoning and by the oracle's; prints where they disagree."""

import argparse
import os
import sys
import time
from itertools import islice

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tests.law.cases import cases_of
from tests.law.workers import judged

EVERY_SECONDS = 15.0
SHOWN = 20


def main() -> int:
    given = _given()
    if given.one is not None:
        return _one(given.seed, given.one)
    started, done, disagreed = time.monotonic(), 0, 0
    with _progress() as progress:
        bar, told = progress.add_task("", total=given.cases, rate=""), started
        for count, found in judged(given.seed, given.cases, given.workers):
            done, disagreed = done + count, disagreed + len(found)
            rate = done / (time.monotonic() - started)
            progress.update(bar, advance=count, rate=f"{rate:,.0f} per second, {disagreed} disagree")
            for each in found[: max(SHOWN - disagreed + len(found), 0)]:
                progress.console.print(
                    f"{each}\n  again: make law SEED={given.seed} ONE={each.number}\n", markup=False, soft_wrap=True
                )
            if not progress.console.is_terminal and time.monotonic() - told > EVERY_SECONDS:
                told = time.monotonic()
                print(f"{done:,} of {given.cases:,}, {rate:,.0f} per second, {disagreed} disagree", flush=True)
    seconds = time.monotonic() - started
    print(f"{done:,} cases in {seconds:,.0f} s, seed {given.seed}: {disagreed} disagree")
    return 1 if disagreed else 0


def _one(seed: int, number: int) -> int:
    found = next(islice(cases_of(seed, [number]), 1), None)
    print(found or f"case {number} of seed {seed}: both say the same")
    return 1 if found else 0


def _progress() -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    return Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn())


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", type=int, help="the number of one case")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
