"""通报、排名: the units of a city ranked by the pack's rates over a period, and those that people name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import DomainError, Status, Transitions
from services.sla.domain.assessing import Month, places
from services.sla.domain.assessment_rules import AssessmentRules
from services.sla.domain.events import CircularPublished, CircularWithdrawn


class CircularState(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


CIRCULAR = Transitions(
    {
        CircularState.DRAFTED: {CircularState.PUBLISHED, CircularState.WITHDRAWN},
        CircularState.PUBLISHED: {CircularState.WITHDRAWN},
    },
    final={CircularState.WITHDRAWN},
)


class GroundNotFound(DomainError):
    """A unit is named for what counts against it in the period, and for nothing else."""

    status = Status.FAILED_PRECONDITION
    zh = "统计期间内单位 {unit} 没有点名事由 {ground}"
    en = "nothing counts against unit {unit} on the ground {ground} in the period"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One rate of a unit with its place in the class, from 1; 0: nothing counts."""

    kpi: str
    numerator: int
    denominator: int
    excluded: int
    exclusions: Mapping[str, int]
    place: int


@dataclass(frozen=True, slots=True)
class RankedUnit:
    unit: str
    rates: list[Ranked]


@dataclass(frozen=True, slots=True)
class RankedClass:
    code: str
    zh: str
    en: str
    units: list[RankedUnit]


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """点名: the ground with its article, how often it was found (0: by hand), and what the office says."""

    unit: str
    ground: str
    zh: str
    en: str
    rule: str
    article: str
    count: int
    words: str = ""


@dataclass
class Circular:
    """What was counted when it was drawn up; a fact that is excluded later changes nothing in it."""

    id: str
    city: str
    pack: str
    title: str
    text: str
    start: datetime
    end: datetime
    drawn_at: datetime
    drawn_by: bytes
    classes: list[RankedClass]
    named: list[NamedUnit] = field(default_factory=list)
    state: CircularState = CircularState.DRAFTED
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdraw_reason: str = ""
    version: int = 0

    @property
    def units(self) -> list[str]:
        """All that it speaks of."""
        ranked = {one.unit for each in self.classes for one in each.units}
        return sorted(ranked | {one.unit for one in self.named})

    def publish(self, now: datetime) -> CircularPublished:
        CIRCULAR.check(self.state, CircularState.PUBLISHED)
        self.state, self.published_at = CircularState.PUBLISHED, now
        return CircularPublished(
            city=self.city,
            circular_id=self.id,
            title=self.title,
            start_at=self.start,
            end_at=self.end,
            units=self.units,
            named=sorted({one.unit for one in self.named}),
            published_at=now,
        )

    def withdraw(self, reason: str, now: datetime) -> CircularWithdrawn:
        """Also a draft, which nobody has read; it stays in the file."""
        CIRCULAR.check(self.state, CircularState.WITHDRAWN)
        told = self.units if self.state is CircularState.PUBLISHED else []
        self.state, self.withdrawn_at, self.withdraw_reason = CircularState.WITHDRAWN, now, reason
        return CircularWithdrawn(city=self.city, circular_id=self.id, title=self.title, units=told, withdrawn_at=now)


def ranked(month: Month, levels: Mapping[str, str], rules: AssessmentRules) -> list[RankedClass]:
    """The classes of the pack that have figures, each unit by the rates that the pack ranks by."""
    found = []
    for one in rules.classes:
        units = [unit for unit in sorted(month) if rules.class_of(levels.get(unit, "")) == one]
        if units:
            found.append(RankedClass(one.code, one.zh, one.en, _ranked(units, month, rules.ranking.rates)))
    return found


def _ranked(units: Sequence[str], month: Month, rates: Iterable[str]) -> list[RankedUnit]:
    placed = {kpi: places({u: month[u][kpi] for u in units if kpi in month[u]}) for kpi in rates}
    return [RankedUnit(unit, [_rate(unit, kpi, month, placed[kpi]) for kpi in placed]) for unit in units]


def _rate(unit: str, kpi: str, month: Month, placed: Mapping[str, int]) -> Ranked:
    rate = month[unit].get(kpi)
    if rate is None:
        return Ranked(kpi, 0, 0, 0, {}, 0)
    left_out, place = dict(rate.excluded), placed.get(unit, 0)
    return Ranked(kpi, rate.numerator, rate.denominator, sum(left_out.values()), left_out, place)
