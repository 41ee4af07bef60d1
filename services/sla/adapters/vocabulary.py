"""Do the words of a pack exist? A misspelt class or event would make its rule silent."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel

from chassis.policy import Problem, fault, load
from services.sla.application.foreign import INSTANT
from services.sla.domain.rules import ClockRule, SlaRules, When

_NONE = "none"


class _Coded(BaseModel):
    code: str


class _IntakeWords(BaseModel):
    """What intake.yaml of the same pack names; the rest of that file is intake's business."""

    categories: tuple[_Coded, ...]
    emergency_classes: tuple[_Coded, ...]


def unknown_words(path: Path, rules: SlaRules) -> Iterator[Problem]:
    """Categories, emergency classes and events that nobody defines."""
    intake = load(path.with_name("intake.yaml"), _IntakeWords)
    categories = {c.code for c in intake.categories} | {_NONE}
    classes = {c.code for c in intake.emergency_classes} | {_NONE}
    for rule in rules.clocks:
        for when in _conditions(rule):
            yield from _unknown(path, when.category, categories, "类别", "category")
            yield from _unknown(path, when.emergency_class, classes, "紧急类别", "emergency class")
        yield from _unknown(path, _events(rule), INSTANT.keys(), "事件", "event")
    for example in rules.examples:
        for name, known, zh, en in (
            ("category", categories, "类别", "category"),
            ("emergency_class", classes, "紧急类别", "emergency class"),
        ):
            word = example.facts.get(name)
            yield from _unknown(path, [str(word)] if word else [], known, zh, en)


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
