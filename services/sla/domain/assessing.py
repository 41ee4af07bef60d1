"""月度考核: units of one kind beside each other, each rate by itself. Whom to praise or to name, people decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from services.sla.domain.assessment_rules import LowSatisfaction

REVISITS = "revisit_satisfaction"


@dataclass(frozen=True, slots=True)
class Rate:
    """What counts, and how many facts were left out for which reason."""

    numerator: int
    denominator: int
    excluded: Mapping[str, int]

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


# By unit, then by rate.
Month = Mapping[str, Mapping[str, Rate]]


def places(rates: Mapping[str, Rate]) -> dict[str, int]:
    """By unit, from 1, the best first; equal rates share a place, and the next one is as much later."""
    shares = {unit: rate.share for unit, rate in rates.items() if rate.denominator}
    return {unit: 1 + sum(other > share for other in shares.values()) for unit, share in shares.items()}


def is_low(rate: Rate | None, rule: LowSatisfaction) -> bool:
    """Few answers tell nothing."""
    if rate is None or rate.denominator < rule.least_answers:
        return False
    return rate.numerator * 100 < rule.below_percent * rate.denominator


def low_months(unit: str, months: Sequence[Month], rule: LowSatisfaction) -> int:
    """How many months in a row, the newest first, as far as the rule looks back."""
    lows: Iterable[bool] = (is_low(month.get(unit, {}).get(REVISITS), rule) for month in months[: rule.months])
    return sum(takewhile(bool, lows))
