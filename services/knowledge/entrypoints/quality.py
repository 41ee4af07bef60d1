"""Does the right official answer come back for a citizen's words? Our ranking beside plain BM25, on real petitions."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from services.knowledge.adapters.embedded_index import WRITER_BYTES, WRITER_THREADS, EmbeddedIndex
from services.knowledge.adapters.words import words
from services.knowledge.application.ports import Entry, Search, SearchIndex

_CITY = "000000"
_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Petition:
    """What a citizen wrote, and what the government answered."""

    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The share of petitions whose right answer is among the first `first` found."""

    petitions: int
    first: int
    plain: float
    ours: float


def read_petitions(file: Path) -> list[Petition]:
    """Columns subject, text and answer of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return [Petition(f"{r['subject'].strip()}\n{r['text'].strip()}", r["answer"]) for r in csv.DictReader(rows)]


def measure(
    petitions: Sequence[Petition], *, first: int = 5, asking: slice = slice(None), index: SearchIndex | None = None
) -> Quality:
    """All answers are indexed, and nothing else of a petition; those of `asking` are looked for.

    Two petitions that got the same words for an answer share it.
    """
    answers = list(dict.fromkeys(p.answer for p in petitions))
    asked = petitions[asking]
    ours, plain = _our_search(index or EmbeddedIndex(), answers, first), _plain_search(answers, first)
    return Quality(len(asked), first, _share(asked, answers, plain), _share(asked, answers, ours))


def _share(petitions: Sequence[Petition], answers: Sequence[str], search: Callable[[str], list[int]]) -> float:
    right = sum(p.answer in {answers[i] for i in search(p.words)} for p in petitions)
    return right / max(1, len(petitions))


def _our_search(index: SearchIndex, answers: Sequence[str], first: int) -> Callable[[str], list[int]]:
    index.put([Entry(article=str(i), version=1, city=_CITY, answer=a, since=_AT) for i, a in enumerate(answers)])
    return lambda text: [int(f.article) for f in index.search(Search(city=_CITY, text=text, at=_AT, limit=first))]


def _plain_search(answers: Sequence[str], first: int) -> Callable[[str], list[int]]:
    """BM25 as tantivy ships it, over the same words in one field, each word of the petition as often as it is said."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer(WRITER_BYTES, WRITER_THREADS)
    for number, answer in enumerate(answers):
        writer.add_document(tantivy.Document(number=number, words=" ".join(words(answer))))
    writer.commit()
    index.reload()
    searcher, schema = index.searcher(), index.schema

    def search(text: str) -> list[int]:
        clauses: list[tuple[Any, Any]] = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, "words", word, "freq"), float(times)))
            for word, times in Counter(words(text)).items()
        ]
        hits = searcher.search(Query.boolean_query(clauses), first, count=False).hits
        return [int(str(searcher.doc(address).get_first("number"))) for _, address in hits]

    return search
