"""Events of one unit's part; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSigned(Event):
    """签收."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    signed_at: datetime
    citizen_reachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenContacted(Event):
    """The unit's first contact (or first response to an emergency), with its proof."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    method: str
    proof: str
    contacted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(Event):
    """The unit says how far it is."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    note: Sealed | None
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenAnswered(Event):
    """The unit has answered the citizen; the platform's review needs it."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    method: str
    proof: str
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequested(Event):
    """退单 by one unit."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    kind: str
    suggested_unit: str
    requested_at: datetime
    late: bool
    occurrence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAgreed(Event):
    """The assignment is released; for a lead the order goes to the next unit or the fallback."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    kind: str
    late: bool
    agreed_at: datetime
    occurrence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRefused(Event):
    """The unit goes on."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    ground: str
    refused_at: datetime
    occurrence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentReleased(Event):
    """An assignment ended without a reply of its own (recall, dispute, end of the order, new dispatch)."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    why: str
    released_at: datetime
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionFiled(Event):
    """Filed (F16) or applied for (P18, S24)."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    how: str
    working_days: int
    filed_at: datetime
    route: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(Event):
    """Sla moves the finish clocks of the unit and of the citizen."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    working_days: int
    told_by: str
    granted_at: datetime
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """The clock runs on, as of the old deadline."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAllowed(Event):
    """破例: the unit may ask for an extension that the pack would refuse, once."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    bar: str
    allowed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionExplained(Event):
    """The unit has told the citizen why it takes longer."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    method: str
    proof: str
    explained_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoReplySubmitted(Event):
    """A co-unit replies to the lead."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoUnitPressed(Event):
    """The lead, or the office, presses a co-unit for its opinion."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    by: str
    occurrence: int
    pressed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySubmitted(Event):
    """The lead's one final answer, now under the platform's review."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySentBack(Event):
    """The review refuses the reply."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    sent_back_at: datetime
