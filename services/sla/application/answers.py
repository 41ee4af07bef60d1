"""What other services may ask."""

from typing import Annotated

from pydantic import Field

from chassis.application import Answers
from chassis.audit.answering import answer_audits
from chassis.lines import Lines
from chassis.message import City, Code, Instant, OptionalCity, OptionalCode
from chassis.work import Read
from services.sla.application.ports import Rollup
from services.sla.application.queries import COUNT_READERS, OFFICE, UNITS, explained, preview, rows_for
from services.sla.application.reporting import period
from services.sla.application.views import ClockView as ExplainedClock
from services.sla.application.views import DeadlineView, KpiRow
from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Rulebook

answers = Answers()


@answers.on("preview_deadline", roles=OFFICE | UNITS)
def preview_deadline(
    read: Read,
    *,
    city: City,
    kind: Code,
    category: OptionalCode = "",
    item: OptionalCode = "",
    emergency_class: OptionalCode = "",
    round: Annotated[int, Field(ge=1, le=99)] = 1,
    start: Instant | None = None,
    rulebook: Rulebook,
) -> DeadlineView:
    """From `start`, else from now. Raises UnknownClock, UnknownCode, ClockNotKept, NoLimitFits, OutsideCalendar."""
    facts = Facts(category=category, item=item, emergency_class=emergency_class, round=round)
    return preview(rulebook, city, kind, facts, start or read.now)


@answers.on("explain_deadline", roles=OFFICE)
def explain_deadline(
    read: Read,
    *,
    case_id: OptionalCode = "",
    call_id: OptionalCode = "",
    policy_id: OptionalCode = "",
    article_id: OptionalCode = "",
    city: OptionalCity = "",
    kind: OptionalCode = "",
    rulebook: Rulebook,
) -> list[ExplainedClock]:
    """The clocks of a case, call, policy or article, each with the steps by which its deadline was found."""
    watched = {"case_id": case_id, "call_id": call_id, "policy_id": policy_id, "article_id": article_id}
    return explained(read, rulebook, watched, city=city, kind=kind)


@answers.on("kpi", roles=COUNT_READERS, needs_city=False)
def kpi(
    read: Read,
    *,
    city: OptionalCity = "",
    start: Instant | None = None,
    end: Instant | None = None,
    as_of: Instant | None = None,
    rollup: Rollup,
    lines: Lines,
) -> list[KpiRow]:
    """The rows of the report; without a city, of every city in the asker's scope. No bounds: since ever, until now."""
    return rows_for(read, rollup, lines, period(read.now, start, end, as_of, [city] if city else []))


answer_audits(answers)
