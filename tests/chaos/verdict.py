"""What a schedule has left behind when all is quiet: judged by the platform's own audit and against what was sent."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.audit.answering import floor_of
from chassis.audit.auditor import Auditor, Report
from chassis.audit.judging import Violation
from chassis.domain import DomainError
from chassis.events.topology import load
from chassis.questions import Questions
from tests.chaos import effects
from tests.chaos.books import Books
from tests.chaos.load import Load
from tests.chaos.tap import Passed, Tap

QUIET_SECONDS = 120.0
LOOK_SECONDS = 0.25
DOUBLED = {"order_twice", "reference_handed_over_twice", "case_told_its_number_twice"}
INVERTED = {"broken_sequence"}
UNSTEADY = {"sla.clock_warned.v1", "sla.clock_breached.v1", "sla.clock_moved.v1", "sla.clock_reminded.v1"}
"""How many of these a case has depends on the time that passes: they are held against the clocks themselves."""
SERVICES = tuple(load().types)


@dataclass
class Verdict:
    """Cases, and what is wrong with them by kind."""

    cases: int = 0
    wrong: dict[str, list[str]] = field(default_factory=lambda: {"lost": [], "doubled": [], "inverted": []})
    events: int = 0
    copies: int = 0
    quiet_seconds: float = 0.0
    repeated: int = 0
    """Messages handed over again, of classes that may repeat."""

    @property
    def clean(self) -> bool:
        return not any(self.wrong.values())

    def add(self, violations: Iterable[Violation]) -> None:
        for violation in violations:
            self.wrong[kind_of(violation.invariant)].append(str(violation))

    def add_counts(self, counts: Iterable[effects.Count]) -> None:
        for count in counts:
            if count.wrong:
                self.wrong[count.wrong].append(str(count))

    def add_mended(self, said: Iterable[str]) -> None:
        """What the platform's own audit had to send again was lost until then."""
        self.wrong["lost"] += [f"sent_again: {one}" for one in said]

    def add_passed(self, passed: Passed, published: Set[str], written: Set[str]) -> None:
        """Each event that an outbox holds for published has passed, and nothing else has."""
        self.events, self.copies = passed.events, passed.copies
        self.wrong["inverted"] += passed.inverted
        self.wrong["lost"] += [f"published_and_not_on_the_bus: {id}" for id in sorted(published - passed.ids)]
        self.wrong["doubled"] += [f"on_the_bus_and_in_no_outbox: {id}" for id in sorted(passed.ids - written)]


def kind_of(invariant: str) -> str:
    return "doubled" if invariant in DOUBLED else "inverted" if invariant in INVERTED else "lost"


@dataclass
class Judge:
    """Asks the services, and their databases for what only we know: which cases there must be."""

    questions: Questions
    books: Books
    tap: Tap
    usual: Mapping[str, int] = field(default_factory=dict)
    """How many events of each type a case has that nothing happened to."""
    usual_messages: Mapping[str, int] = field(default_factory=dict)
    """And how many messages by each template."""

    def learn(self, cases: Sequence[str]) -> None:
        """From cases that lived in peace."""
        kinds = {frozenset(events.items()) for events in self._events(cases).values()}
        assert len(kinds) == 1, f"cases of one kind differ: {kinds}"
        self.usual = dict(kinds.pop())
        messages = effects.by_template(effects.told(self.books, cases), effects.lights(self.books, cases))
        tellings = {frozenset(messages[case].items()) for case in cases}
        assert len(tellings) == 1, f"cases of one kind are told differently: {tellings}"
        self.usual_messages = dict(tellings.pop())

    def judge(self, load: Load, since: datetime) -> Verdict:
        """Waits until nothing is under way any more, or for too long."""
        verdict, begun = Verdict(cases=len(load.done)), time.monotonic()
        report = self._left(since, load.cases_known())
        verdict.add(report.violations)
        verdict.repeated = report.repeated
        verdict.quiet_seconds = time.monotonic() - begun
        verdict.wrong["lost"] += load.unfinished
        self._compare(load, since, verdict)
        floor = floor_of(since)
        published = self._ids(_PUBLISHED, floor)
        passed = self.tap.drain()
        passed.ids = {id for id in passed.ids if id >= floor}  # of an earlier one a late message may be heard of
        verdict.add_passed(passed, published, self._ids(_WRITTEN, floor))
        return verdict

    def _left(self, since: datetime, cases: Sequence[str]) -> Report:
        """As `huying audit` judges, without waiting for anything to grow old, once no message is in doubt any more."""
        until = time.monotonic() + QUIET_SECONDS
        while True:
            try:
                if doubts := effects.in_doubt(self.books, cases):
                    found = Report(violations=[Violation("message_in_doubt", id) for id in doubts])
                else:
                    found = self._auditor.audit(since=since)
            except DomainError as silent:
                found = Report(violations=[Violation("no_answer", str(silent))])
            if not found.violations or time.monotonic() > until:
                return found
            time.sleep(LOOK_SECONDS)

    @property
    def _auditor(self) -> Auditor:
        return Auditor(self.questions, load().hears, SERVICES, grace=timedelta())

    def _compare(self, load: Load, since: datetime, verdict: Verdict) -> None:
        """Each case that was sent is there, once, and had everything that a case has, once."""
        known = {str(id) for (id,) in self.books.rows("intake", _CASES, {"floor": floor_of(since)})}
        sent = set(load.cases_known())
        verdict.wrong["lost"] += [f"sent_case_unknown: {case}" for case in sorted(sent - known)]
        verdict.wrong["doubled"] += [f"case_twice: {case}" for case in sorted(known - sent)]
        done = [life.case.rpartition("/")[2] for life in load.done]
        for case, events in self._events(done).items():
            for type in sorted(self.usual.keys() | events.keys()):
                has, usual = events[type], self.usual.get(type, 0)
                if has != usual and self.usual:
                    verdict.wrong["lost" if has < usual else "doubled"].append(f"{case}: {has} of {usual} {type}")
        if self.usual:
            clocks = effects.lights(self.books, done)
            verdict.add_counts(count for light in clocks for count in light.counts())
            verdict.add_counts(effects.counted(effects.told(self.books, done), clocks, self.usual_messages, done))
        states = dict(self.books.rows("intake", _STATES, {"cases": done}))
        verdict.wrong["lost"] += [f"not_closed: {case} ({s})" for case, s in states.items() if s != "closed"]

    def _events(self, cases: Sequence[str]) -> dict[str, Counter[str]]:
        """By case and type."""
        found: dict[str, Counter[str]] = {case: Counter() for case in cases}
        for service in SERVICES:
            for case, type, times in self.books.rows(service, _EVENTS, {"cases": list(cases)}):
                if type not in UNSTEADY and not type.startswith("notify."):
                    found[case][type] = times
        return found

    def _ids(self, sql: str, floor: str) -> set[str]:
        return {id for service in SERVICES for (id,) in self.books.rows(service, sql, {"floor": floor})}


_WRITTEN = "select event_id from outbox where event_id >= %(floor)s"
_PUBLISHED = f"{_WRITTEN} and published_at is not null"
_CASES = "select id from case_file where id >= %(floor)s"
_STATES = "select id, state from case_file where id = any(%(cases)s)"
_EVENTS = "select subject, type, count(*) from outbox where subject = any(%(cases)s) group by 1, 2"
