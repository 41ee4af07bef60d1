"""What sla tells the others; field names are those of protos/huying/sla/v1/events.proto."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Event, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent(Event):
    """What every event of a clock says about the clock."""

    case_id: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    policy_id: str = ""
    supervision_id: str = ""
    call_id: str = ""
    article_id: str = ""

    @property
    def subject(self) -> str:
        return self.case_id or self.policy_id or self.call_id or self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(ClockEvent):
    """A clock runs, with every instant that others decide by."""

    round: int
    occurrence: int
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    last_extension_at: datetime | None
    rule: str
    article: str
    steps: list[Step] = field(default_factory=list)
    limit_unit: str
    limit_amount: int
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMoved(ClockEvent):
    """A new deadline, and why."""

    old_due_at: datetime
    due_at: datetime
    warn_at: datetime
    last_extension_at: datetime | None
    why: str
    moved_at: datetime
    # What it is measured by from now on.
    rule: str
    article: str
    limit_unit: str
    limit_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(ClockEvent):
    """The yellow light."""

    due_at: datetime
    warned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReminded(ClockEvent):
    """The last moment to return the order, or to ask for an extension, is near."""

    of: str
    last_at: datetime
    reminded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBreached(ClockEvent):
    """The red light."""

    round: int
    due_at: datetime
    breached_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(ClockEvent):
    """Met, late, voided or cancelled."""

    outcome: str
    judged_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachWithdrawn(ClockEvent):
    """The act was in time after all, or the deadline moved."""

    why: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEvent(Event):
    """What every event about a contested fact says of it."""

    case_id: str
    kind: str
    clock_id: str
    clock: str
    work_order_id: str
    unit: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled(FactEvent):
    """A unit contests a fact of its figures."""

    appeal_id: str
    filed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(FactEvent):
    """Granted or refused."""

    appeal_id: str
    outcome: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactExcluded(FactEvent):
    """The fact is in no rate from now on."""

    exclusion_id: str
    reason: str
    appeal_id: str
    excluded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionLifted(FactEvent):
    """The fact counts again."""

    exclusion_id: str
    reason: str
    lifted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade(Event):
    """The figures of a period are written down."""

    report_id: str
    kind: str
    title: str
    start_at: datetime
    end_at: datetime
    made_at: datetime
    copied_to: tuple[str, ...]

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/reports/{self.report_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _CircularEvent(Event):
    circular_id: str
    title: str
    units: list[str]

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/circulars/{self.circular_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularPublished(_CircularEvent):
    """The units of the city may read it; some are named."""

    start_at: datetime
    end_at: datetime
    named: list[str]
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularWithdrawn(_CircularEvent):
    """It says nothing any more; `units` are those that had been told of it."""

    withdrawn_at: datetime
