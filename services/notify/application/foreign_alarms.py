"""What is heard of cases that belong to others: alarms that were passed on, clues for the police."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseTransferred:
    case_id: str
    city: str
    line: str
    pack: str = ""


@dataclass(frozen=True)
class ClueHandedOver:
    case_id: str
    city: str
    duty: str
    pack: str = ""
    basis: str = ""
