"""Finding the catalogue's terms in a text, in one pass, and what they come to for each rule."""

from collections.abc import Iterable, Iterator, Mapping

from services.dispatch.domain.routing.rules import Rule, Score, Scoring


class Terms:
    """A set of terms; of overlapping ones the leftmost and longest counts, so that 工伤保险 is not also 保险."""

    def __init__(self, terms: Iterable[str]) -> None:
        pairs: dict[str, list[str]] = {}
        singles: set[str] = set()
        for term in set(terms):
            if len(term) == 1:
                singles.add(term)
            else:
                pairs.setdefault(term[:2], []).append(term)
        self._singles = frozenset(singles)
        self._pairs = {head: tuple(sorted(found, key=lambda t: (-len(t), t))) for head, found in pairs.items()}

    def found_in(self, text: str) -> frozenset[str]:
        """The distinct terms of the text."""
        return frozenset(self._scan(text))

    def _scan(self, text: str) -> Iterator[str]:
        at, end = 0, len(text)
        while at < end:
            term = ""
            for candidate in self._pairs.get(text[at : at + 2], ()):
                if text.startswith(candidate, at):
                    term = candidate
                    break
            if not term and text[at] in self._singles:
                term = text[at]
            if term:
                yield term
            at += len(term) or 1


class WordScores:
    """The score of every word rule for a text; each term knows the rules that look for it."""

    def __init__(self, rules: Iterable[Rule], scoring: Scoring) -> None:
        self._scoring = scoring
        self._rules_of: dict[str, list[tuple[str, int]]] = {}
        for rule in rules:
            for term, weight in rule.weights.items():
                self._rules_of.setdefault(term, []).append((rule.id, weight))
        self._terms = Terms(self._rules_of)

    def of(self, subject: str, text: str) -> Mapping[str, Score]:
        """By rule id; rules whose score stays below the least are left out."""
        if not self._rules_of:
            return {}
        in_subject = self._terms.found_in(subject)
        values: dict[str, dict[str, int]] = {}
        for term in in_subject | self._terms.found_in(text):
            factor = self._scoring.subject_factor if term in in_subject else 1
            for rule, weight in self._rules_of[term]:
                values.setdefault(rule, {})[term] = weight * factor
        return {rule: score for rule, found in values.items() if (score := _score(found)).value >= self._scoring.least}


def _score(found: Mapping[str, int]) -> Score:
    return Score(sum(found.values()), tuple(sorted(found, key=lambda term: (-found[term], term))))
