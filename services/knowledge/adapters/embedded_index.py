"""The search index inside the process: tantivy, in memory or in a folder."""

import shutil
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import tantivy
from tantivy import Occur, Query

from services.knowledge.adapters.gathered import GatheredRebuild
from services.knowledge.adapters.terms import FIELDS, Weights, asked, brevity_of, shown, terms_of, weighted
from services.knowledge.application.ports import Entry, Found, Search
from services.knowledge.domain.highlight import snippet
from services.knowledge.domain.ranking import brevity

# tantivy wants at least 15 MB for a writer; one thread keeps an idle process small
WRITER_BYTES, WRITER_THREADS = 15_000_000, 1
_FOREVER = 1 << 62
_LONGEST = 20_000
_SCALE = 2 / brevity(_LONGEST)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("article", "city", "unit"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("since", "until", "version"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("brevity", fast=True)
    builder.add_text_field("entry", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class _Stored(msgspec.Struct):
    article: str
    version: int


class EmbeddedIndex:
    """One writer, many readers; a folder that cannot be read is started anew and then filled from the database."""

    def __init__(self, folder: Path | None = None) -> None:
        self._index = _open(folder)
        self._schema = self._index.schema
        self._lock = threading.Lock()

    def put(self, entries: Sequence[Entry]) -> None:
        newest = {e.article: e for e in sorted(entries, key=lambda e: e.version)}
        with self._lock:
            fresh = [e for e in newest.values() if e.version >= self._version_of(e.article)]
            if fresh:
                self._write(fresh, anew=False)

    def prepare(self) -> str:
        return "embedded"  # as old as this process, which compares it with the database when it starts

    def rebuild(self, *, anew: bool) -> GatheredRebuild:
        return GatheredRebuild(self._replace_all)

    def _replace_all(self, entries: Iterable[Entry]) -> None:
        with self._lock:
            self._write(entries, anew=True)

    def versions(self) -> dict[str, int]:
        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits
        entries = (msgspec.json.decode(searcher.doc(at).get_first("entry"), type=_Stored) for _, at in found)
        return {entry.article: entry.version for entry in entries}

    def search(self, search: Search) -> list[Found]:
        searcher = self._index.searcher()
        terms = weighted(asked(search.text), documents=searcher.num_docs, frequency=searcher.doc_freq)
        if not any(terms.values()):
            return []
        query = self._query(terms, search)
        hits = searcher.search(query, search.limit, count=False, offset=search.offset, weight_by_field="brevity").hits
        return [self._found(searcher, address, score, terms) for score, address in hits]

    # -- writing -----------------------------------------------------------------------------------------------------

    def _write(self, entries: Iterable[Entry], *, anew: bool) -> None:
        writer = self._index.writer(WRITER_BYTES, WRITER_THREADS)
        try:
            if anew:
                writer.delete_all_documents()
            for entry in entries:
                writer.delete_documents_by_term("article", entry.article)
                writer.add_document(_document(entry))
            writer.commit()
        finally:
            writer.wait_merging_threads()  # ends the writer, and gives its memory and its lock back
        self._index.reload()

    def _version_of(self, article: str) -> int:
        searcher = self._index.searcher()
        hits = searcher.search(self._term("article", article), 1, count=False).hits
        return int(searcher.fast_field_values("version", [hits[0][1]])[0]) if hits else 0

    # -- searching ---------------------------------------------------------------------------------------------------

    def _query(self, terms: Weights, search: Search) -> Any:
        must = [
            self._term("city", search.city),
            self._range("since", upper=_instant(search.at)),
            self._range("until", lower=_instant(search.at) + 1),
        ]
        if search.unit:
            must.append(self._term("unit", search.unit))
        should = [
            (Occur.Should, Query.boost_query(self._term(field, term), weight))
            for field, weights in terms.items()
            for term, weight in weights.items()
        ]
        filters = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in must]
        return Query.boolean_query([*filters, (Occur.Must, Query.boolean_query(should))])

    def _term(self, field: str, value: str) -> Any:
        return Query.term_query(self._schema, field, value, "basic" if field in {"article", "city", "unit"} else "freq")

    def _range(self, field: str, *, lower: int | None = None, upper: int | None = None) -> Any:
        return Query.range_query(self._schema, field, tantivy.FieldType.Integer, lower_bound=lower, upper_bound=upper)

    def _found(self, searcher: Any, address: Any, score: float, terms: Weights) -> Found:
        entry = msgspec.json.decode(searcher.doc(address).get_first("entry"), type=Entry)
        return Found(
            article=entry.article,
            title=entry.title,
            snippet=snippet(entry.answer, shown(terms)),
            unit=entry.unit,
            score=score / _SCALE,
        )


def _open(folder: Path | None) -> Any:
    if folder is None:
        return tantivy.Index(_schema())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(_schema(), path=str(folder))
    except ValueError:  # another schema, or a file that a dying disk left: nothing here is worth keeping
        shutil.rmtree(folder)
        folder.mkdir()
        return tantivy.Index(_schema(), path=str(folder))


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_text("article", entry.article)
    document.add_integer("version", entry.version)
    document.add_text("entry", msgspec.json.encode(entry).decode())
    if entry.since is None:  # stays, without its words, so that an older entry cannot come back
        return document
    for name in ("city", "unit"):
        document.add_text(name, getattr(entry, name))
    for name, terms in terms_of(entry).items():
        document.add_text(name, " ".join(terms))
    document.add_integer("since", _instant(entry.since))
    document.add_integer("until", _instant(entry.until) if entry.until else _FOREVER)
    document.add_float("brevity", _as_weight(brevity_of(entry)))
    return document


def _as_weight(factor: float) -> float:
    """tantivy multiplies by log2(2 + value) and takes no value below zero."""
    return float(2 ** (factor * _SCALE) - 2)


def _instant(at: datetime) -> int:
    return int(at.timestamp() * 1000)
