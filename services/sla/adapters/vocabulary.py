"""Do the words of a pack exist? A misspelt class or event would make its rule silent."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel

from chassis.packs import PackFolder
from chassis.policy import Problem, fault, load
from services.sla.application.foreign import INSTANT
from services.sla.domain.facts import Vocabulary
from services.sla.domain.rules import ClockRule, SlaRules, When

_NONE = "none"


class _Coded(BaseModel):
    code: str


class _IntakeWords(BaseModel):
    """What intake.yaml of the same pack names; the rest of that file is intake's business."""

    categories: tuple[_Coded, ...]
    emergency_classes: tuple[_Coded, ...]


class _Items(BaseModel):
    """What items.yaml names."""

    items: tuple[_Coded, ...]


def vocabulary(policies: Path, folder: PackFolder) -> Vocabulary:
    """What cases under the pack can be. Raises PolicyError."""
    intake = load(folder.path / "intake.yaml", _IntakeWords)
    items = load(policies / "items.yaml", _Items)
    return Vocabulary(_codes(intake.categories), _codes(intake.emergency_classes), _codes(items.items))


def _codes(coded: Iterable[_Coded]) -> frozenset[str]:
    return frozenset(one.code for one in coded)


def unknown_words(path: Path, rules: SlaRules, known: Vocabulary) -> Iterator[Problem]:
    """Categories, emergency classes and events that nobody defines."""
    categories, classes = known.categories | {_NONE}, known.emergency_classes | {_NONE}
    for rule in rules.clocks:
        for when in _conditions(rule):
            yield from _unknown(path, when.category, categories, "类别", "category")
            yield from _unknown(path, when.emergency_class, classes, "紧急类别", "emergency class")
        yield from _unknown(path, _events(rule), INSTANT.keys(), "事件", "event")
    for example in rules.examples:
        for name, codes, zh, en in (
            ("category", categories, "类别", "category"),
            ("emergency_class", classes, "紧急类别", "emergency class"),
        ):
            word = example.facts.get(name)
            yield from _unknown(path, [str(word)] if word else [], codes, zh, en)


def _conditions(rule: ClockRule) -> Iterator[When]:
    yield rule.when
    for entry in rule.limits:
        yield entry.when
    if rule.extension is not None and rule.extension.barred is not None:
        yield rule.extension.barred


def _events(rule: ClockRule) -> Iterator[str]:
    yield from (*rule.starts_on, *rule.restarts_on, *rule.stops_on, *rule.cancels_on, *rule.moves_on)
    for hold in rule.holds:
        yield from (hold.starts, *hold.ends)


def _unknown(path: Path, words: Iterable[str], known: Iterable[str], zh: str, en: str) -> Iterator[Problem]:
    for word in words:
        if word not in known:
            yield fault(path, word, f"没有{zh} {word}", f"there is no {en} {word}")
