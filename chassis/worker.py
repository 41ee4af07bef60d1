"""The background work of one service in this process: relay, parking, jobs. Woken by commits, else by the clock."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from chassis.application import Job
from chassis.events import parking
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics

log = structlog.get_logger()
IDLE_SECONDS = 0.5
LONGEST_BACK_OFF_SECONDS = 10.0


@dataclass
class Worker:
    """Everything that a service does without being asked."""

    runtime: ServiceRuntime
    receiver: Receiver
    relay: Relay
    _stop: threading.Event = field(default_factory=threading.Event)
    _woken: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.runtime.wake = self._woken.set

    # -- once, for the simulator ---------------------------------------------------------------------------------------

    def relay_once(self) -> int:
        return self.relay.relay_batch()

    def jobs_once(self) -> int:
        """Runs every job until it has nothing more to do; returns how much was done."""
        return sum(self._exhaust(job) for job in self.jobs)

    def next_due(self) -> datetime | None:
        """The next instant at which a job or a parked message is due."""
        with self.runtime.engine.connect() as connection:
            due = [job.next_due(connection) for job in self.jobs]
            connection.rollback()
        return min((d for d in due if d is not None), default=None)

    @property
    def jobs(self) -> tuple[Job, ...]:
        retry = Job("retry_parked", lambda _: self.receiver.retry_parked(), next_due=parking.next_try_at)
        return (*self.runtime.service.jobs, retry)

    def _exhaust(self, job: Job) -> int:
        total = 0
        while done := job.run(self.runtime):
            metrics.JOB_DONE.labels(self.runtime.name, job.name).inc(done)
            total += done
        return total

    # -- for good, in threads ------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._run("relay", self._relay_forever)
        for job in self.jobs:
            self._run(job.name, partial(self._repeat, job))

    def stop(self, limit_seconds: float = 8.0) -> None:
        """Takes nothing new, finishes the batch in hand."""
        self._stop.set()
        self._woken.set()
        until = time.monotonic() + limit_seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def alive(self) -> bool:
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def _run(self, name: str, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, name=f"{self.runtime.name}-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _relay_forever(self) -> None:
        failures = 0
        while not self._stop.is_set():
            self._woken.clear()
            try:
                while self.relay.relay_batch() and not self._stop.is_set():
                    pass
                failures = 0
            except Exception as error:
                failures += 1
                log.warning("relay_failed", service=self.runtime.name, error=type(error).__name__, failures=failures)
                self._stop.wait(min(0.1 * 2**failures, LONGEST_BACK_OFF_SECONDS))
                continue
            self._woken.wait(IDLE_SECONDS)

    def _repeat(self, job: Job) -> None:
        while not self._stop.is_set():
            try:
                self._exhaust(job)
            except Exception as error:
                metrics.JOB_FAILURES.labels(self.runtime.name, job.name).inc()
                log.warning("job_failed", service=self.runtime.name, job=job.name, error=type(error).__name__)
            self._stop.wait(job.every_seconds)
