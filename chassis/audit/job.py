"""The audit by itself, every few minutes in a worker: what has news, what was wrong the last time, once a day all."""

from collections.abc import Iterator
from datetime import timedelta

import structlog
from prometheus_client import Counter, Gauge

from chassis.application import Job
from chassis.audit.auditor import Auditor, Report
from chassis.audit.judging import INVARIANTS, Violation
from chassis.clock import WallClock, monotonic
from chassis.due import never
from chassis.events import topology
from chassis.pipeline import ServiceRuntime
from chassis.questions import CannedQuestions

log = structlog.get_logger()
EVERY_SECONDS = 180.0
AFTER_A_REPAIR_SECONDS = 45.0
# The others may still be starting.
FIRST_AFTER_SECONDS = 60.0
FIRST_LOOK_BACK = timedelta(days=1)
OVERLAP = timedelta(minutes=5)
ALL_EVERY_SECONDS = 24 * 3600.0
LOGGED_AT_MOST = 100

VIOLATIONS = Gauge("huying_audit_violations", "Invariants across services that are violated now.", ["invariant"])
JUDGED = Counter("huying_audit_judged_total", "Subjects (cases, as a rule) that were judged.")
SENT_AGAIN = Counter("huying_audit_sent_again_total", "Events that were sent again to mend a violation.")
REPEATED = Gauge("huying_audit_repeated_messages", "Messages handed over twice, of classes that may repeat.")
ENDED = Gauge("huying_audit_ended_seconds", "When the last whole audit ended, in seconds since 1970.")


class PeriodicAudit:
    """One batch of subjects at a time, so that the worker is seen to live; several replicas disturb nobody."""

    def __init__(self) -> None:
        self._begun_at = WallClock().now() - FIRST_LOOK_BACK
        self._next = monotonic() + FIRST_AFTER_SECONDS
        ENDED.set_to_current_time()  # nobody is late yet
        self._next_of_all = monotonic() + ALL_EVERY_SECONDS
        self._open: list[str] = []
        self._steps: Iterator[int] | None = None
        self._report, self._auditor = Report(), Auditor(CannedQuestions(), {}, ())

    @property
    def job(self) -> Job:
        # Never due in a simulation: what has news is told by the machine's clock.
        return Job("audit", self.run, every_seconds=20.0, next_due=never)

    def run(self, runtime: ServiceRuntime) -> int:
        """How many subjects the batch had; after the last one nothing, until the next time. Raises NoAnswer."""
        if self._steps is None:
            if monotonic() < self._next:
                return 0
            self._begin(runtime)
        assert self._steps is not None
        try:
            done = next(self._steps, None)
            if done is None:
                self._end()
        except Exception:
            self._steps, self._next = None, monotonic() + AFTER_A_REPAIR_SECONDS
            raise
        JUDGED.inc(done or 0)
        return done or 0

    def _begin(self, runtime: ServiceRuntime) -> None:
        known = topology.load()
        now, since = WallClock().now(), self._begun_at - OVERLAP
        of_all = monotonic() >= self._next_of_all
        if of_all:
            self._next_of_all = monotonic() + ALL_EVERY_SECONDS
        self._auditor = Auditor(runtime.questions, known.hears, tuple(known.types))
        self._report = Report()
        self._steps = self._auditor.steps(self._report, since=None if of_all else since, also=self._open)
        self._begun_at = now

    def _end(self) -> None:
        self._steps = None
        report = self._report
        for invariant in INVARIANTS:
            VIOLATIONS.labels(invariant).set(report.found[invariant])
        REPEATED.set(report.repeated)
        self._open = sorted({v.subject for v in report.violations})
        for violation in report.violations[:LOGGED_AT_MOST]:
            _tell(violation)
        repairs = [repair for repair in self._auditor.repair(report.violations) if repair.events]
        for repair in repairs:
            SENT_AGAIN.inc(repair.events)
            log.warning(
                "sent_again", subject=repair.subject, publisher=repair.stream.publisher,
                consumer=repair.stream.consumer, events=repair.events,
            )  # fmt: skip
        self._next = monotonic() + (AFTER_A_REPAIR_SECONDS if repairs else EVERY_SECONDS)
        ENDED.set(WallClock().now().timestamp())


def _tell(violation: Violation) -> None:
    log.error("violated", invariant=violation.invariant, subject=violation.subject, detail=violation.detail)
