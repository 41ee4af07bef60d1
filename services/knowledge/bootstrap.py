"""Where the adapters of knowledge meet its handlers."""

from collections.abc import Iterator
from pathlib import Path

from chassis.application import Job, Service
from chassis.process.waiting import Store
from chassis.runtime import Runtime
from chassis.settings import Settings, shown
from services.knowledge.adapters import stores, tables
from services.knowledge.adapters.auditing import AUDITED
from services.knowledge.adapters.embedded_index import EmbeddedIndex
from services.knowledge.adapters.index_queue import DatabaseLedger, IndexQueue
from services.knowledge.adapters.offices import Offices
from services.knowledge.adapters.validity import advance_articles, next_change
from services.knowledge.application.answers import answers
from services.knowledge.application.commands import commands
from services.knowledge.application.ports import SearchIndex
from services.knowledge.application.queries import queries
from services.knowledge.application.reactions import HEARS, reactions
from services.knowledge.domain.article import Article
from services.knowledge.domain.policy import Policy

MIGRATIONS = Path(__file__).parent / "migrations"


def search_index(settings: Settings) -> SearchIndex:
    """Elasticsearch where an address is given, else one inside the process, in the data folder."""
    if not settings.elasticsearch_url:
        return EmbeddedIndex(settings.data_dir / "knowledge-index")
    from services.knowledge.adapters.elastic.index import ElasticIndex  # its client is heavy, and seldom needed

    return ElasticIndex(settings)


def external_stores(settings: Settings) -> Iterator[Store]:
    """What a worker names at its start while it is away."""
    if settings.elasticsearch_url:
        from services.knowledge.adapters.elastic.index import ElasticIndex

        where = shown(settings.elasticsearch_url)
        yield Store("Elasticsearch", where, "HUYING_ELASTICSEARCH_URL", ElasticIndex(settings).state)


def build(runtime: Runtime, index: SearchIndex | None = None) -> Service:
    """Raises PolicyError. The index is that of the settings, unless another one is given."""
    index = index or search_index(runtime.settings)
    queue = IndexQueue(index)
    return Service(
        name="knowledge",
        metadata=tables.metadata,
        stores={Article: stores.articles, Policy: stores.policies},
        commands=commands,
        queries=queries,
        reactions=reactions,
        answers=answers,
        hears=HEARS,
        dependencies={
            "index": index,
            "index_queue": queue,
            "audited": AUDITED,
            "ledger": DatabaseLedger(),
            "office": Offices(runtime.settings.policies_dir),
        },
        jobs=(
            Job("advance_articles", advance_articles, every_seconds=1.0, next_due=next_change),
            Job("index_articles", queue.catch_up, every_seconds=0.5),
        ),
    )
