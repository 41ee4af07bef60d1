"""What is asked of assessment.yaml: classes, ranking, what is low, what a unit may contest, what is left out."""

from datetime import timedelta

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.sla.domain.assessing import REVISITS, Rate, low_months, places


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
