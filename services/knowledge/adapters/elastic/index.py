"""The search index on Elasticsearch: many processes write and search it, and it may be away at any time.

Why nothing is lost between a rebuild and the writers: a writer reads what is saved, then asks which indexes are
written. One that did not see the next index had read before that index was there; the rebuild reads the database later.
"""

from collections.abc import Sequence
from typing import Any

from chassis.clock import monotonic
from chassis.settings import Settings
from services.knowledge.adapters.elastic.client import SEARCH_SECONDS, address, connect, does_not_respond, speaking
from services.knowledge.adapters.elastic.counting import ONE_COPY, TELLS_STATE, Counts, State
from services.knowledge.adapters.elastic.generations import Generations
from services.knowledge.adapters.elastic.mapping import query
from services.knowledge.adapters.elastic.rebuild import ElasticRebuild
from services.knowledge.adapters.elastic.writing import write
from services.knowledge.adapters.terms import Weights, asked, shown
from services.knowledge.application.ports import Entry, Found, Search
from services.knowledge.domain.errors import SearchUnavailable, SearchWriteRefused
from services.knowledge.domain.highlight import snippet
from services.knowledge.domain.ranking import Words

# After it did not answer, callers are told so at once for this long, instead of each waiting for its time limit.
SPARED_SECONDS = 2.0
_ATTEMPTS = 3
_PAGE = 5_000


class ElasticIndex:
    def __init__(self, settings: Settings) -> None:
        self._client = connect(settings)
        self._quick = self._client.options(request_timeout=SEARCH_SECONDS)  # once: each is a whole client of its own
        self._generations = Generations(self._client, f"{settings.elasticsearch_prefix}-knowledge")
        self._server = address(settings)
        self._known_to_fit = False
        self._spared_until = 0.0
        self._counts = Counts()

    def prepare(self) -> str:
        """Raises SearchUnavailable, SearchIndexMismatched."""
        with speaking(self._server):
            if not any(g.searched for g in self._generations.all()):
                return self._generations.create(searched=True).uuid
            return self._generations.searched().uuid

    def put(self, entries: Sequence[Entry]) -> None:
        for _ in range(_ATTEMPTS):
            with speaking(self._server):
                written = write(self._client, self._generations.written(), entries, refresh=True)
            for why in written.refused.values():
                raise SearchWriteRefused(why=why, articles=frozenset(written.refused))
            if not written.gone:  # else a rebuild has ended meanwhile: once more to what is written now
                return
        raise SearchUnavailable(why="index missing")

    def rebuild(self, *, anew: bool) -> ElasticRebuild:
        with speaking(self._server):
            unfinished = [g for g in self._generations.all() if g.number and not g.searched]
            usable = [] if anew else [g for g in unfinished if g.fits and g.written_by][-1:]
            self._generations.drop([g for g in unfinished if g not in usable])
            chosen = usable[0] if usable else self._generations.create(searched=False)
        return ElasticRebuild(self._client, self._generations, chosen, self._server)

    def versions(self) -> dict[str, int]:
        found: dict[str, int] = {}
        after: list[Any] | None = None
        with speaking(self._server):
            while hits := self._page_of_versions(after):
                found |= {hit["_id"]: hit["_version"] for hit in hits}
                after = hits[-1]["sort"]
        return found

    def search(self, search: Search) -> list[Found]:
        """Raises SearchUnavailable, SearchIndexMismatched."""
        terms = asked(search.text)
        if not any(said.headline or said.story for said in terms.values()):
            return []
        if monotonic() < self._spared_until:
            raise SearchUnavailable(why="it did not answer a moment ago")
        try:
            with speaking(self._server):
                return self._search(search, terms)
        except SearchUnavailable as error:
            self._known_to_fit, self._counts = False, Counts()
            if does_not_respond(error):
                self._spared_until = monotonic() + SPARED_SECONDS
            raise

    def state(self) -> str:
        """For people: which index is searched and what it holds. Raises SearchUnavailable, SearchIndexMismatched."""
        with speaking(self._server):
            index = self._generations.searched().index
            articles = self._client.count(index=index)["count"]
        return f"{index} at {self._server}: {articles} articles"

    # -- inside ------------------------------------------------------------------------------------------------------

    def _search(self, search: Search, terms: dict[str, Words]) -> list[Found]:
        if not self._known_to_fit:
            self._generations.searched()
            self._known_to_fit = True
        remembered = self._counts
        hits, state = self._ranked(search, terms, remembered)
        if state is None or state != remembered.state:
            counts = Counts(state)  # of before they are counted: what is written meanwhile is noticed the next time
            hits, seen = self._ranked(search, terms, counts)
            if seen:
                self._counts = counts if state else Counts(seen)
        return hits

    def _ranked(self, search: Search, terms: dict[str, Words], counts: Counts) -> tuple[list[Found], State | None]:
        """What is found when these counts are right, and the state of the index for which they would have to be."""
        weights = counts.weights(self._quick, self._generations.alias, terms)
        if not any(weights.values()):
            return [], None
        answer = self._quick.search(
            index=self._generations.alias,
            query=query(search, weights),
            sort=["_score", {"article": "asc"}],
            from_=search.offset,
            size=search.limit,
            aggs=TELLS_STATE,
            preference=ONE_COPY,
            track_total_hits=False,
        ).body
        return [_found(hit, weights) for hit in answer["hits"]["hits"]], counts.after(answer)

    def _page_of_versions(self, after: list[Any] | None) -> list[dict[str, Any]]:
        answer = self._client.search(
            index=self._generations.alias,
            sort=[{"article": "asc"}],
            search_after=after,
            size=_PAGE,
            version=True,
            source=False,
            track_total_hits=False,
        )
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits


def _found(hit: dict[str, Any], weights: Weights) -> Found:
    source = hit["_source"]
    return Found(
        article=hit["_id"],
        title=source.get("title", ""),
        snippet=snippet(source.get("answer", ""), shown(weights)),
        unit=source.get("unit", ""),
        score=hit["_score"],
    )
