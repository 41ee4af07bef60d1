"""A clue (线索): what is known of a case that was refused as malicious goes to the police, and ends there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chassis.domain import Event, Sealed, Transitions
from services.intake.domain import events
from services.intake.domain.case import Case
from services.intake.domain.clue_errors import NotForThePolice
from services.intake.domain.pack import IntakePack
from services.intake.domain.states import State

EVIDENCE = "clue.evidence"


class ClueState(StrEnum):
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    CONCLUDED = "concluded"


CLUE = Transitions(
    {
        # They may refuse it without having taken it.
        ClueState.HANDED_OVER: {ClueState.ACKNOWLEDGED, ClueState.CONCLUDED},
        ClueState.ACKNOWLEDGED: {ClueState.CONCLUDED},
    },
    final={ClueState.CONCLUDED},
)


@dataclass
class Clue:
    """The evidence is sealed to the citizen; the words of the claim stay with its case."""

    id: str
    city: str
    case_id: str
    ground: str
    basis: str
    duty: str
    decided_by: str
    handed_over_at: datetime
    evidence: Sealed | None = None
    state: ClueState = ClueState.HANDED_OVER
    receipt: str = ""
    acknowledged_at: datetime | None = None
    result: str = ""
    concluded_at: datetime | None = None
    version: int = 0


def hand_over(
    case: Case, pack: IntakePack, *, id: str, evidence: Sealed | None, by: str, now: datetime
) -> tuple[Clue, Event]:
    """移交公安机关. Raises NotForThePolice."""
    rule = pack.ground(case.outcome).clues if case.state is State.REFUSED else None
    if rule is None:
        raise NotForThePolice(ground=case.outcome or case.state)
    clue = Clue(id, case.city, case.id, case.outcome, str(rule.basis), rule.duty, by, now, evidence)
    told = events.ClueHandedOver(
        case_id=case.id,
        city=case.city,
        pack=case.pack,
        clue_id=id,
        ground=clue.ground,
        basis=clue.basis,
        duty=clue.duty,
        decided_by=by,
        handed_over_at=now,
    )
    return clue, told


def acknowledge(clue: Clue, *, receipt: str, now: datetime) -> Event:
    """The police have it, under their number."""
    CLUE.check(clue.state, ClueState.ACKNOWLEDGED)
    clue.state, clue.receipt, clue.acknowledged_at = ClueState.ACKNOWLEDGED, receipt, now
    return events.ClueAcknowledged(case_id=clue.case_id, city=clue.city, clue_id=clue.id, acknowledged_at=now)


def conclude(clue: Clue, *, result: str, now: datetime) -> Event:
    CLUE.check(clue.state, ClueState.CONCLUDED)
    clue.state, clue.result, clue.concluded_at = ClueState.CONCLUDED, result, now
    return events.ClueConcluded(case_id=clue.case_id, city=clue.city, clue_id=clue.id, result=result, concluded_at=now)
