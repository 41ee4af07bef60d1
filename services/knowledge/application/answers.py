"""What other services may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from chassis.access import Role
from chassis.application import Answers
from chassis.message import City, OptionalCode, Text
from chassis.work import Read
from services.knowledge.application.messages import PageToken
from services.knowledge.application.paging import continued, token_for_next
from services.knowledge.application.ports import Ledger, Office, Search, SearchIndex
from services.knowledge.application.queries import EVERYBODY, PAGE, SUGGESTIONS, check_open
from services.knowledge.application.searching import find
from services.knowledge.application.views import Hit, Hits
from services.knowledge.domain.errors import SearchUnavailable

answers = Answers()
AtMost = Annotated[int, Field(ge=1, le=50)]


@answers.on("suggest", roles={Role.AGENT})
def suggest(
    read: Read,
    *,
    city: City,
    text: Text,
    category: OptionalCode = "",
    at_most: AtMost = SUGGESTIONS,
    index: SearchIndex,
) -> list[Hit]:
    """Articles that may answer a caller's words, the best first. The words are not kept."""
    hits, _ = find(read, index, Search(city=city, text=text, at=read.now, limit=at_most))
    return hits


@answers.on("search", roles=EVERYBODY)
def search(
    read: Read,
    *,
    city: City,
    query: Text,
    unit: OptionalCode = "",
    at_most: AtMost = PAGE,
    page_token: PageToken = "",
    index: SearchIndex,
    office: Office,
) -> Hits:
    """One page of the articles that hold the words, the best first. Raises NotOpenToPublic, PageTokenInvalid."""
    check_open(city, read, office)
    asked = continued(Search(city=city, text=query, at=read.now, unit=unit, limit=at_most), page_token)
    hits, more = find(read, index, asked)
    return Hits(hits=hits, next_page_token=token_for_next(asked) if more else "")


@dataclass(frozen=True)
class ArticleFact:
    """For the audit across services: what stands, and whether the search shows the same."""

    article_id: str
    city: str
    unit: str
    version: int
    indexed_version: int
    change_due_at: datetime | None


@dataclass(frozen=True)
class AuditFacts:
    articles: Sequence[ArticleFact]
    waiting_for_index: int
    overdue_changes: int
    search_away: str  # the reason while the search does not answer; every indexed_version is 0 then


@answers.on("audit_facts")
def audit_facts(read: Read, *, index: SearchIndex, ledger: Ledger) -> AuditFacts:
    """Outside a moment of catching up, each version equals its indexed version and nothing waits."""
    indexed, away = _indexed(index)
    articles = [
        ArticleFact(
            article_id=article.id,
            city=article.city,
            unit=article.unit,
            version=article.version,
            indexed_version=indexed.get(article.id, 0),
            change_due_at=article.change_due_at,
        )
        for article in ledger.all_articles(read)
    ]
    overdue = sum(bool(fact.change_due_at and fact.change_due_at <= read.now) for fact in articles)
    return AuditFacts(articles, ledger.waiting_for_index(read), overdue, away)


def _indexed(index: SearchIndex) -> tuple[dict[str, int], str]:
    try:
        return index.versions(), ""
    except SearchUnavailable as error:
        return {}, error.reason
