"""What the handlers need of the world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.domain import DomainError
from chassis.transfers import Arrived
from chassis.work import By, Read, Work
from services.intake.application.expert_views import UnitExpertFiguresView
from services.intake.domain.calls import Call
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen
from services.intake.domain.clue import Clue
from services.intake.domain.expert import Expert
from services.intake.domain.hand_over import OpenItem
from services.intake.domain.lines import Numbers
from services.intake.domain.mass_event import MassEvent
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import ExpertCall, Upload
from services.intake.domain.restriction import Restriction
from services.intake.domain.roster import Roster
from services.intake.domain.shifts import Shift


@dataclass(frozen=True)
class Regime:
    """The rules of one city: its pack, and the areas and items that it knows. No units known: any is taken."""

    city: str
    pack_name: str
    rules: IntakePack
    areas: frozenset[str]
    items: frozenset[str]
    units: frozenset[str]
    numbers: Numbers
    roster: Roster


class Regimes(Protocol):
    def of(self, city: str, pack: str = "") -> Regime:
        """What new cases follow, or under the pack that a case was accepted under. Raises UnknownCity, UnknownPack."""


class Counter(Protocol):
    def next(self, work: Work, city: str, day: date) -> int:
        """The next running number of the city on that day; the row stays locked until the transaction ends."""


@dataclass(frozen=True)
class Similar:
    """An open case that may be the same matter."""

    id: str
    number: str
    subject: str
    score: float


class SimilarCases(Protocol):
    def find(self, work: Work, case: Case, *, since: datetime, least: float, most: int) -> list[Similar]:
        """The most alike first, in a time that does not grow with the number of stored cases.

        The case itself is remembered, so that later ones find it.
        """


@dataclass(frozen=True)
class Near:
    """A mass event of the place, and how alike a case is to its main one."""

    event: MassEvent
    likeness: float


@dataclass(frozen=True)
class Around:
    """The other cases of a case's area that are alike, and the mass events there."""

    alike: list[str]
    events: list[Near]


class MassEvents(Protocol):
    def around(self, work: Work, case: Case, *, since: datetime, least: float, most: int) -> Around:
        """Alike cases since then, at most so many, in a time that does not grow with the number of stored cases.

        Events that are proposed, active, or ended since; of the whole city where the case names no area.
        """

    def followers(self, work: Work, case_id: str) -> list[str]:
        """The cases that have joined it and wait for its reply."""

    def page(self, read: Read, *, city: str, states: Sequence[str], size: int, before: str) -> list[MassEvent]:
        """Newest first, those with an id below `before`."""


class Turns(Protocol):
    def take(self, work: Work, what: str, *loads: By) -> None:
        """Waits until no other transaction has this turn, and keeps it until the end; `loads` are loaded then."""


class Looks(Protocol):
    def log(
        self, work: Work, *, case: Case, what: str, purpose: str, known: Sequence[str] = (), viewer: str = ""
    ) -> None:
        """Writes down who looked at what of a citizen and why, in the same transaction; `known` is masked in it.

        `viewer` is the person for whom another service looks.
        """

    def log_caller(self, work: Work, *, call: Call, purpose: str, known: Sequence[str]) -> None:
        """The same of who called; a call may belong to no case."""

    def log_citizen(self, work: Work, *, citizen: Citizen, what: str, purpose: str) -> None:
        """The same where neither a case nor a call was named."""

    def log_shared(self, work: Work, *, city: str, citizen_id: str, case_id: str, what: str, purpose: str) -> None:
        """What was told across the border between the hotline and a partner; no citizen: nobody is known here."""

    def log_experts(self, work: Work, *, city: str, case_id: str, experts: Sequence[str]) -> None:
        """Whose name and number a seat was shown, for a case or for none."""


class Traces(Protocol):
    def wipe(self, work: Work, case_ids: Sequence[str]) -> None:
        """Takes the masked texts out of what intake still keeps of its own events."""

    def doom(self, work: Work, keys: Sequence[str]) -> None:
        """Writes down files that must be deleted, so that it happens even if the process dies after the commit."""


class Files(Protocol):
    def put(self, work: Work, key: str, content: bytes) -> None:
        """Keeps a file for good if this transaction commits; otherwise it is deleted, whatever dies in between."""

    def adopt(self, work: Work, arrived: Arrived, key: str, to: str) -> None:
        """The same for one that has arrived directly, exactly as it was read."""

    def quarantine(self, key: str, fault: DomainError, content: bytes | None = None) -> None:
        """Puts what failed its checks where nobody fetches it: what lies under the key, or the content."""


class Uploads(Protocol):
    def start(self, work: Work, upload: Upload, key: str) -> None:
        """What arrives under the key is deleted after a while, unless it is taken over before."""

    def find(self, work: Work, id: str) -> Upload | None:
        """Locked until the transaction ends."""

    def waiting(self, work: Work, case_id: str) -> int:
        """How many of the case have been started and not ended."""

    def end(self, work: Work, ids: Sequence[str]) -> None: ...

    def forget(self, work: Work, case_ids: Sequence[str]) -> None:
        """Those of erased cases; what arrives for them all the same is deleted."""


class CasePages(Protocol):
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Case]:
        """Newest first, those with an id below `before`."""

    def by_number(self, read: Read, number: str) -> Case | None:
        """Not locked."""

    def visits_due(self, read: Read, *, city: str, why: str, size: int, after: str) -> list[Case]:
        """Oldest first, those with an id above `after`; of one reason, or of any."""

    def id_of_number(self, work: Work, number: str) -> str:
        """Empty when there is none."""


class CallPages(Protocol):
    def page(
        self, read: Read, *, city: str, state: str, outcome: str, case_id: str, size: int, after: str
    ) -> list[Call]:
        """Those still to be called back first, the oldest first; then the others, newest first.

        `after` is "owed.<id>" or "other.<id>" of the last one seen. Raises BadFields.
        """


class OpenItems(Protocol):
    def of(self, read: Read, city: str, *, after: str = "", size: int = 0) -> list[OpenItem]:
        """What is open in the city now, oldest first; with an id above `after`, and all where no size is given."""


class Shifts(Protocol):
    def running(self, read: Read, city: str) -> Shift | None:
        """The one that has not ended; not locked."""

    def page(self, read: Read, *, city: str, size: int, before: str) -> list[Shift]:
        """Newest first, those with an id below `before`."""


class Limiter(Protocol):
    def take(self, key: str, now: datetime) -> bool:
        """False when the key has used up its share."""


class Clues(Protocol):
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Clue]:
        """Newest first; empty: of any state, from the newest on."""


class Restrictions(Protocol):
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Restriction]:
        """Newest first; of a state that they have now, or of any."""


class HotlineMatters(Protocol):
    def newest(self, work: Work, citizen_id: str, *, size: int) -> list[Case]:
        """The citizen's newest cases, not locked."""


class Experts(Protocol):
    def page(self, read: Read, *, city: str, unit: str, state: str, size: int, before: str) -> list[Expert]:
        """Newest first; of a unit and a state, or of any."""

    def named(self, work: Work, *, city: str, unit: str) -> list[Expert]:
        """Who has not been ended, of a unit or of any; not locked."""

    def log(self, work: Work, case: Case, call: ExpertCall) -> None:
        """For the figures."""

    def figures(
        self, read: Read, *, city: str, unit: str, since: datetime, until: datetime
    ) -> list[UnitExpertFiguresView]:
        """What was recorded in [since, until), by unit."""
