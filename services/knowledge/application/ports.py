"""What the service needs of the outside world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


class SearchIndex(Protocol):
    """Finds articles. It may be lost at any time: the database is the truth and the index is built anew from it."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Adds or replaces; kept when it returns. An entry older than the one it would replace is passed over."""

    def search(self, search: Search) -> list[Found]:
        """The best first. Never an article that at that instant is not yet or no longer valid."""

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Replaces everything at once, whatever the versions; searches meanwhile see the old state. Answers how many."""

    def is_empty(self) -> bool:
        """Whether it holds nothing at all, as after its first start or its loss."""
