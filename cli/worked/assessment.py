"""What is asked of assessment.yaml: classes, ranking, what is low, what a unit may contest, what is left out."""

from collections.abc import Sequence
from datetime import timedelta

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.sla.application.analysing import spans_of_month, spans_of_season
from services.sla.application.assessing import month_of
from services.sla.domain.assessing import REVISITS, Rate, low_months, places
from services.sla.domain.matters import Counted, Matter, Span, expected, frequent


@asks("assessment.classes")
def compared_with(bench: Bench, *, level: str) -> Found:
    found = bench.assessment.class_of(level)
    return {"class": found.zh if found else "", "basis": [str(found.basis)] if found else []}


@asks("assessment.ranking")
def ranked(bench: Bench, *, rate: str, units: dict[str, list[int]]) -> Found:
    """Each unit's facts that count for it, of all its facts."""
    rules = bench.assessment.ranking
    if rate not in rules.rates:
        return {"places": {}}
    rates = {unit: Rate(kept, of, {}) for unit, (kept, of) in units.items()}
    return {"places": places(rates), "basis": [str(rules.basis)]}


@asks("assessment.low_satisfaction")
def low(bench: Bench, *, months: list[list[int]]) -> Found:
    """The unit's satisfied answers of all answers in each month, the newest first."""
    rule = bench.assessment.low_satisfaction
    assert rule is not None
    seen = [{"unit-a": {REVISITS: Rate(satisfied, answers, {})}} for satisfied, answers in months]
    found = low_months("unit-a", seen, rule)
    return {"low_months": found, "marked": found >= rule.months, "basis": [str(rule.basis)]}


@asks("assessment.exclusions")
def excluded(bench: Bench, *, reason: str) -> Found:
    found = bench.assessment.reason(reason)
    return {"because": found.zh, "basis": [str(found.basis)]}


@asks("assessment.appeals")
def appealed(bench: Bench, *, after_days: int) -> Found:
    """So many days of the calendar after the fact counted against the unit."""
    window, calendar = bench.assessment.appeals.window, bench.shop.rulebook.calendar(bench.city.code)
    return {"in_time": NOW + timedelta(days=after_days) <= window.due(NOW, calendar)}


@asks("assessment.matters")
def analysed(
    bench: Bench, *, month: int = 0, before: list[int] | None = None, years: list[list[int]] | None = None
) -> Found:
    """`month`: the cases of one matter in it; `before`: in the whole months before it, the newest first.

    `years`: instead, the cases in the month and in those before it, for each year back.
    """
    rules, matter = bench.assessment.matters, Matter("", "complaint")
    if years is not None:
        spans = spans_of_season(month_of(NOW), rules)
        cases = [number for year in years for number in year]
        seasons = expected(Counted(spans[-1][0], spans, {matter: cases}), rules)
        found = [season.years_back for one in seasons for season in one.seasons]
        return {"expected": bool(found), "years": found, "basis": [str(rules.seasonal.basis)]}
    spans = spans_of_month(month_of(NOW), rules)
    counted = _since(before or [], month, spans, matter)
    (one,) = frequent(counted, rules.concentrated)
    return {"concentrated": one.concentrated, "basis": [str(rules.concentrated.basis)]}


def _since(before: Sequence[int], month: int, spans: Sequence[Span], matter: Matter) -> Counted:
    """Counted since the first of those months."""
    rest = [0] * (len(spans) - 1 - len(before))
    return Counted(spans[len(before)][0], spans, {matter: [month, *before, *rest]})
