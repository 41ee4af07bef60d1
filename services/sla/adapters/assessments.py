"""Reads what the packs say of the assessment of units; every fault stops the start with file and line."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from chassis.codes import clock_kinds, unknown
from chassis.packs import PackFile, PackFolder, load_packs
from chassis.policy import PolicyError, Problem, load, load_cities
from services.sla.domain.assessment_rules import AssessmentRules


class _Unit(BaseModel):
    id: str
    level: str


class _Directory(BaseModel):
    """``cities/<code>/units.yaml``, which dispatch reads: here only of what kind each unit is."""

    units: tuple[_Unit, ...]


def load_unit_levels(policies: Path) -> dict[str, dict[str, str]]:
    """By city and unit. Raises PolicyError."""
    files = {code: policies / "cities" / code / "units.yaml" for code in load_cities(policies)}
    return {code: {unit.id: unit.level for unit in load(file, _Directory).units} for code, file in files.items()}


def load_assessments(policies: Path) -> dict[str, AssessmentRules]:
    """By pack and version. Raises PolicyError."""
    return {ref: _load(folder) for ref, folder in load_packs(policies).folders.items()}


def _load(folder: PackFolder) -> AssessmentRules:
    source = folder.file("assessment.yaml")
    rules = source.load(AssessmentRules)
    codes = [reason.code for reason in rules.exclusions]
    problems = []
    if rules.pack != folder.name:
        zh, en = f"文件属于规则包 {rules.pack}", f"the file says it belongs to {rules.pack}"
        problems.append(source.fault(rules.pack, zh, en))
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        problems.append(source.fault(code, f"剔除事由 {code} 重复", f"the reason {code} stands twice"))
    problems += _unclear_classes(source, rules)
    problems += unknown(source, (one.report for one in rules.copies), {r.code for r in rules.reports}, "报告", "report")
    problems += _unknown_in_circulars(source, rules, clock_kinds(folder))
    if problems:
        raise PolicyError(problems)
    return rules


def _unclear_classes(source: PackFile, rules: AssessmentRules) -> Iterator[Problem]:
    """A level belongs to one class, and one class at most takes all the rest."""
    levels = [level for one in rules.classes for level in one.levels or ("",)]
    for level in sorted({level for level in levels if levels.count(level) > 1}):
        key = level or "classes"
        yield source.fault(key, f"单位层级 {level} 属于多个分类", f"several classes have units of the level {level}")


def _unknown_in_circulars(source: PackFile, rules: AssessmentRules, kinds: frozenset[str]) -> Iterator[Problem]:
    """A ground that counts clocks or months which the pack does not have would find nobody."""
    for ground in rules.circulars.grounds:
        yield from unknown(source, ground.late, kinds, "时限", "clock")
        yield from unknown(source, ground.findings, _FINDINGS, "督办结论", "finding")
        if ground.low_satisfaction and rules.low_satisfaction is None:
            zh, en = f"{ground.code} 须有 low_satisfaction", f"{ground.code} needs low_satisfaction"
            yield source.fault(ground.code, zh, en)


# What dispatch says of a supervision that is closed.
_FINDINGS = frozenset({"rectified", "not_rectified", "withdrawn"})
