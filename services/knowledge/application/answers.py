"""What other services may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.application import Answers
from chassis.work import Read
from services.knowledge.application.ports import Ledger, Search, SearchIndex
from services.knowledge.application.queries import PAGE, SUGGESTIONS
from services.knowledge.application.searching import find
from services.knowledge.application.views import Hit

answers = Answers()


@answers.on("suggest")
def suggest(
    read: Read, *, city: str, text: str, category: str = "", at_most: int = SUGGESTIONS, index: SearchIndex
) -> list[Hit]:
    """Articles that may answer a caller's words, the best first. The words are not kept."""
    hits, _ = find(read, index, Search(city=city, text=text, at=read.now, limit=at_most))
    return hits


@answers.on("search")
def search(read: Read, *, city: str, query: str, unit: str = "", at_most: int = PAGE, index: SearchIndex) -> list[Hit]:
    hits, _ = find(read, index, Search(city=city, text=query, at=read.now, unit=unit, limit=at_most))
    return hits


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


@answers.on("audit_facts")
def audit_facts(read: Read, *, index: SearchIndex, ledger: Ledger) -> AuditFacts:
    """Outside a moment of catching up, each version equals its indexed version and nothing waits."""
    indexed = index.versions()
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
    return AuditFacts(articles, ledger.waiting_for_index(read), overdue)
