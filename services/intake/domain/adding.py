"""What is added while a case is open: that the citizen urges (催单), and more words (补充). No clock moves for it."""

from datetime import datetime

from chassis.domain import Event, StepNotAllowed
from services.intake.domain import errors, events
from services.intake.domain.case import Case
from services.intake.domain.parts import Supplement
from services.intake.domain.states import OPEN

SUPPLEMENT = "case.supplement"
# A case is written anew with every step.
MOST_URGINGS, MOST_SUPPLEMENTS = 50, 10


def urge(case: Case, *, now: datetime) -> list[Event]:
    """Raises StepNotAllowed once the case was replied to, TooOften."""
    _check_open(case, "urged")
    if case.urgings >= MOST_URGINGS:
        raise errors.TooOften(most=MOST_URGINGS)
    case.urgings += 1
    case.note("urged", now)
    return [events.CaseUrged(case_id=case.id, city=case.city, occurrence=case.urgings, urged_at=now)]


def supplement(case: Case, said: Supplement) -> list[Event]:
    """Raises StepNotAllowed once the case was replied to: what is new then is a case of its own; TooOften."""
    _check_open(case, "supplemented")
    if len(case.supplements) >= MOST_SUPPLEMENTS:
        raise errors.TooOften(most=MOST_SUPPLEMENTS)
    case.supplements.append(said)
    case.note("supplemented", said.at)
    return [
        events.CaseSupplemented(
            case_id=case.id,
            city=case.city,
            occurrence=len(case.supplements),
            masked_text=said.masked_text,
            supplemented_at=said.at,
        )
    ]


def _check_open(case: Case, step: str) -> None:
    if case.state not in OPEN:
        raise StepNotAllowed(state=str(case.state), step=step)
