"""Two replicas of a worker doing the same job at the same time."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime


def second(runtime: ServiceRuntime) -> ServiceRuntime:
    """Another process of the same service: its own connections to the same database."""
    engine = create_engine(runtime.engine.url.render_as_string(hide_password=False), pool_size=3)
    return replace(runtime, engine=engine, wake=lambda _published: None)


def at_once(job: Callable[[ServiceRuntime], int], runtimes: Sequence[ServiceRuntime]) -> list[int]:
    """Each replica runs the job until nothing is left; how much each has done. Errors come out."""
    barrier, done, errors = threading.Barrier(len(runtimes)), [0] * len(runtimes), list[Exception]()

    def run(number: int) -> None:
        try:
            barrier.wait(10)
            while count := job(runtimes[number]):
                done[number] += count
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(runtimes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return done
