"""The explanations of routing, in Chinese and English."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.dispatch.domain.routing.rules import Conditions, Step

NO_ROUTE_ZH = "没有规则适用，转派单员处理"
NO_ROUTE_EN = "no rule applies; the dispatchers decide"

_STEPS = {
    Step.EMERGENCY: ("紧急事项", "emergency"),
    Step.ITEM: ("便民服务事项清单", "item list"),
    Step.CATALOGUE: ("派单目录", "catalogue"),
    Step.TERRITORY: ("属地管理", "territory"),
    Step.FALLBACK: ("兜底单位", "fallback"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the explanation of a sent case says."""

    unit: str
    step: Step
    rule: str
    basis: str
    terms: tuple[str, ...]
    next_best: str
    moved_from: str
    attributes: tuple[str, ...]

    def zh(self) -> str:
        parts = [f"按{_STEPS[self.step][0]}规则 {self.rule}（{self.basis}）派往{self.unit}"]
        if self.terms:
            parts.append(f"依据词语：{'、'.join(self.terms[:6])}")
        if self.moved_from:
            parts.append(f"{self.moved_from}为被反映单位或其下级，改由其上级办理")
        if self.next_best:
            parts.append(f"其次为{self.next_best}")
        if self.attributes:
            parts.append(f"可能改变结果的属性：{'、'.join(self.attributes)}")
        return "；".join(parts)

    def en(self) -> str:
        parts = [f"sent to {self.unit} by rule {self.rule} ({self.basis}) of the step {_STEPS[self.step][1]}"]
        if self.terms:
            parts.append(f"words: {', '.join(self.terms[:6])}")
        if self.moved_from:
            parts.append(f"{self.moved_from} is the respondent or below it, so its superior handles the case")
        if self.next_best:
            parts.append(f"next best: {self.next_best}")
        if self.attributes:
            parts.append(f"attributes that would change it: {', '.join(self.attributes)}")
        return "; ".join(parts)


def why(when: Conditions, terms: tuple[str, ...], score: int) -> str:
    """What made a rule match: its facts, its words and their score."""
    facts = [
        *(["category"] if when.categories else []),
        *(["item"] if when.items else []),
        *(["area"] if when.areas else []),
        *(["emergency_class"] if when.emergency_classes else []),
        *(f"{name}={value}" for name, value in when.attributes),
    ]
    found = f"{'、'.join(terms)} = {score}" if terms else ""
    return "; ".join(part for part in (", ".join(facts), found) if part)


def repeated_zh(unit: str, basis: str) -> str:
    return f"重复事项，派往原答复单位{unit}，仅作说明（{basis}）"


def repeated_en(unit: str, basis: str) -> str:
    return f"a repeat: sent to {unit}, which answered it before, for explanation only ({basis})"


def equal_zh(names: Sequence[str]) -> str:
    return f"同级规则指向不同单位：{'、'.join(names)}，转派单员处理"


def equal_en(names: Sequence[str]) -> str:
    return f"rules of equal rank name different units: {', '.join(names)}; the dispatchers decide"


def conflict_zh(respondent: str) -> str:
    return f"被反映单位为{respondent}，没有可派的上级单位，转派单员处理"


def conflict_en(respondent: str) -> str:
    return f"the case is about {respondent} and nobody above it is known; the dispatchers decide"
