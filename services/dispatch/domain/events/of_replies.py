"""Events of what units draft, state and propose; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderReviewRequested(Event):
    """The handler's draft waits for the unit's leader."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderReviewDecided(Event):
    """Sent back to the handler, or approved and waiting for the citizen's answer; else the reply itself is told."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    approved: bool
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSubmitted(Event):
    """The unit holds a dissatisfied rating unreasonable, or beyond its means."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    claim: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndProposed(Event):
    """The unit proposes that nothing more is done."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    ground: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRefused(Event):
    """The office has the unit go on."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    refused_at: datetime
