"""Bulk writes. The article's version is the document's: an older entry is passed over, whenever it comes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from services.knowledge.adapters.elastic.mapping import document
from services.knowledge.application.ports import Entry

DOCUMENTS_AT_ONCE = 500
BYTES_AT_ONCE = 5_000_000
_OLDER, _GONE = 409, 404


@dataclass(slots=True)
class Written:
    """Aliases that are no more, and the articles that were refused, with the kind of the refusal."""

    gone: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def write(client: Elasticsearch, aliases: Sequence[str], entries: Iterable[Entry], *, refresh: bool) -> Written:
    """With `refresh` a search sees it when this returns. May raise the client's errors: done again, nothing is lost."""
    written = Written()
    results = streaming_bulk(
        client,
        _actions(aliases, entries),
        chunk_size=DOCUMENTS_AT_ONCE,
        max_chunk_bytes=BYTES_AT_ONCE,
        raise_on_error=False,
        refresh=refresh,
        require_alias=True,
    )
    for done, result in results:
        outcome = result["index"]
        if done or outcome["status"] == _OLDER:
            continue
        if outcome["status"] == _GONE:
            written.gone.add(outcome["_index"])
        else:
            written.refused[outcome["_id"]] = outcome["error"]["type"]
    return written


def _actions(aliases: Sequence[str], entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        action = {"_id": entry.article, "version": entry.version, "version_type": "external_gte"}
        source = document(entry)
        for alias in aliases:
            yield {"_op_type": "index", "_index": alias, **action, "_source": source}
