"""What callers see; field names are those of the proto responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Step
from services.sla.application.recounting import as_published
from services.sla.domain.clock import Clock, State
from services.sla.domain.rulebook import Rulebook
from services.sla.domain.rules import Watches

OF_NO_ORDER = frozenset({Watches.CASE, Watches.POLICY, Watches.CALL, Watches.ARTICLE})


@dataclass(frozen=True)
class DeadlineView:
    due_time: datetime
    warn_time: datetime
    last_extension_time: datetime | None
    rule: str
    article: str
    steps: Sequence[Step]
    provisional: bool


@dataclass(frozen=True)
class ClockView:
    kind: str
    state: State
    work_order: str
    unit: str
    round: int
    start_time: datetime
    due_time: datetime
    stop_time: datetime | None
    rule: str
    article: str
    steps: Sequence[Step]
    last_extension_time: datetime | None
    limit_amount: int
    limit_unit: str
    assignment: str
    first_due_time: datetime | None
    warn_time: datetime
    provisional: bool
    # When the unit is told that the last moment to return the order or to ask for an extension is near.
    remind_time: datetime | None
    # What it watches, by its resource name.
    subject: str
    # What people call it.
    zh: str
    en: str


@dataclass(frozen=True)
class Clocks:
    clocks: Sequence[ClockView]


@dataclass(frozen=True)
class KpiRow:
    city: str
    unit: str
    category: str
    kpi: str
    numerator: int
    denominator: int
    # Facts left out of both, and how many of them for which reason.
    excluded: int
    exclusions: Mapping[str, int]


@dataclass(frozen=True)
class KpiReport:
    as_of_time: datetime
    rows: Sequence[KpiRow]


@dataclass(frozen=True)
class AssessedRate:
    kpi: str
    numerator: int
    denominator: int
    excluded: int
    exclusions: Mapping[str, int]
    place: int


@dataclass(frozen=True)
class AssessedUnit:
    unit: str
    rates: Sequence[AssessedRate]
    low_satisfaction: bool
    low_months: int
    marked: bool


@dataclass(frozen=True)
class AssessedClass:
    code: str
    zh: str
    en: str
    units: Sequence[AssessedUnit]


@dataclass(frozen=True)
class MonthlyAssessment:
    city: str
    month: str
    as_of_time: datetime
    classes: Sequence[AssessedClass]


def shown(clock: Clock, book: Rulebook) -> ClockView:
    calendar = book.calendars.get(clock.city)
    provisional, steps = as_published(clock, calendar) if calendar else (clock.provisional, clock.steps)
    order = f"cities/{clock.city}/workOrders/{clock.work_order_id}" if clock.work_order_id else ""
    amount, _, unit = clock.limit.partition(" ")
    name = book.name_of(clock.pack, clock.kind)
    return ClockView(
        kind=clock.kind,
        state=clock.state,
        work_order=order,
        unit=clock.unit,
        round=clock.round,
        start_time=clock.started_at,
        due_time=clock.due_at,
        stop_time=clock.stopped_at,
        rule=clock.rule,
        article=clock.article,
        steps=steps,
        last_extension_time=clock.last_extension_at,
        limit_amount=int(amount),
        limit_unit=unit,
        assignment=f"{order}/assignments/{clock.assignment_id}" if clock.assignment_id else "",
        first_due_time=clock.first_due_at,
        warn_time=clock.warn_at,
        provisional=provisional,
        remind_time=clock.reminder.at if clock.reminder else None,
        subject=_watched(clock, order),
        zh=name.zh,
        en=name.en,
    )


_COLLECTIONS = {
    Watches.CASE: "cases",
    Watches.POLICY: "policies",
    Watches.CALL: "calls",
    Watches.ARTICLE: "articles",
    Watches.ASSIGNMENT: "assignments",
    Watches.EXTENSION: "extensions",
    Watches.SUPERVISION: "supervisions",
}


def _watched(clock: Clock, order: str) -> str:
    if clock.watches is Watches.ORDER:
        return order
    within = f"cities/{clock.city}" if clock.watches in OF_NO_ORDER else order
    return f"{within}/{_COLLECTIONS[clock.watches]}/{clock.watched_id}"
