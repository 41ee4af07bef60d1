"""How many articles have a term. What the index has counted holds until something is written to it.

Stories of one day have most of their words in common. So a process remembers what was counted, and each search says in
its answer how far the index has come: where that is what it was, nothing has been written since.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.knowledge.adapters.terms import Weights, weighted
from services.knowledge.domain.ranking import Words

REMEMBERED_TERMS = 20_000
State = tuple[str, float]
"""The index, and the greatest number of all that was ever written to it."""
ONE_COPY = "huying"
"""Search and count ask the same copy of the index: another may not have seen yet what this one has."""
TELLS_STATE = {"all": {"global": {}, "aggs": {"newest": {"max": {"field": "_seq_no"}}}}}
_Told = Mapping[str, Any]


@dataclass
class Counts:
    """What is known of one state of the index; without a state, of who knows which."""

    state: State | None = None
    articles: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By field and term."""
    documents: dict[str, int] = field(default_factory=dict)
    """By field: how many articles have any term."""

    def after(self, answer: _Told) -> State:
        """The state that a search found. Where it found nothing, the index has no name in its answer."""
        hits = answer["hits"]["hits"]
        index = hits[0]["_index"] if hits else (self.state or ("",))[0]
        return index, answer["aggregations"]["all"]["newest"]["value"] or 0.0

    def weights(self, client: Any, alias: str, terms: Mapping[str, Words]) -> Weights:
        """Of each term that an article has; what is not known yet is asked for."""
        wanted = {name: {*said.headline, *said.story} for name, said in terms.items()}
        known = {name: _of(words, self.articles[name]) for name, words in wanted.items()}
        lacking = {name: missing for name, words in wanted.items() if (missing := words - known[name].keys())}
        if lacking:
            for name, counted in self._count(client, alias, lacking).items():
                known[name] |= counted
        return weighted(
            terms,
            documents=max((self.documents.get(name, 0) for name in terms), default=0),
            frequency=lambda name, term: known[name].get(term, 0),
        )

    def _count(self, client: Any, alias: str, terms: Mapping[str, set[str]]) -> dict[str, dict[str, int]]:
        """The index counts how many articles have each term, as if the words were an article of their own."""
        told = client.termvectors(
            index=alias,
            doc={name: " ".join(asked) for name, asked in terms.items()},
            fields=list(terms),
            term_statistics=True,
            field_statistics=True,
            offsets=False,
            payloads=False,
            positions=False,
            preference=ONE_COPY,
        )["term_vectors"]
        counted = {name: dict.fromkeys(asked, 0) | _counted(told.get(name, {})) for name, asked in terms.items()}
        for name, found in counted.items():
            documents = told.get(name, {}).get("field_statistics", {}).get("doc_count", 0)
            # A merge of its segments lets the index forget what was deleted, and writes nothing.
            if self.documents.get(name) != documents or len(self.articles[name]) > REMEMBERED_TERMS:
                self.articles[name] = {}
            self.documents[name] = documents
            self.articles[name] |= found
        return counted


def _of(words: set[str], counted: Mapping[str, int]) -> dict[str, int]:
    return {word: number for word in words if (number := counted.get(word)) is not None}


def _counted(told: _Told) -> dict[str, int]:
    return {term: int(state.get("doc_freq", 0)) for term, state in told.get("terms", {}).items()}
