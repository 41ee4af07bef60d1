"""What supervisors see of a clue; fields as in the proto messages."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.application.views import case_name
from services.intake.domain.clue import Clue, ClueState


@dataclass(frozen=True, kw_only=True)
class ClueView:
    name: str
    case: str
    state: ClueState
    ground: str
    basis: str
    duty: str
    decided_by: str
    hand_over_time: datetime
    receipt: str
    acknowledge_time: datetime | None
    result: str
    conclude_time: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class CluesView:
    clues: list[ClueView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class ClueDossierView:
    clue: ClueView
    evidence: str
    subject: str
    text: str
    name: str
    phone: str
    address: str


def clue_view(clue: Clue, *, version: int | None = None) -> ClueView:
    return ClueView(
        name=f"cities/{clue.city}/clues/{clue.id}",
        case=case_name(clue.city, clue.case_id),
        state=clue.state,
        ground=clue.ground,
        basis=clue.basis,
        duty=clue.duty,
        decided_by=clue.decided_by,
        hand_over_time=clue.handed_over_at,
        receipt=clue.receipt,
        acknowledge_time=clue.acknowledged_at,
        result=clue.result,
        conclude_time=clue.concluded_at,
        version=clue.version if version is None else version,
    )


def saved_clue(clue: Clue) -> ClueView:
    """With the version that the save at the end of the transaction will give."""
    return clue_view(clue, version=clue.version + 1)
