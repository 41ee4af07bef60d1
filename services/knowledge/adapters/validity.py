"""Articles take effect and expire on their day: a batch at a time, claimed so that replicas share the work."""

import sqlalchemy as sa

from chassis.due import Due
from chassis.pipeline import ServiceRuntime
from chassis.work import By, Work
from services.knowledge.domain.article import Article

BATCH = 200
_CLAIM = sa.text("select id from article where change_due_at <= :now order by id limit :batch for update skip locked")
next_change = Due("select min(change_due_at) from article")


def advance_articles(runtime: ServiceRuntime) -> int:
    """How many articles changed."""
    return runtime.in_work(_advance)


def _advance(work: Work) -> int:
    due = [row.id for row in work.connection.execute(_CLAIM, {"now": work.now, "batch": BATCH})]
    work.preload(By(Article, "id", id) for id in due)
    for id in due:
        article = work.get(Article, id)
        work.save(article, *article.advance(work.now))
    return len(due)
