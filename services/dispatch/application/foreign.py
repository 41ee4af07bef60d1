"""Events of other services, with the fields that dispatch needs."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class AttachedFile:
    attachment_id: str
    media_type: str = ""
    size_bytes: int = 0


@dataclass(frozen=True)
class CaseAccepted:
    case_id: str
    city: str
    pack: str
    number: str
    category: str
    item: str = ""
    area: str = ""
    respondent_unit: str = ""
    emergency_class: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    confidentiality: str = "normal"
    citizen_id: str = ""
    citizen_key: bytes = b""
    citizen_reachable: bool = False
    masked_text: str = ""
    masked_subject: str = ""
    attachments: list[AttachedFile] = field(default_factory=list)
    explain_only: bool = False
    repeated_case_id: str = ""
    attention_marks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CaseMarked:
    case_id: str
    kind: str


@dataclass(frozen=True)
class CaseCorrected:
    case_id: str
    category: str
    corrected_at: datetime
    item: str = ""
    area: str = ""
    emergency_class: str = ""
    confidentiality: str = ""


@dataclass(frozen=True)
class CaseLimitSet:
    case_id: str
    ground: str
    set_at: datetime
    cited: str = ""
    limit_amount: int = 0
    limit_unit: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class CaseLimitLifted:
    case_id: str
    ground: str


@dataclass(frozen=True)
class CaseWithdrawn:
    case_id: str


@dataclass(frozen=True)
class CaseJoined:
    case_id: str
    main_case_id: str


@dataclass(frozen=True)
class CaseSplitOff:
    case_id: str
    main_case_id: str


@dataclass(frozen=True)
class CaseUrged:
    case_id: str
    occurrence: int


@dataclass(frozen=True)
class CaseSupplemented:
    case_id: str
    masked_text: str


@dataclass(frozen=True)
class CaseRated:
    case_id: str
    work_order_id: str = ""
    round: int = 0
    handling_satisfied: bool = True
    solved: bool | None = None
    handling_score: str = ""


@dataclass(frozen=True)
class RevisitRecorded:
    case_id: str
    work_order_id: str
    round: int
    may_redo: bool = False
    solved: bool | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(AttachedFile):
    case_id: str
    owner: str = "case"


@dataclass(frozen=True)
class CitizenErased:
    case_id: str


@dataclass(frozen=True)
class ClockStarted:
    clock_id: str
    kind: str
    due_at: datetime
    work_order_id: str = ""
    assignment_id: str = ""
    last_extension_at: datetime | None = None
    limit_unit: str = ""
    limit_amount: int = 0
    supervision_id: str = ""


@dataclass(frozen=True)
class ClockMoved:
    clock_id: str
    kind: str
    due_at: datetime
    warn_at: datetime
    moved_at: datetime
    why: str = ""
    work_order_id: str = ""
    last_extension_at: datetime | None = None
    supervision_id: str = ""
    limit_unit: str = ""
    limit_amount: int = 0


@dataclass(frozen=True)
class ClockSignal:
    """A light of one clock: warned, breached, or its breach withdrawn."""

    clock_id: str
    kind: str
    due_at: datetime | None = None
    work_order_id: str = ""
    assignment_id: str = ""
    supervision_id: str = ""


@dataclass(frozen=True)
class ClockStopped:
    clock_id: str
    work_order_id: str = ""
    outcome: str = ""
    supervision_id: str = ""


@dataclass(frozen=True)
class MessageFate:
    """A call that was answered, or a message that nobody could deliver."""

    work_order_id: str = ""
