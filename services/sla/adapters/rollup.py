"""The one counting of KPIs: reports, metrics and answers read these cells."""

import sqlalchemy as sa

from chassis.work import Read
from services.sla.application.ports import Cell, Period

# Each source gives (city, category, unit, kpi, numerator, denominator); formulas: decisions.md, KPI formulas.
_CELLS = sa.text(
    """
    with period as (
        select cast(:start as timestamptz) as since, cast(:end as timestamptz) as until,
               cast(:as_of as timestamptz) as as_of
    ), fact as (
        select f.*, p.as_of from kpi_fact f, period p
        where f.counts and f.kpi <> 'none' and f.due_at >= p.since and f.due_at < p.until and f.due_at <= p.as_of
    ), said as (
        select o.* from kpi_opinion o, period p
        where o.due_at >= p.since and o.due_at < p.until and o.due_at <= p.as_of
    ), decided as (
        select c.* from kpi_case c, period p
        where c.decided_at >= p.since and c.decided_at < p.until and c.decided_at <= p.as_of
    ), counted as (
        select city, category, unit, kpi, in_time as hit from fact
        union all
        select city, category, unit, 'completion', coalesce(stopped_at <= as_of, false) and state <> 'cancelled'
        from fact where kpi = 'on_time'
        union all
        select city, category, unit, 'solution', solved from said where solved is not null
        union all
        select city, category, unit, case when apart then 'satisfaction_apart' else 'satisfaction' end, satisfied
        from said where satisfied is not null
        union all
        select city, category, '', 'instant_answer', outcome = 'answered'
        from decided where outcome in ('answered', 'accepted')
        union all
        select city, category, '', 'refused', outcome = 'refused'
        from decided where outcome in ('answered', 'accepted', 'refused')
    )
    select city, case when grouping(category) = 0 then category end as category,
           case when grouping(unit) = 0 then unit end as unit, kpi, count(*) filter (where hit), count(*)
    from counted
    where cast(:cities as text[]) = '{}' or city = any(cast(:cities as text[]))
    group by grouping sets ((city, kpi, category), (city, kpi, unit))
    having grouping(unit) = 1 or unit <> ''
    order by city, category nulls last, unit, kpi
    """
)


class DatabaseRollup:
    """Counts in SQL over the fact tables."""

    def cells(self, read: Read, period: Period) -> list[Cell]:
        found = read.connection.execute(
            _CELLS,
            {"start": period.start, "end": period.end, "as_of": period.as_of, "cities": list(period.cities)},
        )
        return [Cell(*row) for row in found]
