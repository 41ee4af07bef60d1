"""Fake of the search index: a dictionary that counts the words in common. For tests, and for a look at the rules."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from services.knowledge.adapters.gathered import GatheredRebuild
from services.knowledge.adapters.words import characters, pairs, words
from services.knowledge.application.ports import Entry, Found, Search
from services.knowledge.domain.highlight import snippet
from services.knowledge.domain.ranking import Words, brevity, headline_and_story, term_weights


class MemoryIndex:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._words: dict[str, frozenset[str]] = {}

    def put(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            known = self._entries.get(entry.article)
            if known is None or entry.version >= known.version:
                self._add(entry)

    def prepare(self) -> str:
        return "memory"

    def rebuild(self, *, anew: bool) -> GatheredRebuild:
        return GatheredRebuild(self._replace_all)

    def _replace_all(self, entries: Iterable[Entry]) -> None:
        self._entries, self._words = {}, {}
        for entry in entries:
            self._add(entry)

    def versions(self) -> dict[str, int]:
        return {entry.article: entry.version for entry in self._entries.values()}

    def search(self, search: Search) -> list[Found]:
        cut = _cut if len(characters(search.text)) > 1 else characters
        head, story = headline_and_story(search.text)
        weights = term_weights(Words(cut(head), cut(story)), documents=len(self._entries), frequency=self._frequency)
        found = [self._found(entry, weights) for entry in self._entries.values() if _may_be_found(entry, search)]
        ranked = sorted((f for f in found if f.score), key=lambda f: (-f.score, f.article))
        return ranked[search.offset : search.offset + search.limit]

    def _add(self, entry: Entry) -> None:
        text = f"{entry.title}\n{entry.question}\n{entry.answer}"
        self._entries[entry.article] = entry
        self._words[entry.article] = frozenset([*_cut(text), *characters(text)])

    def _frequency(self, word: str) -> int:
        return sum(word in words for words in self._words.values())

    def _found(self, entry: Entry, weights: dict[str, float]) -> Found:
        score = sum(weight for word, weight in weights.items() if word in self._words[entry.article])
        return Found(
            article=entry.article,
            title=entry.title,
            snippet=snippet(entry.answer, weights),
            unit=entry.unit,
            score=score * brevity(len(entry.answer)),
        )


def _cut(text: str) -> list[str]:
    return [*words(text), *pairs(text)]


def _may_be_found(entry: Entry, search: Search) -> bool:
    in_scope = entry.city == search.city and search.unit in {"", entry.unit}
    return in_scope and _is_valid(entry.since, entry.until, search.at)


def _is_valid(since: datetime | None, until: datetime | None, at: datetime) -> bool:
    return since is not None and since <= at and (until is None or at < until)
