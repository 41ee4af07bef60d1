"""How articles and policies are kept; each save of an article enters it for the search."""

from chassis.database import Projection, Store
from services.knowledge.adapters import tables
from services.knowledge.domain.article import Article
from services.knowledge.domain.policy import Policy

articles = Store(
    Article,
    tables.article,
    columns=lambda a: {"city": a.city, "unit": a.unit, "change_due_at": a.change_due_at},
    projections=[
        Projection(
            tables.index_queue,
            rows=lambda a: [{"article_id": a.id, "version": a.version + 1}],
            key=("article_id",),
        )
    ],
)
policies = Store(Policy, tables.policy, columns=lambda p: {"city": p.city, "unit": p.unit})
