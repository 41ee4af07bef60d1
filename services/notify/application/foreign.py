"""The events of the others, in the shape that notify needs."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OfCase:
    case_id: str
    city: str


@dataclass(frozen=True)
class CaseAccepted(OfCase):
    pack: str
    number: str
    citizen_id: str = ""
    citizen_reachable: bool = False
    emergency_class: str = ""


@dataclass(frozen=True)
class CaseRefused(OfCase):
    pack: str = ""
    basis: str = ""
    next_authority: str = ""
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CaseJoined(OfCase):
    main_case_id: str
    pack: str = ""
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CaseReplied(OfCase):
    number: str
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CitizenErased(OfCase):
    citizen_id: str


@dataclass(frozen=True)
class OfOrder(OfCase):
    work_order_id: str


@dataclass(frozen=True)
class WorkOrderQueued(OfOrder):
    why: str = ""
    pack: str = ""


@dataclass(frozen=True)
class DispatchedAssignment:
    assignment_id: str
    unit: str
    role: str = "lead"


@dataclass(frozen=True)
class WorkOrderDispatched(OfOrder):
    assignments: list[DispatchedAssignment]
    pack: str = ""
    number: str = ""
    emergency_class: str = ""


@dataclass(frozen=True)
class OfAssignment(OfOrder):
    assignment_id: str
    unit: str


@dataclass(frozen=True)
class AssignmentReleased(OfAssignment):
    why: str = ""


@dataclass(frozen=True)
class ExtensionFiled(OfAssignment):
    extension_id: str = ""
    how: str = ""
    working_days: int = 0


@dataclass(frozen=True)
class ExtensionGranted(OfAssignment):
    extension_id: str = ""
    told_by: str = ""
    working_days: int = 0


@dataclass(frozen=True)
class WorkOrderEnded(OfOrder):
    basis: str = ""
    next_authority: str = ""


@dataclass(frozen=True)
class RedoOrdered(OfOrder):
    round: int = 0


@dataclass(frozen=True)
class ClockEvent(OfCase):
    """Warned, breached, or its breach withdrawn."""

    clock_id: str
    kind: str = ""
    work_order_id: str = ""
    assignment_id: str = ""
    unit: str = ""
    due_at: datetime | None = None
