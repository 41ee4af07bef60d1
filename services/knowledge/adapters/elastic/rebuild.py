"""The next version of the index, filled while the present one is searched; both take what is saved meanwhile."""

from collections.abc import Mapping, Sequence

from elasticsearch import Elasticsearch

from services.knowledge.adapters.elastic.client import speaking
from services.knowledge.adapters.elastic.generations import Generation, Generations
from services.knowledge.adapters.elastic.writing import write
from services.knowledge.application.ports import Entry
from services.knowledge.domain.errors import SearchUnavailable, SearchWriteRefused


class ElasticRebuild:
    def __init__(self, client: Elasticsearch, generations: Generations, generation: Generation, server: str) -> None:
        self._client = client
        self._generations = generations
        self._next = generation
        self._server = server

    def lacking(self, versions: Mapping[str, int]) -> list[str]:
        if not versions:
            return []
        with speaking(self._server):
            held = self._client.mget(index=self._next.written_by, ids=list(versions), source=False)["docs"]
        known = {doc["_id"]: doc["_version"] for doc in held if doc.get("found")}
        return [article for article, version in versions.items() if known.get(article, -1) < version]

    def put(self, entries: Sequence[Entry]) -> None:
        with speaking(self._server):
            written = write(self._client, [self._next.written_by], entries, refresh=False)
        if written.gone:
            raise SearchUnavailable(why="index missing")
        for why in written.refused.values():
            raise SearchWriteRefused(why=why, articles=frozenset(written.refused))

    def finish(self) -> None:
        with speaking(self._server):
            self._client.indices.refresh(index=self._next.index)
            self._generations.search_only(self._next)
