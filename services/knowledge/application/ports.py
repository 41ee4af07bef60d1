"""What the service needs of the outside world."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.work import Read
from services.knowledge.domain.article import Article
from services.knowledge.domain.rules import KnowledgeRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as the search sees it. `version` is the article's own; without `since` it can not be found."""

    article: str
    version: int
    city: str
    unit: str = ""
    title: str = ""
    question: str = ""
    answer: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: a citizen's words, the first line of several being what it is about."""

    city: str
    text: str
    at: datetime
    unit: str = ""
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article that fits, with the words found between 【 and 】."""

    article: str
    title: str
    snippet: str
    unit: str
    score: float


class Rebuild(Protocol):
    """A new state of the whole index beside the one that is searched."""

    def lacking(self, versions: Mapping[str, int]) -> list[str]:
        """Which of these articles it does not hold in that version yet: an interrupted rebuild goes on where it was."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Adds or replaces; an entry older than the one it would replace is passed over."""

    def finish(self) -> None:
        """From now on this state is searched; the old one is gone."""


class SearchIndex(Protocol):
    """Finds articles. It may be lost at any time: the database is the truth and the index is built anew from it.

    Where it stands outside this process, everything may raise SearchUnavailable.
    """

    def prepare(self) -> str:
        """Makes an empty one where there is none. Answers its identity: another one when it was lost meanwhile."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Adds or replaces; kept when it returns. An entry older than the one it would replace is passed over.

        Raises SearchWriteRefused when some are refused; the others are kept.
        """

    def search(self, search: Search) -> list[Found]:
        """The best first. Never an article that at that instant is not yet or no longer valid."""

    def rebuild(self, *, anew: bool) -> Rebuild:
        """Replaces everything, whatever the versions; meanwhile the old state is searched and takes what is put.

        Unless `anew`, an interrupted rebuild goes on.
        """

    def versions(self) -> dict[str, int]:
        """Every article that it knows, withdrawn ones too, with its version."""


class Office(Protocol):
    """What the cities' hotline offices have laid down: rule packs, units, and how personal data is hidden."""

    def rules(self, city: str) -> KnowledgeRules:
        """Raises CityUnknown."""

    def check_unit(self, city: str, unit: str) -> None:
        """Raises CityUnknown, UnitUnknown."""

    def masked(self, text: str) -> str:
        """Without numbers of phones, identity cards, bank cards and plates."""


class Ledger(Protocol):
    """The database beyond single articles."""

    def all_articles(self, read: Read) -> Iterator[Article]:
        """Every article, in order of id."""

    def waiting_for_index(self, read: Read) -> int:
        """How many saved articles the search does not show yet."""
