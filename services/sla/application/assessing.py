"""月度考核: the rates of one month by classes of units, and who was low in return visits for how long."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field

from chassis.access import Role
from chassis.message import City, Instant, Query
from chassis.work import Read
from services.sla.application.ports import Assessments, Period, Rollup, UnitLevels
from services.sla.application.queries import queries
from services.sla.application.views import AssessedClass, AssessedRate, AssessedUnit, MonthlyAssessment
from services.sla.domain.assessing import Month, Rate, low_months, places
from services.sla.domain.assessment_rules import AssessmentRules
from services.sla.domain.calendar import SHANGHAI, local
from services.sla.domain.rulebook import Rulebook


class GetMonthlyAssessment(Query):
    """The units of one city in one month, local time."""

    city: City
    # Empty: the last one that is over.
    month: Annotated[str, Field(pattern=r"^(20\d{2}-(0[1-9]|1[0-2]))?$")] = ""
    as_of_time: Instant | None = None


@queries.on(GetMonthlyAssessment, roles={Role.SUPERVISOR, Role.PROVINCE})
def get_monthly_assessment(
    query: GetMonthlyAssessment,
    read: Read,
    *,
    rulebook: Rulebook,
    rollup: Rollup,
    assessments: Assessments,
    unit_levels: UnitLevels,
) -> MonthlyAssessment:
    """By the pack that the city follows now. Raises CityWithoutPolicy."""
    rules = assessments[rulebook.pack_of_city(query.city).ref]
    as_of = min(query.as_of_time or read.now, read.now)
    back = rules.low_satisfaction.months if rules.low_satisfaction else 1
    month = query.month or month_before(as_of)
    months = [counted(rollup, read, query.city, span, as_of) for span in spans(month, back)]
    levels = unit_levels.get(query.city, {})
    by_class: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(months[0]):
        found = rules.class_of(levels.get(unit, ""))
        if found is not None:
            by_class[found.code].append(unit)
    classes = [
        AssessedClass(one.code, one.zh, one.en, _units(by_class[one.code], months, rules))
        for one in rules.classes
        if one.code in by_class
    ]
    return MonthlyAssessment(query.city, month, as_of, classes)


def month_of(instant: datetime) -> str:
    return f"{local(instant):%Y-%m}"


def month_before(now: datetime) -> str:
    return f"{local(now).replace(day=1) - timedelta(days=1):%Y-%m}"


def spans(month: str, back: int) -> list[tuple[datetime, datetime]]:
    """The month and those before it, the newest first."""
    start = datetime.strptime(month, "%Y-%m").replace(tzinfo=SHANGHAI)
    end = (start + timedelta(days=32)).replace(day=1)
    found = []
    for _ in range(back):
        found.append((start.astimezone(UTC), end.astimezone(UTC)))
        start, end = (start - timedelta(days=1)).replace(day=1), start
    return found


def counted(rollup: Rollup, read: Read, city: str, span: tuple[datetime, datetime], as_of: datetime) -> Month:
    month: dict[str, dict[str, Rate]] = defaultdict(dict)
    for cell in rollup.cells(read, Period(*span, as_of, [city])):
        if cell.unit is not None:
            month[cell.unit][cell.kpi] = Rate(cell.numerator, cell.denominator, cell.excluded)
    return month


def _units(units: Sequence[str], months: Sequence[Month], rules: AssessmentRules) -> list[AssessedUnit]:
    now, low = months[0], rules.low_satisfaction
    placed: dict[str, dict[str, int]] = {
        kpi: places({u: now[u][kpi] for u in units if kpi in now[u]}) for kpi in rules.ranking.rates
    }
    found = []
    for unit in units:
        rates = [_rate(kpi, rate, placed.get(kpi, {}).get(unit, 0)) for kpi, rate in sorted(now[unit].items())]
        lows = low_months(unit, months, low) if low else 0
        found.append(AssessedUnit(unit, rates, lows > 0, lows, low is not None and lows >= low.months))
    return found


def _rate(kpi: str, rate: Rate, place: int) -> AssessedRate:
    left_out = sum(rate.excluded.values())
    return AssessedRate(kpi, rate.numerator, rate.denominator, left_out, rate.excluded, place)
