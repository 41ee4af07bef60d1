"""Events of other services, with only the fields that intake needs."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Sealed


@dataclass(frozen=True)
class WorkOrderQueued:
    case_id: str
    work_order_id: str
    queued_at: datetime


@dataclass(frozen=True)
class DispatchedAssignment:
    unit: str


@dataclass(frozen=True)
class WorkOrderDispatched:
    case_id: str
    work_order_id: str
    dispatched_at: datetime
    round: int = 1
    assignments: list[DispatchedAssignment] = field(default_factory=list)


@dataclass(frozen=True)
class OrderHandedOver:
    case_id: str
    work_order_id: str
    handed_over_at: datetime


@dataclass(frozen=True)
class WorkOrderLinked:
    case_id: str
    work_order_id: str


@dataclass(frozen=True)
class UnitReleased:
    """An agreed return, or an assignment that ended without a reply."""

    case_id: str
    work_order_id: str
    unit: str


@dataclass(frozen=True)
class AssignmentSigned:
    case_id: str
    signed_at: datetime


@dataclass(frozen=True)
class CitizenContacted:
    case_id: str
    contacted_at: datetime


@dataclass(frozen=True)
class ProgressReported:
    case_id: str
    reported_at: datetime


@dataclass(frozen=True)
class ExtensionGranted:
    case_id: str
    granted_at: datetime


@dataclass(frozen=True)
class WorkOrderCompleted:
    case_id: str
    work_order_id: str
    completed_at: datetime
    round: int = 1
    reply: Sealed | None = None


@dataclass(frozen=True)
class WorkOrderEnded:
    case_id: str
    work_order_id: str
    ended_at: datetime
    ground: str = ""
    basis: str = ""
    next_authority: str = ""


@dataclass(frozen=True)
class DisputeOpened:
    case_id: str
    opened_at: datetime


@dataclass(frozen=True)
class DisputeSettled:
    case_id: str
    settled_at: datetime


@dataclass(frozen=True)
class VerificationOpened:
    case_id: str
    work_order_id: str
    round: int
    opened_at: datetime


@dataclass(frozen=True)
class RedoOrdered:
    case_id: str
    work_order_id: str
    round: int
    ordered_at: datetime


@dataclass(frozen=True)
class RedoDeclined:
    case_id: str
    work_order_id: str
    declined_at: datetime


@dataclass(frozen=True)
class SupervisionClosed:
    case_id: str
    work_order_id: str
    closed_at: datetime
    closes_case: bool = False


@dataclass(frozen=True)
class ClockDue:
    """A clock that started or moved."""

    case_id: str
    kind: str
    due_at: datetime
    call_id: str = ""


@dataclass(frozen=True)
class ClockBreached:
    case_id: str
    kind: str
    breached_at: datetime
    call_id: str = ""


@dataclass(frozen=True)
class ClockWarned:
    call_id: str = ""
