"""The parts of a case."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Sealed


@dataclass(slots=True)
class ProgressLine:
    time: datetime
    zh: str
    en: str


class OrderState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    ENDED = "ended"
    # With another tenant, whose order of the same case counts in its place.
    HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class Ending:
    """Why a case or an order is not handled further, and who is competent; `cited` names the basis for people."""

    ground: str
    basis: str
    next_authority: str
    cited: str


@dataclass
class Order:
    """What intake knows of a work order of the case: enough to know when the case is replied, and who may look."""

    id: str
    round: int = 1
    state: OrderState = OrderState.OPEN
    units: list[str] = field(default_factory=list)
    reply: Sealed | None = None
    # To the citizen beside the replies, of one that ended while the others went on.
    told: str = ""
    # Rated dissatisfied, and dispatch has not said yet whether it is done again.
    under_verification: bool = False
    rated_round: int = 0
    # Of another tenant: its end sends the order that it stands for back, and ends nothing of the case.
    linked: bool = False


@dataclass
class Attachment:
    id: str
    filename: Sealed | None
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime
    owner: str = "case"


@dataclass
class Upload:
    """A file on its way to the store, as it was announced."""

    id: str
    case_id: str
    principal: str
    filename: Sealed | None
    ending: str
    size_bytes: int
    sha256: str


@dataclass
class Supplement:
    """What was said after the registration."""

    at: datetime
    masked_text: str
    sealed_text: Sealed | None


@dataclass
class Visits:
    """回访: why one is due, since when and for which round; the days on which nobody was reached in that round."""

    due: str = ""
    due_round: int = 0
    due_at: datetime | None = None
    days: list[str] = field(default_factory=list)
    days_round: int = 0
    attempted_at: datetime | None = None
    # Drawn for the sample when it was completed, and whether a visit was made or given up.
    drawn: bool = False
    visited: bool = False


@dataclass
class Upstream:
    platform: str
    number: str
    due_at: datetime | None = None


@dataclass(frozen=True)
class CaseLimit:
    """Another limit of the case: by a document of law, or a moment that was agreed or set from above."""

    ground: str
    set_at: datetime
    rank: str = ""
    title: str = ""
    article: str = ""
    amount: int = 0
    unit: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """Why a case is watched (重点标注), and by which document."""

    kind: str
    set_at: datetime
    document: str
    by: str
    # It has set the case's limit of the ground `leader`.
    limits: bool = False


@dataclass(frozen=True)
class MarkChange:
    kind: str
    change: str
    document: str
    by: str
    at: datetime


@dataclass
class Attention:
    """The marks of a case, one of each kind, and every change of them."""

    marks: list[Mark] = field(default_factory=list)
    changes: list[MarkChange] = field(default_factory=list)

    def of_kind(self, kind: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.kind == kind), None)


@dataclass
class Rating:
    round: int
    # None: not answered.
    solved: bool | None
    call_score: str
    handling_score: str
    handling_satisfied: bool
    rated_at: datetime
    comment: Sealed | None = None


class PartnerDecision(StrEnum):
    """Whether a case is what a partner handles, in the word of a seat."""

    HANDLED_THERE = "handled_there"
    GOES_ON = "goes_on"


@dataclass(frozen=True)
class PartnerLink:
    """A matter at a partner that a seat held beside the case; the reason is masked."""

    matter_id: str
    platform: str
    number: str
    decision: PartnerDecision
    reason: str
    by: str
    at: datetime


class ExpertReached(StrEnum):
    """驻席 or 电话转接."""

    SEAT = "seat"
    PHONE = "phone"


class ExpertOutcome(StrEnum):
    """Reached: spoken with, and the matter goes on all the same."""

    ANSWERED = "answered"
    REACHED = "reached"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class ExpertCall:
    """A caller was put through to an expert, or it was tried."""

    expert_id: str
    unit: str
    reached: ExpertReached
    outcome: ExpertOutcome
    by: str
    at: datetime
