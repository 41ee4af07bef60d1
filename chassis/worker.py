"""The background work of one service in this process: relay, parking, jobs. Woken by commits, else by the clock."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from chassis import due, housekeeping
from chassis.application import Job
from chassis.clock import monotonic
from chassis.courier import Courier
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import metrics
from chassis.telemetry.faults import places

log = structlog.get_logger()
# Longer than the longest statement limit with its repeats; /livez fails then, and the process is started anew.
HUNG_AFTER_SECONDS = 120.0
STOP_SECONDS = 3.0
SHORTEST_PAUSE_SECONDS = 0.01
"""What is due and in other hands is not asked for without end."""


@dataclass
class Worker:
    """Everything that a service does without being asked."""

    runtime: ServiceRuntime
    receiver: Receiver
    relay: Relay
    courier: Courier | None = None
    """Shared by the services of one process; without one the worker has its own."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _beats: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        retry = Job("retry_parked", lambda _: self.receiver.retry_parked(), next_due=due.PARKED)
        self.jobs: tuple[Job, ...] = (*self.runtime.service.jobs, retry, *housekeeping.JOBS)
        self._changed = True
        self._dues: dict[str, datetime | None] = {}
        self._courier = self.courier or Courier(self.relay)
        self.runtime.wake = self._wake

    def _wake(self, published: bool) -> None:
        """Something was committed: perhaps events to publish, and jobs may be due at other instants."""
        self._changed = True
        if published:
            self.relay.stirred = True
            self._courier.wake()

    # -- once, for the simulator ---------------------------------------------------------------------------------------

    def jobs_once(self) -> int:
        """Runs the jobs that are due now, also those that others of them make due; returns how much was done."""
        total = 0
        while done := self._due_jobs_once():
            total += done
        return total

    def _due_jobs_once(self) -> int:
        changed, now = self._changed, self.runtime.clock.now()
        self._look_when_due()
        jobs = [job for job in self.jobs if self._is_due(job, changed, now)]
        # What a job has done moves its instant, also when it commits on its own.
        self._changed = self._changed or any(job.next_due for job in jobs)
        return sum(self._exhaust(job) for job in jobs)

    def next_due(self) -> datetime | None:
        """The next instant after now at which a job or a parked message is due."""
        self._look_when_due()
        now = self.runtime.clock.now()
        return min((at for at in self._dues.values() if at is not None and at > now), default=None)

    def _look_when_due(self) -> None:
        """Asks the database, but only when something was committed since the last look."""
        if not self._changed:
            return
        self._changed = False
        unknown = [job for job in self.jobs if job.next_due and not self._stands(job)]
        with self.runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            self._dues |= due.instants(connection, {job.name: job.next_due for job in unknown if job.next_due})

    def _stands(self, job: Job) -> bool:
        """Whether the instant that is known of a steady job still holds."""
        at = self._dues.get(job.name)
        return job.steady and at is not None and at > self.runtime.clock.now()

    def _is_due(self, job: Job, changed: bool, now: datetime) -> bool:
        if job.next_due is None:
            return changed
        at = self._dues[job.name]
        return at is not None and at <= now

    def _exhaust(self, job: Job) -> int:
        total = 0
        while not self._stop.is_set() and (done := job.run(self.runtime)):
            metrics.JOB_DONE.labels(self.runtime.name, job.name).inc(done)
            if job.flood and done >= job.flood and self.relay.bulk:
                self.relay.bulk.hold()
            if self._threads:
                self._beats[job.name] = monotonic()
            total += done
        return total

    # -- for good, in threads ------------------------------------------------------------------------------------------

    def start(self, *, jobs: bool = True) -> None:
        """Without `jobs` it only publishes: in simulated time they run when the driver says so."""
        self._courier.start()
        for job in self.jobs if jobs else ():
            self._run(job.name, partial(self._repeat, job))

    def ask_to_stop(self) -> None:
        """It takes nothing new; what remains of a backlog is done after the next start."""
        self._stop.set()
        self._courier.ask_to_stop()

    def stop(self, *, until: float | None = None) -> None:
        """Finishes the batch in hand, or leaves it at this instant of the monotonic clock to be done again."""
        self.ask_to_stop()
        until = until or monotonic() + STOP_SECONDS
        self._courier.join(max(0.0, until - monotonic()))
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))

    def alive(self) -> bool:
        """Every thread runs, and none has been busy with one batch for longer than anything may take."""
        oldest = min([self._courier.beat, *self._beats.values()])
        running = self._courier.is_running() and all(thread.is_alive() for thread in self._threads)
        return running and monotonic() - oldest < HUNG_AFTER_SECONDS

    def _run(self, name: str, target: Callable[[], None]) -> None:
        self._beats[name] = monotonic()
        thread = threading.Thread(target=target, name=f"{self.runtime.name}-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _repeat(self, job: Job) -> None:
        while not self._stop.is_set():
            self._beats[job.name] = monotonic()
            pause = job.every_seconds
            try:
                self._exhaust(job)
                pause = self._pause(job)
            except Exception as error:
                metrics.JOB_FAILURES.labels(self.runtime.name, job.name).inc()
                log.warning(
                    "job_failed", service=self.runtime.name, job=job.name, error=type(error).__name__, at=places(error)
                )
            self._stop.wait(pause)

    def _pause(self, job: Job) -> float:
        """Until the next look; shorter where the job is due before."""
        if not job.punctual or job.next_due is None:
            return job.every_seconds
        with self.runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            at = job.next_due(connection)
        ahead = (at - self.runtime.clock.now()).total_seconds() if at else job.every_seconds
        return min(job.every_seconds, max(SHORTEST_PAUSE_SECONDS, ahead))
