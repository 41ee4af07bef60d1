"""The audit by itself, every few minutes in a worker: what has news, what was wrong the last time, once a day all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Gauge

from chassis.application import Job
from chassis.audit.auditor import Auditor, Report
from chassis.audit.judging import INVARIANTS, Stream, Violation
from chassis.clock import WallClock, monotonic
from chassis.due import never
from chassis.events import topology
from chassis.pipeline import ServiceRuntime

log = structlog.get_logger()
EVERY_SECONDS = 180.0
LOOK_AGAIN_SECONDS = 45.0
"""After a finding, a repair, or a service that did not answer."""
# The others may still be starting.
FIRST_AFTER_SECONDS = 60.0
FIRST_LOOK_BACK = timedelta(days=1)
OVERLAP = timedelta(minutes=5)
ALL_EVERY_SECONDS = 24 * 3600.0
LOGGED_AT_MOST = 100
REPAIRED_AT_ONCE = 100
# What is behind gets not the same events once more at every look.
SENT_AGAIN_AFTER_SECONDS = 600.0

VIOLATIONS = Gauge("huying_audit_violations", "Invariants across services that are violated now.", ["invariant"])
JUDGED = Counter("huying_audit_judged_total", "Subjects (cases, as a rule) that were judged.")
SENT_AGAIN = Counter("huying_audit_sent_again_total", "Events that were sent again to mend a violation.")
REPEATED = Gauge(
    "huying_audit_repeated_messages",
    "Messages of classes that may repeat, handed over twice, among what the last audit judged.",
)
ENDED = Gauge("huying_audit_ended_seconds", "When the last whole audit ended, in seconds since 1970.")


class PeriodicAudit:
    """One batch of subjects at a time, so that the worker is seen to live; several replicas disturb nobody."""

    def __init__(self) -> None:
        self._whole_until = WallClock().now() - FIRST_LOOK_BACK
        self._next = monotonic() + FIRST_AFTER_SECONDS
        ENDED.set_to_current_time()  # nobody is late yet
        self._next_of_all = monotonic() + ALL_EVERY_SECONDS
        self._open: list[Violation] = []
        self._sent: dict[_Way, float] = {}
        self._run: _Run | None = None

    @property
    def job(self) -> Job:
        # Never due in a simulation: what has news is told by the machine's clock.
        return Job("audit", self.run, every_seconds=20.0, next_due=never)

    def run(self, runtime: ServiceRuntime) -> int:
        """How many subjects the batch had; after the last one nothing, until the next time. Raises NoAnswer."""
        if self._run is None:
            if monotonic() < self._next:
                return 0
            self._run = self._begun(runtime)
        try:
            done = next(self._run.steps, None)
            if done is None:
                self._end(self._run)
        except Exception:
            self._run, self._next = None, monotonic() + LOOK_AGAIN_SECONDS
            raise
        JUDGED.inc(done or 0)
        return done or 0

    def _begun(self, runtime: ServiceRuntime) -> "_Run":
        known, report = topology.load(), Report()
        auditor = Auditor(runtime.questions, known.hears, tuple(known.types))
        of_all, since = monotonic() >= self._next_of_all, self._whole_until - OVERLAP
        also = sorted({v.subject for v in self._open})
        steps = auditor.steps(report, since=None if of_all else since, also=also)
        return _Run(WallClock().now(), of_all, auditor, report, steps)

    def _end(self, run: "_Run") -> None:
        self._run, self._whole_until = None, run.begun_at
        if run.of_all:
            self._next_of_all = monotonic() + ALL_EVERY_SECONDS
        report = run.report
        for invariant in INVARIANTS:
            VIOLATIONS.labels(invariant).set(report.found[invariant])
        REPEATED.set(report.repeated)
        for violation in report.violations[:LOGGED_AT_MOST]:
            _tell(violation)
        earlier, self._open = self._open, report.violations
        ENDED.set(WallClock().now().timestamp())
        known = {(v.invariant, v.subject) for v in earlier}
        new = any(v.lacks and (v.invariant, v.subject) not in known for v in self._open)
        self._next = monotonic() + (LOOK_AGAIN_SECONDS if new else EVERY_SECONDS)
        for repair in run.auditor.repair(self._due(earlier)):
            self._sent[_way(repair.subject, repair.stream)] = monotonic()
            if not repair.events:
                continue
            self._next = monotonic() + LOOK_AGAIN_SECONDS
            SENT_AGAIN.inc(repair.events)
            log.warning(
                "sent_again", subject=repair.subject, publisher=repair.stream.publisher,
                consumer=repair.stream.consumer, events=repair.events,
            )  # fmt: skip

    def _due(self, earlier: list[Violation]) -> list[Violation]:
        """What lacked the same at the last look: a consumer that is behind and moves catches up by itself."""
        stood = {(v.subject, s.publisher, s.consumer, s.first) for v in earlier for s in v.lacks}
        self._sent = {way: at for way, at in self._sent.items() if monotonic() < at + SENT_AGAIN_AFTER_SECONDS}
        due = []
        for v in self._open:
            stands = all((v.subject, s.publisher, s.consumer, s.first) in stood for s in v.lacks)
            if v.lacks and stands and not any(_way(v.subject, s) in self._sent for s in v.lacks):
                due.append(v)
        return due[:REPAIRED_AT_ONCE]


_Way = tuple[str, str, str]


def _way(subject: str, stream: Stream) -> _Way:
    return subject, stream.publisher, stream.consumer


@dataclass(frozen=True)
class _Run:
    begun_at: datetime
    of_all: bool
    auditor: Auditor
    report: Report
    steps: Iterator[int]


def _tell(violation: Violation) -> None:
    log.error("violated", invariant=violation.invariant, subject=violation.subject, detail=violation.detail)
