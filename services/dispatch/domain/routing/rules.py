"""What a routing rule is, and what it finds in a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """The steps of routing; the pack of the regime puts them in order."""

    EMERGENCY = "emergency"
    ITEM = "item"
    CATALOGUE = "catalogue"
    TERRITORY = "territory"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What routing knows of a case; the texts are masked."""

    category: str = ""
    item: str = ""
    area: str = ""
    respondent_unit: str = ""
    emergency_class: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    text: str = ""
    # The order comes back by an agreed return, and never to a unit that had it.
    after_return: bool = False
    had_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conditions:
    """Facts that a rule asks for; an empty set asks for nothing."""

    categories: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    emergency_classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str], ...] = ()
    without_item: bool = False
    after_return: bool = False

    def hold_for(self, case: CaseFacts) -> bool:
        """Whether every fact is as asked, attributes aside."""
        return (
            (not self.categories or case.category in self.categories)
            and (not self.items or case.item in self.items)
            and (not self.areas or case.area in self.areas)
            and (not self.emergency_classes or case.emergency_class in self.emergency_classes)
            and not (self.without_item and case.item)
            and (not self.after_return or case.after_return)
        )

    def missing(self, case: CaseFacts) -> tuple[str, ...]:
        """The attributes that are not as asked."""
        return tuple(name for name, value in self.attributes if case.attributes.get(name) != value)

    @property
    def count(self) -> int:
        """How many facts of the case it asks for: the more, the more specific. A missing item is no such fact."""
        asked = (self.categories, self.items, self.areas, self.emergency_classes)
        return sum(1 for fact in asked if fact) + len(self.attributes)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the catalogue. Without a unit of its own it names the area's, or `otherwise` without an area."""

    id: str
    step: Step
    rule: str
    article: str
    unit: str = ""
    otherwise: str = ""
    co_units: tuple[str, ...] = ()
    led: bool = True
    when: Conditions = field(default_factory=Conditions)
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def basis(self) -> str:
        return f"{self.rule}, {self.article}"


@dataclass(frozen=True, slots=True)
class Score:
    """What the words of one rule came to, and which terms made it, heaviest first."""

    value: int = 0
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """A term of the subject line counts `subject_factor` times; a score below `least` says nothing."""

    subject_factor: int
    least: int
