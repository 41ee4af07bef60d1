"""What the handlers need of the world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chassis.domain import DomainError
from chassis.transfers import Arrived
from chassis.work import Read, Work
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import Upload


@dataclass(frozen=True)
class Regime:
    """The rules of one city: its pack, and the areas and items that it knows. No units known: any is taken."""

    city: str
    pack_name: str
    rules: IntakePack
    areas: frozenset[str]
    items: frozenset[str]
    units: frozenset[str]


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


class Turns(Protocol):
    def take(self, work: Work, what: str) -> None:
        """Waits until no other transaction has this turn, and keeps it until the end."""


class Looks(Protocol):
    def log(
        self, work: Work, *, case: Case, what: str, purpose: str, known: Sequence[str] = (), viewer: str = ""
    ) -> None:
        """Writes down who looked at what of a citizen and why, in the same transaction; `known` is masked in it.

        `viewer` is the person for whom another service looks.
        """


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

    def id_of_number(self, work: Work, number: str) -> str:
        """Empty when there is none."""


class Limiter(Protocol):
    def take(self, key: str, now: datetime) -> bool:
        """False when the key has used up its share."""
