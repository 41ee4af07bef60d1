"""The events of the others, in the shape that notify needs."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class CaseAccepted:
    case_id: str
    city: str
    pack: str
    number: str
    citizen_id: str = ""
    citizen_reachable: bool = False
    emergency_class: str = ""


@dataclass(frozen=True)
class CaseRefused:
    case_id: str
    city: str
    pack: str = ""
    reason: str = ""
    cited: str = ""
    guidance: str = ""
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CaseJoined:
    case_id: str
    city: str
    number: str = ""
    pack: str = ""
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CaseReplied:
    case_id: str
    city: str
    number: str
    citizen_id: str = ""
    citizen_reachable: bool = False


@dataclass(frozen=True)
class CaseClosed:
    case_id: str
    city: str
    how: str
    cited: str = ""
    next_authority: str = ""


@dataclass(frozen=True)
class CaseUrged:
    case_id: str
    city: str


@dataclass(frozen=True)
class CaseSupplemented:
    case_id: str
    city: str


@dataclass(frozen=True)
class CitizenErased:
    case_id: str
    city: str
    citizen_id: str


@dataclass(frozen=True)
class WorkOrderQueued:
    case_id: str
    city: str
    work_order_id: str
    why: str = ""
    pack: str = ""


@dataclass(frozen=True)
class DispatchedAssignment:
    assignment_id: str
    unit: str
    role: str = "lead"


@dataclass(frozen=True)
class WorkOrderDispatched:
    case_id: str
    city: str
    work_order_id: str
    assignments: list[DispatchedAssignment]
    pack: str = ""
    number: str = ""
    emergency_class: str = ""


@dataclass(frozen=True)
class WorkOrderCorrected:
    case_id: str
    city: str
    work_order_id: str
    assignments: list[DispatchedAssignment]
    category: str = ""
    item: str = ""
    area: str = ""
    emergency_class: str = ""
    old_category: str = ""
    old_item: str = ""
    old_area: str = ""
    old_emergency_class: str = ""


@dataclass(frozen=True)
class CaseLimitChanged:
    """Set or lifted."""

    case_id: str
    city: str
    ground: str
    cited: str = ""


@dataclass(frozen=True)
class CaseReopened:
    case_id: str
    city: str


@dataclass(frozen=True)
class OfAssignment:
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str


@dataclass(frozen=True)
class LeaderReviewDecided(OfAssignment):
    approved: bool


@dataclass(frozen=True)
class AssignmentReleased(OfAssignment):
    why: str = ""


@dataclass(frozen=True)
class ExtensionFiled(OfAssignment):
    extension_id: str = ""
    how: str = ""
    working_days: int = 0
    route: str = ""


@dataclass(frozen=True)
class ExtensionAllowed(OfAssignment):
    bar: str = ""


@dataclass(frozen=True)
class ExtensionGranted(OfAssignment):
    extension_id: str = ""
    told_by: str = ""
    working_days: int = 0


@dataclass(frozen=True)
class ForceMajeureRecorded:
    case_id: str
    city: str
    work_order_id: str
    clocks: list[str]
    units: list[str]


@dataclass(frozen=True)
class OfDispute:
    case_id: str
    city: str
    work_order_id: str
    dispute_id: str
    participants: list[str]


@dataclass(frozen=True)
class DisputeOpened(OfDispute):
    ground: str = ""


@dataclass(frozen=True)
class DisputeStepBegun(OfDispute):
    dispute_step: str = ""


@dataclass(frozen=True)
class DisputeSettled(OfDispute):
    lead: str = ""
    co_units: list[str] = field(default_factory=list)
    decided_by: str = ""


@dataclass(frozen=True)
class RedoOrdered:
    case_id: str
    city: str
    work_order_id: str
    round: int = 0


@dataclass(frozen=True)
class SupervisionOpened:
    case_id: str
    city: str
    work_order_id: str
    supervision_id: str
    number: str
    ground: str
    methods: list[str]
    unit: str = ""
    pack: str = ""
    opened_by: str = ""


@dataclass(frozen=True)
class SupervisionEvent:
    """Answered or closed."""

    case_id: str
    city: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str = ""
    ground: str = ""
    finding: str = ""
    why: str = ""


@dataclass(frozen=True)
class ClockEvent:
    """Warned or breached."""

    case_id: str
    city: str
    clock_id: str
    kind: str = ""
    work_order_id: str = ""
    assignment_id: str = ""
    unit: str = ""
    due_at: datetime | None = None
    call_id: str = ""


@dataclass(frozen=True)
class ClockReminded:
    """The last moment to ask for something is near."""

    case_id: str
    city: str
    clock_id: str
    unit: str
    of: str
    last_at: datetime
    work_order_id: str = ""


@dataclass(frozen=True)
class PolicyRegistered:
    city: str
    unit: str
    title: str = ""


@dataclass(frozen=True)
class ArticleEvent:
    """Expired or questioned."""

    article_id: str
    city: str
    unit: str


@dataclass(frozen=True)
class BreachWithdrawn:
    clock_id: str
