"""How an article lies in Elasticsearch. Only terms cut on our side are analysed, and only at white space."""

import hashlib
from typing import Any

import msgspec

from services.knowledge.adapters.terms import CUT, FIELDS, brevity_of, terms_of
from services.knowledge.application.ports import Entry, Search

_KEYWORD = {"type": "keyword"}
_INSTANT = {"type": "long"}  # milliseconds since 1970, as the embedded index has them
_TERMS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_SHOWN = {"type": "text", "index": False}
_FOREVER = 1 << 62

_PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(("article", "city", "unit"), _KEYWORD),
    **dict.fromkeys(FIELDS, _TERMS),
    **dict.fromkeys(("since", "until"), _INSTANT),
    **dict.fromkeys(("title", "answer"), _SHOWN),
    "brevity": {"type": "double", "index": False},
}
FINGERPRINT = hashlib.sha256(msgspec.json.encode([CUT, _PROPERTIES], order="sorted")).hexdigest()[:16]
MAPPINGS = {
    "dynamic": "strict",
    "_meta": {"huying": FINGERPRINT},
    "_source": {"excludes": list(FIELDS)},  # a rebuild reads the database
    "properties": _PROPERTIES,
}
# One shard: the rarity of a word is that among all articles, and a province has some ten thousand.
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


def fits(mappings: dict[str, Any]) -> bool:
    """Whether an index that stands was made by this version, and still has the fields that it was made with."""
    properties = mappings.get("properties", {})
    same = all(properties.get(name, {}).get("type") == wanted["type"] for name, wanted in _PROPERTIES.items())
    return same and mappings.get("_meta", {}).get("huying") == FINGERPRINT


def document(entry: Entry) -> dict[str, Any]:
    if entry.since is None:  # stays, without its words, so that an older entry cannot come back
        return {"article": entry.article}
    return {
        "article": entry.article,
        "city": entry.city,
        "unit": entry.unit,
        "title": entry.title,
        "answer": entry.answer,
        "since": _instant(entry.since),
        "until": _instant(entry.until) if entry.until else _FOREVER,
        "brevity": brevity_of(entry),
        **{field: " ".join(terms) for field, terms in terms_of(entry).items()},
    }


def query(search: Search, weights: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Each term's own BM25 times its weight, the sum times the brevity of the article."""
    at = _instant(search.at)
    filters: list[dict[str, Any]] = [
        {"term": {"city": search.city}},
        {"range": {"since": {"lte": at}}},
        {"range": {"until": {"gt": at}}},
    ]
    if search.unit:
        filters.append({"term": {"unit": search.unit}})
    should = [
        {"term": {field: {"value": term, "boost": weight}}}
        for field, terms in weights.items()
        for term, weight in terms.items()
    ]
    found = {"bool": {"filter": filters, "should": should, "minimum_should_match": 1}}
    factor = {"field": "brevity", "missing": 1}
    return {"function_score": {"query": found, "field_value_factor": factor, "boost_mode": "multiply"}}


def _instant(at: Any) -> int:
    return int(at.timestamp() * 1000)
