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
