"""What becomes of a case; its subject."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """What units are told of a file before they open it; its name may tell a person."""

    attachment_id: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(Event):
    case_id: str
    pack: str
    number: str
    channel: str
    category: str
    item: str
    area: str
    respondent_unit: str
    emergency_class: str
    attributes: dict[str, str]
    confidentiality: str
    upstream_platform: str
    upstream_number: str
    upstream_due_at: datetime | None
    citizen_id: str
    citizen_key: bytes
    citizen_reachable: bool
    masked_text: str
    sealed_text: Sealed | None
    registered_at: datetime
    accepted_at: datetime
    masked_subject: str
    attachments: tuple[AttachedFile, ...]
    explain_only: bool
    repeated_case_id: str
    attention_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRefused(Event):
    case_id: str
    pack: str
    category: str
    channel: str
    ground: str
    basis: str
    next_authority: str
    citizen_id: str
    citizen_reachable: bool
    refused_at: datetime
    # For people, in Chinese.
    reason: str
    cited: str
    guidance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswered(Event):
    case_id: str
    pack: str
    category: str
    channel: str
    article_id: str
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTransferred(Event):
    case_id: str
    pack: str
    category: str
    channel: str
    line: str
    transferred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseJoined(Event):
    case_id: str
    pack: str
    category: str
    channel: str
    main_case_id: str
    citizen_id: str
    citizen_reachable: bool
    joined_at: datetime
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    case_id: str
    citizen_id: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUrged(Event):
    case_id: str
    occurrence: int
    urged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSupplemented(Event):
    case_id: str
    occurrence: int
    masked_text: str
    supplemented_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCorrected(Event):
    case_id: str
    category: str
    item: str
    area: str
    emergency_class: str
    old_category: str
    old_item: str
    old_area: str
    old_emergency_class: str
    confidentiality: str
    corrected_by: str
    accepted_at: datetime
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLimitSet(Event):
    case_id: str
    ground: str
    rank: str
    title: str
    cited_article: str
    limit_amount: int
    limit_unit: str
    due_at: datetime | None
    cited: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLimitLifted(Event):
    case_id: str
    ground: str
    lifted_by: str
    lifted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentAdded(Event):
    case_id: str
    attachment_id: str
    owner: str
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRated(Event):
    case_id: str
    pack: str
    work_order_id: str
    round: int
    solved: bool | None
    call_score: str
    handling_score: str
    handling_satisfied: bool
    category: str
    rated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    """Dissatisfied after it was closed: once, within the days of the pack."""

    case_id: str
    why: str
    round: int
    reopened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitDue(Event):
    """A seat is to call the citizen."""

    case_id: str
    why: str
    round: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitRecorded(Event):
    case_id: str
    pack: str
    work_order_id: str
    round: int
    attempt: int
    reached: bool
    # None: not reached, or not asked.
    contacted: bool | None
    solved: bool | None
    satisfied: bool | None
    # Whether the pack of dispatch may have it handled again.
    may_redo: bool
    category: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReplied(Event):
    case_id: str
    number: str
    citizen_id: str
    citizen_reachable: bool
    round: int
    replied_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Event):
    case_id: str
    how: str
    closed_at: datetime
    # Of a case that is not handled further.
    ground: str = ""
    basis: str = ""
    next_authority: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenErased(Event):
    case_id: str
    citizen_id: str
    erased_at: datetime
