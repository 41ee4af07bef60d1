"""Goes through all subjects page by page, asks every service about each page, and judges: it remembers one page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from chassis.access import system
from chassis.audit.judging import Case, Stream, Violation, judged, repeated
from chassis.audit.shapes import AuditPage, Counts, SubjectFacts
from chassis.clock import WallClock
from chassis.questions import NoAnswer, Questions

GRACE = timedelta(seconds=30)
"""Younger facts may still be on their way."""
ANSWER_SECONDS = 15.0
TRIES = 3
BATCH = 50
"""Subjects at once: a connection keeps the memory of the largest answer that it ever had."""
REMEMBERED_SUBJECTS = 100_000
NAMED_AT_MOST = 10_000
_ME = system("audit")


@dataclass
class Report:
    """What an audit found. Beyond ten thousand violations are counted, and no longer named."""

    judged: int = 0
    violations: list[Violation] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    counts: dict[str, Counts] = field(default_factory=dict)
    repeated: int = 0

    @property
    def clean(self) -> bool:
        return not self.found.total()

    def replace(self, violations: Sequence[Violation]) -> None:
        """What is left of those that were named; those beyond are still counted."""
        beyond = self.found - Counter(v.invariant for v in self.violations)
        self.violations, self.found = list(violations), beyond + Counter(v.invariant for v in violations)

    def add(self, violations: Iterable[Violation]) -> None:
        for violation in violations:
            self.found[violation.invariant] += 1
            if len(self.violations) < NAMED_AT_MOST:
                self.violations.append(violation)


@dataclass(frozen=True)
class Repair:
    """What was sent again, and how many events that were; none: they are no longer kept, or it would be done twice."""

    stream: Stream
    subject: str
    events: int


class Auditor:
    """Judges across all services, wherever they answer. Every call may raise NoAnswer."""

    def __init__(
        self, questions: Questions, hears: Mapping[str, frozenset[str]], services: Sequence[str], *,
        grace: timedelta = GRACE, batch: int = BATCH,
    ) -> None:  # fmt: skip
        self._questions, self._hears, self._services = questions, hears, tuple(services)
        self._grace, self._batch = grace, batch

    def with_grace(self, grace: timedelta) -> "Auditor":
        return Auditor(self._questions, self._hears, self._services, grace=grace, batch=self._batch)

    def audit(self, *, since: datetime | None = None, also: Sequence[str] = ()) -> Report:
        report = Report()
        for _ in self.steps(report, since=since, also=also):
            pass
        return report

    def steps(self, report: Report, *, since: datetime | None = None, also: Sequence[str] = ()) -> Iterator[int]:
        """One batch after the other into the report: how many subjects each had. All subjects, or those with news
        since an instant of the machine's clock, and those that are named besides.
        """
        for named in self._cut(also):
            yield from self._judge_into(report, named, frozenset())
        seen = set(also)
        for place, service in enumerate(self._services):
            earlier = frozenset(self._services[:place]) if since is None else frozenset()
            for batch in self._batches(report, service, since):
                fresh = [subject for subject in batch if subject not in seen]
                if since is not None and len(seen) < REMEMBERED_SUBJECTS:
                    seen.update(fresh)
                yield from self._judge_into(report, fresh, earlier)

    def recheck(self, subjects: Sequence[str]) -> list[Violation]:
        """How these stand now."""
        found: list[Violation] = []
        for batch in self._cut(subjects):
            found += self._judged(self._facts(batch))
        return found

    def repair(self, violations: Iterable[Violation]) -> Iterator[Repair]:
        """Has kept events sent again wherever that mends something and does nothing twice."""
        wanted: dict[str, dict[Stream, None]] = {}
        for violation in violations:
            wanted.setdefault(violation.subject, {}).update(dict.fromkeys(violation.lacks))
        for subject, streams in wanted.items():
            # Before the subject's first event goes out: a consumer that publishes again rewinds no further stream.
            ready = [self._is_ready(subject, stream) for stream in streams]
            for stream, is_ready in zip(streams, ready, strict=True):
                yield Repair(stream, subject, self._send_again(subject, stream) if is_ready else 0)

    def _is_ready(self, subject: str, stream: Stream) -> bool:
        if stream.first > 0:
            return True
        return bool(self._ask(stream.consumer, "hear_again", publisher=stream.publisher, subject=subject)["rewound"])

    def _send_again(self, subject: str, stream: Stream) -> int:
        first = max(stream.first, 1)
        return int(self._ask(stream.publisher, "send_again", subject=subject, first=first, last=stream.last)["events"])

    # -- inside --------------------------------------------------------------------------------------------------------

    def _batches(self, report: Report, service: str, since: datetime | None) -> Iterator[list[str]]:
        after = ""
        while True:
            page = self._page(service, since=since.isoformat() if since else None, after=after)
            if page.counts is not None:
                report.counts[service] = page.counts
                report.add(Violation(name, service) for name in ["undecodable_message"] * bool(page.counts.undecodable))
                report.add(_of_service(service, fault) for fault in page.faults)
            if not page.subjects:
                return
            yield from self._cut(page.subjects)
            after = page.subjects[-1]

    def _cut(self, subjects: Sequence[str]) -> Iterator[list[str]]:
        for start in range(0, len(subjects), self._batch):
            yield list(subjects[start : start + self._batch])

    def _judge_into(self, report: Report, batch: list[str], known_to: frozenset[str]) -> Iterator[int]:
        """What an earlier service knows was judged with that service's pages."""
        if not batch:
            return
        facts = self._facts(batch)
        fresh = {s: f for s, f in facts.items() if not any(service in f for service in known_to)}
        report.judged += len(fresh)
        report.repeated += sum(repeated(f.values()) for f in fresh.values())
        report.add(self._confirmed(self._judged(fresh)))
        yield len(batch)

    def _confirmed(self, found: list[Violation]) -> Iterator[Violation]:
        """The services were asked one after the other: what is violated must be so at a second look."""
        if found:
            again = {(v.invariant, v.subject) for v in self.recheck(sorted({v.subject for v in found}))}
            yield from (v for v in found if (v.invariant, v.subject) in again)

    def _judged(self, facts: Mapping[str, dict[str, SubjectFacts]]) -> list[Violation]:
        before = self._asked_at - self._grace
        return [v for s, f in facts.items() for v in judged(Case(s, f, self._hears, before))]

    def _facts(self, subjects: Sequence[str]) -> dict[str, dict[str, SubjectFacts]]:
        """By subject and service."""
        found: dict[str, dict[str, SubjectFacts]] = {subject: {} for subject in subjects}
        asked: list[datetime] = []
        for service in self._services:
            page = self._page(service, subjects=list(subjects))
            asked.append(page.as_of)
            for facts in page.facts:
                found[facts.subject][service] = facts
        self._asked_at = min(asked)
        return found

    def _page(self, service: str, **values: Any) -> AuditPage:
        """A question that changes nothing is asked again: one slow answer must not end an audit of an hour."""
        for left in reversed(range(TRIES)):
            try:
                return msgspec.convert(self._ask(service, "audit_facts", **values), AuditPage, strict=False)
            except NoAnswer:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _ask(self, service: str, question: str, **values: Any) -> Any:
        return self._questions.ask(_ME, service, question, limit=ANSWER_SECONDS, **values)


def _of_service(service: str, fault: str) -> Violation:
    invariant, _, detail = fault.partition(" ")
    return Violation(invariant, detail or service, service)


def ago(time: timedelta) -> datetime:
    """By the machine's clock, which the ids of events tell, also in a simulation."""
    return WallClock().now() - time
