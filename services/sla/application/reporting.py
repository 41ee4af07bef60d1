"""The KPI report: cells of the rollup, and the total of each city over its categories."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from services.sla.application.ports import Cell, Period
from services.sla.application.views import KpiRow
from services.sla.domain.calendar import SHANGHAI, local

EVER = datetime(2000, 1, 1, tzinfo=UTC)


def period(
    now: datetime, start: datetime | None, end: datetime | None, as_of: datetime | None, cities: Sequence[str]
) -> Period:
    """Absent bounds mean since ever, until as of; absent as-of means now. The future is not counted."""
    until = min(as_of or now, now)
    return Period(start or EVER, end or until + timedelta(microseconds=1), until, cities)


def rows(cells: Sequence[Cell]) -> list[KpiRow]:
    """City totals first, then categories, then units; each family adds up by itself."""
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for cell in cells:
        if cell.category is not None:
            totals[cell.city, cell.kpi][0] += cell.numerator
            totals[cell.city, cell.kpi][1] += cell.denominator
    found = [KpiRow(city, "", "", kpi, n, d) for (city, kpi), (n, d) in sorted(totals.items())]
    found += [_row(cell) for cell in cells if cell.category]
    return found + [_row(cell) for cell in cells if cell.unit is not None]


def months(now: datetime) -> dict[str, Period]:
    """The periods of the gauges: today, this month, last month, in local time."""
    today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    next_month = (month + timedelta(days=32)).replace(day=1)
    spans = {
        "today": (today, today + timedelta(days=1)),
        "month": (month, next_month),
        "last_month": (last_month, month),
    }
    return {name: Period(_utc(since), _utc(until), now) for name, (since, until) in spans.items()}


def _row(cell: Cell) -> KpiRow:
    return KpiRow(cell.city, cell.unit or "", cell.category or "", cell.kpi, cell.numerator, cell.denominator)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(SHANGHAI).astimezone(UTC)
