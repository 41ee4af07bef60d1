"""Do the words of a pack exist? A misspelt class, event or field would make its rule silent."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from chassis.codes import Coded, codes_of, supervision_grounds, unknown
from chassis.packs import PackFile, PackFolder
from chassis.policy import Problem, Words, load
from services.sla.application.foreign import INSTANT, INSTANTS
from services.sla.domain.facts import Vocabulary
from services.sla.domain.rules import ClockRule, SlaRules, When

_NONE = "none"
_CATEGORY, _CLASS, _ITEM = ("类别", "category"), ("紧急类别", "emergency class"), ("清单事项", "item")
_SUPERVISION = ("督办事由", "ground of supervision")


class _Named(Coded):
    """What people read of it where a deadline is explained."""

    name: Words


class _Cases(BaseModel):
    """What a pack's intake.yaml says that its cases can be."""

    categories: tuple[_Named, ...]
    emergency_classes: tuple[_Named, ...]


class _Item(Coded):
    name: str = ""


class _Items(BaseModel):
    """What items.yaml names."""

    items: tuple[_Item, ...]


def vocabulary(policies: Path, folder: PackFolder) -> Vocabulary:
    """What cases under the pack can be. Raises PolicyError."""
    cases = folder.file("intake.yaml").load(_Cases)
    items = load(policies / "items.yaml", _Items).items
    names = {("category", one.code): one.name for one in cases.categories}
    names |= {("emergency_class", one.code): one.name for one in cases.emergency_classes}
    names |= {("item", one.code): Words(zh=f"{one.code} {one.name}", en=f"item {one.code}") for one in items}
    return Vocabulary(
        categories=codes_of(cases.categories),
        emergency_classes=codes_of(cases.emergency_classes),
        items=codes_of(items),
        supervisions=supervision_grounds(folder),
        names=names,
    )


def unknown_words(source: PackFile, rules: SlaRules, known: Vocabulary) -> Iterator[Problem]:
    """Categories, emergency classes, items, events and fields of events that nobody defines."""
    for rule in rules.clocks:
        for when in _conditions(rule):
            yield from unknown(source, when.category, known.categories | {_NONE}, *_CATEGORY)
            yield from unknown(source, when.emergency_class, known.emergency_classes | {_NONE}, *_CLASS)
            yield from unknown(source, when.supervision, known.supervisions | {_NONE}, *_SUPERVISION)
        yield from unknown(source, _events(rule), INSTANT.keys(), "事件", "event")
        yield from unknown(source, _instants(rule), INSTANTS, "时刻字段", "instant of an event called")
    for example in rules.examples:
        for facts in (example.facts, *([example.corrected.to] if example.corrected else ())):
            yield from unknown(source, _given(facts.category), known.categories, *_CATEGORY)
            yield from unknown(source, _given(facts.emergency_class), known.emergency_classes, *_CLASS)
            yield from unknown(source, _given(facts.item), known.items, *_ITEM)
            yield from unknown(source, _given(facts.supervision), known.supervisions, *_SUPERVISION)


def _conditions(rule: ClockRule) -> Iterator[When]:
    yield rule.when
    for entry in rule.limits:
        yield entry.when
    for floor in rule.corrected.never_before if rule.corrected else ():
        yield floor.when
    if rule.extension is not None and rule.extension.barred is not None:
        yield rule.extension.barred


def _events(rule: ClockRule) -> Iterator[str]:
    yield from (*rule.starts_on, *rule.restarts_on, *rule.stops_on, *rule.cancels_on, *rule.voids_on, *rule.moves_on)
    yield from (*rule.own_limits_on, *([rule.corrected.by] if rule.corrected else ()))
    for hold in rule.holds:
        yield from (hold.starts, *hold.ends)


def _instants(rule: ClockRule) -> Iterator[str]:
    yield from (*_given(rule.starts_at), *rule.judged_by)


def _given(word: str) -> tuple[str, ...]:
    return (word,) if word else ()
