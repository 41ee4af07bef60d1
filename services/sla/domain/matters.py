"""集中诉求: what many cases are about in one month, and what comes back with the season (未诉先办)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from chassis.policy import Basis, Policy, Unsound

Span = tuple[datetime, datetime]


class Concentrated(Policy):
    """So many cases of one matter in a month, and so much more than the mean of the months before."""

    least_cases: Annotated[int, Field(ge=1)]
    more_percent: Annotated[int, Field(ge=1, le=1000)]
    months_before: Annotated[int, Field(ge=1, le=12)]
    basis: Basis


class Seasonal(Policy):
    """Concentrated in the same month of so many of the years before: it is expected again."""

    times: Annotated[int, Field(ge=1)]
    of_years: Annotated[int, Field(ge=1, le=10)]
    basis: Basis

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.times > self.of_years:
            raise Unsound("times 不得大于 of_years", "times must not exceed of_years")
        return self


class MatterRules(Policy):
    """What the analysis of matters goes by."""

    concentrated: Concentrated
    seasonal: Seasonal


@dataclass(frozen=True, slots=True, order=True)
class Matter:
    """What a case is about: the item of the list; where it is on no list, the category. Of one area, or of all."""

    item: str
    category: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The cases of each matter in each of the spans asked for, and since when the city's matters are counted."""

    since: datetime | None
    spans: Sequence[Span]
    cases: Mapping[Matter, Sequence[int]]

    def whole(self, span: int) -> bool:
        """A span in which the counting began would make everything after it look like more."""
        return self.since is not None and self.since <= self.spans[span][0]

    def before(self, matter: Matter, spans: Sequence[int]) -> list[int]:
        """Its cases in those of the spans that were counted whole."""
        return [self.cases[matter][span] for span in spans if self.whole(span)]


@dataclass(frozen=True, slots=True)
class FrequentMatter:
    """One matter of a month beside the months before and the same month a year earlier."""

    matter: Matter
    cases: int
    # None: not counted then.
    month_before: int | None
    year_before: int | None
    # In the months before that are compared, and how many those are.
    cases_before: int
    months_before: int
    concentrated: bool


@dataclass(frozen=True, slots=True)
class Season:
    """The same month so many years back, in which a matter was concentrated."""

    years_back: int
    cases: int
    cases_before: int
    months_before: int


@dataclass(frozen=True, slots=True)
class SeasonalMatter:
    """One that is expected in a month, by those of earlier years, the newest first."""

    matter: Matter
    seasons: Sequence[Season]


def is_concentrated(cases: int, before: Sequence[int], rule: Concentrated) -> bool:
    """Without a month to compare with nothing is known to be more."""
    more = cases * 100 * len(before) >= sum(before) * (100 + rule.more_percent)
    return bool(before) and cases >= rule.least_cases and more


def frequent(counted: Counted, rule: Concentrated) -> list[FrequentMatter]:
    """The most frequent first. The spans: the month, those before it from the newest on, the month a year earlier."""
    last = len(counted.spans) - 1
    found = [_frequent(matter, counted, last, rule) for matter, cases in counted.cases.items() if cases[0]]
    return sorted(found, key=lambda one: (-one.cases, one.matter))


def _frequent(matter: Matter, counted: Counted, last: int, rule: Concentrated) -> FrequentMatter:
    cases, before = counted.cases[matter], counted.before(matter, range(1, last))
    return FrequentMatter(
        matter=matter,
        cases=cases[0],
        month_before=cases[1] if counted.whole(1) else None,
        year_before=cases[last] if counted.whole(last) else None,
        cases_before=sum(before),
        months_before=len(before),
        concentrated=is_concentrated(cases[0], before, rule),
    )


def expected(counted: Counted, rules: MatterRules) -> list[SeasonalMatter]:
    """The surest first. The spans: for each year back the same month, and those before it from the newest on."""
    found = [SeasonalMatter(matter, list(_seasons(matter, counted, rules))) for matter in counted.cases]
    again = [one for one in found if len(one.seasons) >= rules.seasonal.times]
    return sorted(again, key=lambda one: (-len(one.seasons), -sum(s.cases for s in one.seasons), one.matter))


def _seasons(matter: Matter, counted: Counted, rules: MatterRules) -> Iterator[Season]:
    months = 1 + rules.concentrated.months_before
    for back in range(rules.seasonal.of_years):
        first = back * months
        cases, before = counted.cases[matter][first], counted.before(matter, range(first + 1, first + months))
        if is_concentrated(cases, before, rules.concentrated):
            yield Season(1 + back, cases, sum(before), len(before))
