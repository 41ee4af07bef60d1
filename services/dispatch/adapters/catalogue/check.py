"""What makes a directory or a rule impossible to evaluate."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chassis.codes import CaseCodes
from chassis.policy import Problem, fault
from services.dispatch.adapters.catalogue.files import AreasFile, ItemsFile, RuleEntry, UnitsFile
from services.dispatch.domain.routing import Directory


def check_directory(folder: Path, units: UnitsFile, areas: AreasFile, duties: frozenset[str]) -> list[Problem]:
    path = folder / "units.yaml"
    return [*_units(path, units, duties), *_circles(path, units), *_areas(folder / "areas.yaml", units, areas)]


def _units(path: Path, units: UnitsFile, duties: frozenset[str]) -> Iterator[Problem]:
    known = {unit.id for unit in units.units}
    for id, times in Counter(unit.id for unit in units.units).items():
        if times > 1:
            yield fault(path, id, f"单位 {id} 重复", f"unit {id} stands twice")
    for unit in units.units:
        if unit.supervised_by and unit.supervised_by not in known:
            yield fault(path, unit.supervised_by, f"没有单位 {unit.supervised_by}", f"no unit {unit.supervised_by}")
    held = Counter(duty for unit in units.units for duty in unit.duties)
    for duty in sorted(duties - held.keys()):
        yield fault(path, "units", f"职责 {duty} 没有单位承担", f"no unit holds the duty {duty}")
    for duty in sorted(held.keys() - duties):
        if not duty.startswith("own-"):
            yield fault(path, duty, f"未知职责 {duty}", f"unknown duty {duty}")
    for duty, times in held.items():
        if times > 1:
            yield fault(path, duty, f"职责 {duty} 有多个单位承担", f"several units hold the duty {duty}")


def _circles(path: Path, units: UnitsFile) -> Iterator[Problem]:
    above = {unit.id: unit.supervised_by for unit in units.units}
    for id, at in above.items():
        seen = [id, at]
        while seen[-1] and seen[-1] not in seen[:-1]:
            seen.append(above.get(seen[-1], ""))
        if seen[-1] == id:
            yield fault(path, id, f"{id} 的上级关系成环", f"the superiors of {id} form a circle")


def _areas(path: Path, units: UnitsFile, areas: AreasFile) -> Iterator[Problem]:
    known = {unit.id for unit in units.units}
    for code, times in Counter(area.code for area in areas.areas).items():
        if times > 1:
            yield fault(path, code, f"区域 {code} 重复", f"area {code} stands twice")
    for area in areas.areas:
        if area.unit not in known:
            yield fault(path, area.unit, f"没有单位 {area.unit}", f"no unit {area.unit}")


def check_rule(
    path: Path, entry: RuleEntry, directory: Directory, items: ItemsFile, cases: CaseCodes
) -> Iterator[Problem]:
    """Every fault of one rule, placed at its line."""
    for zh, en in (*_target(entry, directory), *_facts(entry, directory, items, cases), *_terms(entry)):
        yield fault(path, entry.id, f"规则 {entry.id}：{zh}", f"rule {entry.id}: {en}")


def _target(entry: RuleEntry, directory: Directory) -> Iterator[tuple[str, str]]:
    if [bool(entry.duty), bool(entry.unit), bool(entry.to)].count(True) != 1:
        yield "须且只须写 duty、unit、to 之一", "exactly one of duty, unit and to"
    for duty in (entry.duty, entry.otherwise, *entry.co):
        if duty and duty not in directory.by_duty and duty not in directory.units:
            yield f"没有单位承担 {duty}", f"no unit holds {duty}"
    if entry.unit and entry.unit not in directory.units:
        yield f"没有单位 {entry.unit}", f"no unit {entry.unit}"
    for unit in (entry.unit, *entry.co):
        if unit in directory.units and directory.units[unit].level == "section":
            yield f"{unit} 是内设机构，应派给其所属单位", f"{unit} is a section: its unit gets the order"


def _facts(entry: RuleEntry, directory: Directory, items: ItemsFile, cases: CaseCodes) -> Iterator[tuple[str, str]]:
    codes = {item.code for item in items.items}
    for name, asked, known in (
        ("category", entry.when.category, cases.categories),
        ("emergency class", entry.when.emergency_class, cases.emergency_classes),
        ("item", (*entry.items, *entry.when.item), codes),
        ("area", entry.when.area, directory.areas.keys()),
    ):
        for value in asked:
            if value not in known:
                yield f"未知 {name} {value}", f"unknown {name} {value}"
    for name, value in entry.when.attributes.items():
        if name not in items.attributes or value not in items.attributes[name].values:
            yield f"未知属性 {name}={value}", f"unknown attribute {name}={value}"


def _terms(entry: RuleEntry) -> Iterator[tuple[str, str]]:
    terms = Counter((*entry.words.strong, *entry.words.words, *entry.words.weak))
    for term, times in terms.items():
        if times > 1:
            yield f"词语 {term} 重复", f"the term {term} stands twice"
    asks = entry.items or terms or entry.to or entry.when.model_fields_set
    if not asks:
        yield "没有任何条件", "it asks for nothing"
