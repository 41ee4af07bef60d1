"""Which terms an article is found by and which a caller's words ask for: one way, so that every index ranks alike."""

from collections.abc import Callable, Mapping

from services.knowledge.adapters.words import characters, pairs, words
from services.knowledge.application.ports import Entry
from services.knowledge.domain.ranking import SHORTEST, Words, brevity, headline_and_story, term_weights

# To be raised when texts are cut otherwise: an index of other terms answers wrongly and in silence.
CUT = 1
_ASKED: Mapping[str, Callable[[str], list[str]]] = {"words": words, "pairs": pairs}
_ALONE: Mapping[str, Callable[[str], list[str]]] = {"characters": characters}
FIELDS = (*_ASKED, *_ALONE)

Weights = dict[str, dict[str, float]]
"""By field and term."""


def terms_of(entry: Entry) -> dict[str, list[str]]:
    text = _text(entry)
    return {field: cut(text) for field, cut in {**_ASKED, **_ALONE}.items()}


def brevity_of(entry: Entry) -> float:
    return brevity(max(len(_text(entry)), SHORTEST))


def _text(entry: Entry) -> str:
    """What the unit put into title and question says twice as much."""
    return "\n".join([entry.title, entry.question] * 2 + [entry.answer])


def asked(text: str) -> dict[str, Words]:
    """The terms of a caller's words by field; characters only where nothing longer was said."""
    head, story = headline_and_story(text)
    fields = _ASKED if len("".join(characters(text))) > 1 else _ALONE
    return {field: Words(cut(head), cut(story)) for field, cut in fields.items()}


def weighted(terms: Mapping[str, Words], *, documents: int, frequency: Callable[[str, str], int]) -> Weights:
    """`frequency` counts the articles that have a term in a field."""
    return {
        field: term_weights(
            said,
            documents=documents,
            frequency=lambda term, field=field: frequency(field, term),  # type: ignore[misc]
        )
        for field, said in terms.items()
    }


def shown(weights: Weights) -> dict[str, float]:
    """Words, and of the pairs only the rare ones: names are made of them, where frequent ones lie across two words."""
    pairs_found = weights.get("pairs", {})
    rare = max(pairs_found.values(), default=0.0) / 2
    return {pair: weight for pair, weight in pairs_found.items() if weight > rare} | weights.get("words", {})
