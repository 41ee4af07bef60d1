"""The KPI report: cells of the rollup, and the total of each city over its categories."""

from collections import Counter, defaultdict
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
    of_city: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.category is not None:
            of_city[cell.city, cell.kpi].append(cell)
    found = [_row(_total(together)) for _, together in sorted(of_city.items())]
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


def _total(cells: Sequence[Cell]) -> Cell:
    excluded: Counter[str] = Counter()
    for cell in cells:
        excluded.update(cell.excluded)
    numerator, denominator = sum(c.numerator for c in cells), sum(c.denominator for c in cells)
    return Cell(cells[0].city, None, None, cells[0].kpi, numerator, denominator, dict(sorted(excluded.items())))


def _row(cell: Cell) -> KpiRow:
    return KpiRow(
        city=cell.city,
        unit=cell.unit or "",
        category=cell.category or "",
        kpi=cell.kpi,
        numerator=cell.numerator,
        denominator=cell.denominator,
        excluded=sum(cell.excluded.values()),
        exclusions=cell.excluded,
    )


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(SHANGHAI).astimezone(UTC)
