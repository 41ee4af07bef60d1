"""What other services may ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from chassis.access import Role
from chassis.application import Answers
from chassis.audit.answering import Audited, Subject, Subjects, answer_repairs
from chassis.audit.shapes import AuditPage
from chassis.message import City, Instant, OptionalCode, Text
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


@dataclass
class AuditFacts(AuditPage):
    """What every service tells; with the first page of all what the search shows, which no other service knows."""

    articles: Sequence[ArticleFact] = ()
    waiting_for_index: int = 0
    overdue_changes: int = 0
    search_away: str = ""  # the reason while the search does not answer; every indexed_version is 0 then


@answers.on("audit_facts")
def audit_facts(
    read: Read,
    *,
    audited: Audited,
    index: SearchIndex,
    ledger: Ledger,
    since: Instant | None = None,
    after: Subject = "",
    subjects: Subjects | None = None,
) -> AuditFacts:
    """Outside a moment of catching up, each version equals its indexed version and nothing waits."""
    page = audited.page(read, since, after, subjects or [])
    facts = AuditFacts(page.as_of, page.subjects, page.facts, page.counts)
    if after or subjects:
        return facts
    facts.search_away, facts.articles = _articles(read, index, ledger)
    facts.waiting_for_index = ledger.waiting_for_index(read)
    facts.overdue_changes = sum(bool(a.change_due_at and a.change_due_at <= read.now) for a in facts.articles)
    if not facts.search_away and not facts.waiting_for_index:
        wrong = _wrong(facts.articles)
        if wrong:  # one that was saved and indexed between the two looks is not
            wrong &= _wrong(_articles(read, index, ledger)[1])
        facts.faults = [f"article_not_found_as_it_stands {id}" for id in sorted(wrong)]
    return facts


answer_repairs(answers)


def _wrong(articles: Iterable[ArticleFact]) -> set[str]:
    return {a.article_id for a in articles if a.version != a.indexed_version}


def _articles(read: Read, index: SearchIndex, ledger: Ledger) -> tuple[str, list[ArticleFact]]:
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
    return away, articles


def _indexed(index: SearchIndex) -> tuple[dict[str, int], str]:
    try:
        return index.versions(), ""
    except SearchUnavailable as error:
        return {}, error.reason
