"""What the application needs from outside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chassis.work import Read, Work
from services.sla.domain.appeals import Appeal, Exclusion
from services.sla.domain.assessment_rules import AssessmentRules
from services.sla.domain.circulars import Circular
from services.sla.domain.matters import Counted, Span
from services.sla.domain.reports import Report

# By pack, "<name>@<version>".
Assessments = Mapping[str, AssessmentRules]
# By city and unit, as the city's directory says.
UnitLevels = Mapping[str, Mapping[str, str]]


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
    # Empty: unknown. None: it counts for no matter.
    item: str | None = None
    area: str | None = None
    main_case_id: str = ""


class CaseLedger(Protocol):
    """Counts cases by what became of them; the last outcome of a case replaces the one before."""

    def note(self, work: Work, case: CaseCount) -> None: ...

    def correct(self, work: Work, case_id: str, *, category: str, item: str, area: str) -> None:
        """It counts for another matter, if it counts for one: a case of an older version counts for none."""

    def follow(self, work: Work, case_id: str, main_case_id: str) -> None:
        """A counted case counts for what the other is about, by its own instant and outcome."""


@dataclass(frozen=True, slots=True)
class CallCount:
    """One call that came in; `prompt` is None where the pack does not say what a prompt answer is."""

    call_id: str
    city: str
    answered: bool
    prompt: bool | None
    at: datetime


class CallLedger(Protocol):
    """Counts the calls that came in, each once."""

    def note(self, work: Work, call: CallCount) -> None: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One number pair: of a city and category, or of a city and unit (the other is None)."""

    city: str
    category: str | None
    unit: str | None
    kpi: str
    numerator: int
    denominator: int
    # Facts left out of both numbers, by the code of the reason.
    excluded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Period:
    """Counts what falls due in [start, end) and not after `as_of`; no cities: all."""

    start: datetime
    end: datetime
    as_of: datetime
    cities: Sequence[str] = ()
    # Narrowed to these; empty: all.
    unit: str = ""
    category: str = ""


class Rollup(Protocol):
    """The one counting that reports and metrics share."""

    def cells(self, read: Read, period: Period) -> list[Cell]: ...


class Matters(Protocol):
    """The one counting of matters."""

    def counted(self, read: Read, city: str, spans: Sequence[Span], *, by_area: bool, unit: str = "") -> Counted:
        """By the instants of acceptance and joining; without `by_area` those of all areas together.

        With `unit` only the cases whose completion counts for that unit.
        """


class Sealing(Protocol):
    """What staff and units write, sealed with the service's own key."""

    def own(self, id: str, field: str, text: str) -> bytes: ...

    def open_own(self, id: str, field: str, sealed: bytes) -> str:
        """Raises CannotOpen."""


@dataclass(frozen=True, slots=True)
class ContestedPage:
    """Which appeals or exclusions are wanted; `after` is the last id of the page before."""

    city: str
    state: str = ""
    unit: str = ""
    reason: str = ""
    after: str = ""
    size: int = 51


class Contested(Protocol):
    """Appeals and exclusions by their query columns, at most `size`, in order of their ids: oldest first."""

    def appeals(self, read: Read, page: ContestedPage) -> Sequence[Appeal]: ...

    def exclusions(self, read: Read, page: ContestedPage) -> Sequence[Exclusion]: ...


@dataclass(frozen=True, slots=True)
class ReportPageAsked:
    """Which reports or circulars are wanted; `before` is the last id of the page before."""

    city: str
    kind: str = ""
    state: str = ""
    before: str = ""
    size: int = 51


class Reports(Protocol):
    """Reports by their query columns, at most `size`, the newest first."""

    def page(self, read: Read, asked: ReportPageAsked) -> Sequence[Report]: ...


class Circulars(Protocol):
    """Circulars, likewise."""

    def page(self, read: Read, asked: ReportPageAsked) -> Sequence[Circular]: ...


class Timetable(Protocol):
    """When each report of each city is to be made next."""

    def claim(self, work: Work, known: Collection[tuple[str, str]]) -> tuple[str, str, datetime] | None:
        """City, code and instant of one that is due, in nobody else's hands.

        One that is not known is left for two days to processes of a newer version, which may know it.
        """

    def note(self, work: Work, city: str, code: str, next_at: datetime | None) -> None:
        """None: the pack knows it no longer."""


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How a supervision of a unit was closed."""

    supervision_id: str
    city: str
    unit: str
    finding: str
    at: datetime


class FindingLedger(Protocol):
    """Counts the findings of supervisions, each supervision once."""

    def note(self, work: Work, found: FindingCount) -> None: ...


class Grounds(Protocol):
    """What counts against the units of one city in a period: limits that they let pass, and findings."""

    def counted(self, read: Read, period: Period, *, late: Sequence[str], findings: Sequence[str]) -> Mapping[str, int]:
        """By unit; what was excluded is left out."""
