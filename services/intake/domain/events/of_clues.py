"""What goes to the police about malicious claims."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueHandedOver(Event):
    case_id: str
    pack: str
    clue_id: str
    ground: str
    basis: str
    duty: str
    decided_by: str
    handed_over_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueAcknowledged(Event):
    case_id: str
    clue_id: str
    acknowledged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueConcluded(Event):
    case_id: str
    clue_id: str
    result: str
    concluded_at: datetime
