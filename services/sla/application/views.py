"""What callers see; field names are those of the proto responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Step
from services.sla.application.recounting import as_published
from services.sla.domain.clock import Clock, State
from services.sla.domain.rulebook import Rulebook


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


@dataclass(frozen=True)
class KpiReport:
    as_of_time: datetime
    rows: Sequence[KpiRow]


def shown(clock: Clock, book: Rulebook) -> ClockView:
    calendar = book.calendars.get(clock.city)
    provisional, steps = as_published(clock, calendar) if calendar else (clock.provisional, clock.steps)
    order = f"cities/{clock.city}/workOrders/{clock.work_order_id}" if clock.work_order_id else ""
    amount, _, unit = clock.limit.partition(" ")
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
    )
