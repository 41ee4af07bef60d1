"""What other services may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.application import Answers
from chassis.work import Read
from services.sla.application.ports import ClockFact, ClockView, Rollup
from services.sla.application.queries import preview
from services.sla.application.reporting import period, rows
from services.sla.application.views import ClockView as ExplainedClock
from services.sla.application.views import DeadlineView, KpiRow, shown
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Rulebook

answers = Answers()


@answers.on("preview_deadline")
def preview_deadline(
    read: Read,
    *,
    city: str,
    kind: str,
    category: str = "",
    item: str = "",
    emergency_class: str = "",
    round: int = 1,
    start: str = "",
    rulebook: Rulebook,
) -> DeadlineView:
    """`start` in ISO 8601 with its zone; empty: now. Raises UnknownClock, NoLimitFits, OutsideCalendar."""
    facts = Facts(category=category, item=item, emergency_class=emergency_class, round=round, role="lead")
    return preview(rulebook, city, kind, facts, datetime.fromisoformat(start) if start else read.now)


@answers.on("explain_deadline")
def explain_deadline(read: Read, *, case_id: str, kind: str = "") -> list[ExplainedClock]:
    """The clocks of a case, each with the steps by which its deadline was found."""
    found = [clock for clock in read.find_by(Clock, "case_id", case_id) if kind in ("", clock.kind)]
    return [shown(clock) for clock in sorted(found, key=lambda c: (c.started_at, c.id))]


@answers.on("kpi")
def kpi(read: Read, *, city: str = "", start: str = "", end: str = "", rollup: Rollup) -> list[KpiRow]:
    """The rows of the report as of now; bounds in ISO 8601, empty: since ever, until now."""
    since, until = (datetime.fromisoformat(text) if text else None for text in (start, end))
    return rows(rollup.cells(read, period(read.now, since, until, None, [city] if city else [])))


@dataclass(frozen=True)
class AuditFacts:
    """For the audit across services: every clock with its fact; `overdue_ticks` should be 0 when all is quiet."""

    clocks: Sequence[ClockFact]
    overdue_ticks: int


@answers.on("audit_facts")
def audit_facts(read: Read, *, city: str = "", clock_view: ClockView) -> AuditFacts:
    found = clock_view.audit(read, city)
    return AuditFacts(found, sum(bool(fact.next_at and fact.next_at <= read.now) for fact in found))
