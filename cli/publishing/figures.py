"""Publishable figures of a month, from the rows of the KPI report: no unit, nothing that rests on a few cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.policy import Basis, Policy, PolicyError, Words, fault, load
from services.sla.domain.assessment_rules import Rate
from services.sla.domain.calendar import SHANGHAI


class SmallNumbers(Policy):
    """What rests on fewer cases is not shown."""

    fewer_than: Annotated[int, Field(ge=2, le=100)]
    basis: Basis


class Settled(Policy):
    """A month is counted as of the end of this day of the month after it."""

    day: Annotated[int, Field(ge=1, le=28)]
    basis: Basis


class FigureRule(Policy):
    """A rate of the KPI report that is published."""

    kpi: (
        Rate
        | Literal["case_on_time", "satisfaction_apart", "instant_answer", "refused", "call_answer", "prompt_answer"]
    )
    name: Words
    counts: Words


class Publication(Policy):
    """``policies/publication.yaml``."""

    basis: Basis
    small_numbers: SmallNumbers
    settled: Settled
    figures: Annotated[tuple[FigureRule, ...], Field(min_length=1)]


def load_publication(policies: Path) -> Publication:
    """Raises PolicyError."""
    path = policies / "publication.yaml"
    found = load(path, Publication)
    codes: list[str] = [one.kpi for one in found.figures]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise PolicyError([fault(path, twice[0], f"{twice[0]} 重复", f"{twice[0]} stands twice")])
    return found


@dataclass(frozen=True)
class Month:
    """A month in local time, until when it is counted, and until when for the public."""

    first: date
    as_of: datetime
    settled_at: datetime

    @property
    def start(self) -> datetime:
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        return _midnight((self.first + timedelta(days=31)).replace(day=1))

    @property
    def complete(self) -> bool:
        return self.end <= self.as_of

    @property
    def preliminary(self) -> bool:
        return self.as_of < self.settled_at


def settled(first: date, rules: Publication) -> Month:
    """As it is published, whenever that is."""
    day = (first + timedelta(days=31)).replace(day=rules.settled.day)
    at = _midnight(day + timedelta(days=1))
    return Month(first, at, at)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class LeftOut:
    """Facts in neither number for one reason; hidden: so few that their number is not told."""

    reason: str
    hidden: bool
    count: int | None


@dataclass(frozen=True)
class Figure:
    """One rate of the city, or of a category of it; what is hidden has no numbers."""

    kpi: str
    category: str
    hidden: bool
    numerator: int | None
    denominator: int | None
    left_out: Sequence[LeftOut] = ()

    @property
    def percent(self) -> float | None:
        return round(100 * (self.numerator or 0) / self.denominator, 1) if self.denominator else None


Row = Mapping[str, Any]


def publishable(rows: Iterable[Row], rules: Publication) -> list[Figure]:
    """By figure: the whole city, then its categories. Rows of units are passed over, whatever they hold."""
    of_city, least = [row for row in rows if not row["unit"]], rules.small_numbers.fewer_than
    found: list[Figure] = []
    for rule in rules.figures:
        own = [row for row in of_city if row["kpi"] == rule.kpi]
        total = next((row for row in own if not row["category"]), None)
        categories = [row for row in own if row["category"] and row["denominator"]]
        found.append(_whole(rule.kpi, total, least))
        hidden = hidden_among(_parts(total, categories), least)
        found += [_figure(row, hidden=row["category"] in hidden) for row in categories]
    return found


def _parts(total: Row | None, categories: Sequence[Row]) -> dict[str, int]:
    """What the whole is the sum of: who takes the categories from it learns of the facts without one."""
    counts = {row["category"]: int(row["denominator"]) for row in categories}
    rest = int(total["denominator"]) - sum(counts.values()) if total else 0
    return counts | ({"": rest} if rest > 0 else {})


def hidden_among(counts: Mapping[str, int], least: int) -> set[str]:
    """The small ones, and as many of the next as it takes that none comes out by taking the rest from the whole."""
    order = sorted(counts, key=lambda name: (counts[name], name))
    hidden = [name for name in order if counts[name] < least]
    for name in order[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= least):
            break
        hidden.append(name)
    return set(hidden)


def _whole(kpi: str, row: Row | None, least: int) -> Figure:
    """Of the city, with what was left out; without a row nothing fell into the month."""
    if row is None:
        return Figure(kpi, "", hidden=False, numerator=0, denominator=0)
    left_out = [
        LeftOut(reason, hidden=count < least, count=None if count < least else count)
        for reason, count in sorted(row["exclusions"].items())
    ]
    return _figure(row, hidden=0 < row["denominator"] < least, left_out=left_out)


def _figure(row: Row, *, hidden: bool, left_out: Sequence[LeftOut] = ()) -> Figure:
    if hidden:
        return Figure(row["kpi"], row["category"], True, None, None, left_out)
    return Figure(row["kpi"], row["category"], False, int(row["numerator"]), int(row["denominator"]), left_out)
