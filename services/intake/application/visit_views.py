"""What a seat is shown of the return visits that are due; the fields are those of the proto responses."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain import revisiting
from services.intake.domain.case import Case


@dataclass(frozen=True)
class RevisitDueView:
    case: str
    number: str
    why: str
    round: int
    due_time: datetime | None
    missed_days: list[str]
    attempt_time: datetime | None
    category: str
    masked_subject: str


@dataclass(frozen=True)
class RevisitsDueView:
    revisits: list[RevisitDueView]
    next_page_token: str


def revisit_due_view(case: Case) -> RevisitDueView:
    visits = case.visits
    return RevisitDueView(
        case=f"cities/{case.city}/cases/{case.id}",
        number=case.number,
        why=revisiting.due(case),
        round=case.round,
        due_time=revisiting.due_since(case),
        missed_days=visits.days if visits.days_round == case.round else [],
        attempt_time=visits.attempted_at,
        category=case.category,
        masked_subject=case.masked_subject,
    )
