"""Worlds shared out among processes; a process that is started anew imports this module, never the command."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context

from tests.law.cases import CASES_PER_WORLD, Found, cases_of


def judged(seed: int, cases: int, workers: int) -> Iterator[tuple[int, list[Found]]]:
    """World by world, as they come; a worker that dies ends the run with its error."""
    firsts = iter(range(0, cases, CASES_PER_WORLD))
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        running = {pool.submit(_world, seed, first, cases) for first in islice(firsts, 4 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(_world, seed, first, cases) for first in islice(firsts, len(done))}
            yield from (job.result() for job in done)


def _world(seed: int, first: int, cases: int) -> tuple[int, list[Found]]:
    end = min(first + CASES_PER_WORLD, cases)
    return end - first, list(cases_of(seed, range(first, end)))
