"""From an article as it stands to what the search knows of it."""

from services.knowledge.application.ports import Entry
from services.knowledge.domain.article import Article


def entry_of(article: Article) -> Entry:
    """The revision in force, or the one that waits for its day; without either it can not be found."""
    revision = article.in_force or article.waiting
    if revision is None:
        return Entry(article=article.id, version=article.version, city=article.city)
    return Entry(
        article=article.id,
        version=article.version,
        city=article.city,
        unit=article.unit,
        title=revision.text.title,
        question=revision.text.question,
        answer=revision.text.answer,
        since=revision.effective_at,
        until=revision.text.expire_at,
    )
