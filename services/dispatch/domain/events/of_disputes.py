"""Events of a dispute about whose an order is; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOpened(Event):
    """The hotline office owns the order now, and no unit's finish clock runs."""

    case_id: str
    work_order_id: str
    dispute_id: str
    round: int
    ground: str
    by_rule: bool
    asked_by: str
    late: bool
    participants: tuple[str, ...]
    made_safe_by: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeStepBegun(Event):
    """A step of the pack's ladder."""

    case_id: str
    work_order_id: str
    dispute_id: str
    round: int
    dispute_step: str
    participants: tuple[str, ...]
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeStepRecorded(Event):
    """What a meeting, visit, opinion or report came to is on record."""

    case_id: str
    work_order_id: str
    dispute_id: str
    round: int
    dispute_step: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSettled(Event):
    """A step has named the unit that must take it (its own WorkOrderDispatched follows)."""

    case_id: str
    work_order_id: str
    dispute_id: str
    round: int
    lead: str
    co_units: tuple[str, ...]
    decided_by: str
    participants: tuple[str, ...]
    settled_at: datetime
