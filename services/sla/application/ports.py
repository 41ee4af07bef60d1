"""What the application needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chassis.work import Read, Work


class Outcome(StrEnum):
    """What became of a case at the counter."""

    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case and what became of it."""

    case_id: str
    city: str
    category: str
    outcome: Outcome
    at: datetime


class CaseLedger(Protocol):
    """Counts cases by what became of them; the last outcome of a case replaces the one before."""

    def note(self, work: Work, case: CaseCount) -> None: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One number pair: of a city and category, or of a city and unit (the other is None)."""

    city: str
    category: str | None
    unit: str | None
    kpi: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Period:
    """Counts what falls due in [start, end) and not after `as_of`; no cities: all."""

    start: datetime
    end: datetime
    as_of: datetime
    cities: Sequence[str] = ()


class Rollup(Protocol):
    """The one counting that reports and metrics share."""

    def cells(self, read: Read, period: Period) -> list[Cell]: ...
