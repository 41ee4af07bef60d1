"""Events of a whole order; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderQueued(Event):
    """No unit could be chosen; the order waits in the dispatchers' queue."""

    case_id: str
    pack: str
    work_order_id: str
    why: str
    candidates: tuple[str, ...]
    queued_at: datetime
    occurrence: int
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchedAssignment:
    """A unit of a dispatch, with its role."""

    assignment_id: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderDispatched(Event):
    """派单 to a lead unit and co-units, or to the fallback unit."""

    case_id: str
    pack: str
    work_order_id: str
    number: str
    round: int
    occurrence: int
    assignments: tuple[DispatchedAssignment, ...]
    category: str
    item: str
    emergency_class: str
    citizen_reachable: bool
    step: str
    rule: str
    dispatched_at: datetime
    after_return: bool
    explain_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderCorrected(Event):
    """The order has taken over what was corrected of its case; `assignments` are those that have to act on it."""

    case_id: str
    work_order_id: str
    round: int
    assignments: tuple[DispatchedAssignment, ...]
    category: str
    item: str
    area: str
    emergency_class: str
    old_category: str
    old_item: str
    old_area: str
    old_emergency_class: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderCompleted(Event):
    """办结. The finish clock is judged at the later of reply and answer."""

    case_id: str
    pack: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    replied_at: datetime
    answered_at: datetime
    completed_at: datetime
    reply: Sealed | None
    result_kind: str
    handled_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderEnded(Event):
    """No further handling, with ground, basis and the competent authority."""

    case_id: str
    work_order_id: str
    ground: str
    basis: str
    next_authority: str
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderRecalled(Event):
    """Taken back by a dispatcher before sign-off."""

    case_id: str
    work_order_id: str
    occurrence: int
    recalled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceMajeureRecorded(Event):
    """不可抗力: a breach of these clocks does not count in this round."""

    case_id: str
    work_order_id: str
    round: int
    occurrence: int
    clocks: tuple[str, ...]
    units: tuple[str, ...]
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingVerified(Event):
    """What the platform found after a dissatisfied rating."""

    case_id: str
    work_order_id: str
    round: int
    finding: str
    verified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationOpened(Event):
    """A dissatisfied rating or return visit is to be looked into."""

    case_id: str
    work_order_id: str
    round: int
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoOrdered(Event):
    """重办. The order is dispatched again with round + 1 (its own WorkOrderDispatched follows)."""

    case_id: str
    work_order_id: str
    round: int
    ground: str
    ordered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoDeclined(Event):
    """The case closes."""

    case_id: str
    work_order_id: str
    round: int
    ground: str
    declined_at: datetime
