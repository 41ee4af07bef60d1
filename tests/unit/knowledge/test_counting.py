"""What is remembered of an index, and when it is forgotten."""

from typing import Any

from services.knowledge.adapters.elastic.counting import ONE_COPY, Counts
from services.knowledge.domain.ranking import Words

TERMS = {"answer": Words([], ["路灯", "噪音"])}


class Index:
    """Counts as told; notes which words it was asked about, and of which copy."""

    def __init__(self) -> None:
        self.articles, self.having = 600, {"路灯": 590, "噪音": 5}
        self.asked: list[list[str]] = []

    def termvectors(self, *, doc: dict[str, str], preference: str, **_: Any) -> dict[str, Any]:
        assert preference == ONE_COPY
        words = sorted(doc["answer"].split())
        self.asked.append(words)
        terms = {word: {"doc_freq": self.having[word]} for word in words if word in self.having}
        return {"term_vectors": {"answer": {"field_statistics": {"doc_count": self.articles}, "terms": terms}}}


def test_a_word_is_counted_once_while_nothing_is_written() -> None:
    index, counts = Index(), Counts()
    first = counts.weights(index, "articles", TERMS)
    assert counts.weights(index, "articles", TERMS) == first
    assert index.asked == [sorted(["路灯", "噪音"])]


def test_where_a_merge_has_forgotten_articles_all_is_counted_anew() -> None:
    index, counts = Index(), Counts()
    counts.weights(index, "articles", TERMS)
    index.articles, index.having = 500, {"路灯": 500, "噪音": 5, "井盖": 3}
    counts.weights(index, "articles", {"answer": Words([], ["井盖"])})
    weights = counts.weights(index, "articles", TERMS)
    assert index.asked[-1] == sorted(["路灯", "噪音"])
    assert 0 < weights["answer"]["路灯"] < weights["answer"]["噪音"]
