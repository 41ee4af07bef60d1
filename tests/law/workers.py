"""Worlds shared out among processes; a process that is started anew imports this module, never the command."""

import gc
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from tests.law.cases import CASES_PER_WORLD, Found, cases_of
from tests.law.tally import Tally

# A process keeps the trees of all policy files that it has read.
WORLDS_PER_PROCESS = 100


class Part(NamedTuple):
    """Cases of one world that were judged."""

    first: int
    end: int
    found: list[Found]
    tally: Tally


def judged(seed: int, first: int, end: int, workers: int) -> Iterator[Part]:
    """World by world, as they come; a worker that dies ends the run with its error."""
    parts = iter(_parts(first, end))
    with _pool(workers) as pool:
        running: set[Future[Part]] = {pool.submit(_judge, seed, *part) for part in islice(parts, 4 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(_judge, seed, *part) for part in islice(parts, len(done))}
            yield from (job.result() for job in done)


def _parts(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Each within one world, also where a run goes on in the midst of one."""
    while first < end:
        until = min(end, (first // CASES_PER_WORLD + 1) * CASES_PER_WORLD)
        yield first, until
        first = until


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """What is broken off does not wait for all that was ordered."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, max_tasks_per_child=WORLDS_PER_PROCESS)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """The command says when to end; what a case leaves is thrown away world by world."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _judge(seed: int, first: int, end: int) -> Part:
    gc.collect()
    tally = Tally()
    return Part(first, end, list(cases_of(seed, range(first, end), tally)), tally)
