"""How every way in searches: the index ranks, the database decides what may be seen at this moment."""

from collections.abc import Sequence
from dataclasses import replace

from chassis.work import Read
from services.knowledge.application.ports import Found, Search, SearchIndex
from services.knowledge.application.views import Hit, article_name
from services.knowledge.domain.article import Article


def find(read: Read, index: SearchIndex, search: Search) -> tuple[list[Hit], bool]:
    """The hits of one page, and whether more may follow."""
    found = index.search(replace(search, limit=search.limit + 1))
    page = found[: search.limit]
    # The index follows the database by a moment; what was retired within that moment is not shown.
    valid = _in_force(read, [hit.article for hit in page])
    return [_hit(search.city, hit) for hit in page if hit.article in valid], len(found) > search.limit


def _in_force(read: Read, ids: Sequence[str]) -> set[str]:
    articles: list[Article] = read.stores[Article].load(read.connection, "id", ids, lock=False) if ids else []
    return {article.id for article in articles if article.found_at(read.now)}


def _hit(city: str, found: Found) -> Hit:
    return Hit(
        article=article_name(city, found.article),
        title=found.title,
        snippet=found.snippet,
        unit=found.unit,
        score=round(found.score, 4),
    )
