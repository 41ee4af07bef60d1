"""The one counting of KPIs: reports, metrics and answers read these cells."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from chassis.work import Read
from services.sla.application.ports import Cell, Period

# Each source gives (city, category, unit, kpi, whether it is a hit, why it is left out); formulas: decisions.md.
_CELLS = sa.text(
    """
    with period as (
        select cast(:start as timestamptz) as since, cast(:end as timestamptz) as until,
               cast(:as_of as timestamptz) as as_of
    ), excluded as (
        select x.* from exclusion x, period p
        where x.excluded_at <= p.as_of and (x.lifted_at is null or x.lifted_at > p.as_of)
    ), excluded_clock as (
        -- A redo is left out whole, a limit only as long as it counts as missed.
        select natural_key, min(reason) as reason, bool_or(whole) as whole from (
            select fact as natural_key, reason, false as whole from excluded where kind in ('breach', 'late_return')
            union all
            select c.natural_key, x.reason, true from excluded x join clock c on c.case_id = x.case_id
            where x.kind = 'redo' and c.case_id <> '' and c.body->>'work_order_id' = x.work_order_id
                and c.body->>'unit' = x.unit and (c.body->>'round')::int = x.round
        ) of_either group by natural_key
    ), excluded_said as (
        select x.work_order_id, min(x.reason) filter (where x.kind = 'rating') as rating,
               min(x.reason) filter (where x.kind = 'unsolved') as answer,
               min(x.reason) filter (where x.kind = 'revisit') as visit
        from excluded x join opinion o on o.id = x.work_order_id
        where (x.kind = 'rating' and (o.body->'rating'->>'round')::int = x.round)
            or (x.kind = 'unsolved' and (o.body->'answered'->>'round')::int = x.round)
            or (x.kind = 'revisit' and (o.body->'visit'->>'round')::int = x.round)
        group by x.work_order_id
    ), fact as (
        select f.*, p.as_of, case when x.whole or not f.in_time then x.reason end as left_out
        from kpi_fact f cross join period p left join excluded_clock x on x.natural_key = f.natural_key
        where f.counts and f.kpi <> 'none' and f.due_at >= p.since and f.due_at < p.until and f.due_at <= p.as_of
    ), said as (
        select o.*, case when not o.solved then x.answer end as no_answer,
               case when not o.satisfied then x.rating end as no_rating,
               case when not o.revisit_satisfied then x.visit end as no_visit
        from kpi_opinion o cross join period p left join excluded_said x on x.work_order_id = o.work_order_id
        where o.due_at >= p.since and o.due_at < p.until and o.due_at <= p.as_of
    ), decided as (
        select c.* from kpi_case c, period p
        where c.decided_at >= p.since and c.decided_at < p.until and c.decided_at <= p.as_of
    ), offered as (
        select l.* from kpi_call l, period p
        where l.offered_at >= p.since and l.offered_at < p.until and l.offered_at <= p.as_of
    ), counted as (
        select city, category, unit, kpi, in_time as hit, left_out from fact
        union all
        select city, category, unit, 'completion', coalesce(stopped_at <= as_of, false) and state <> 'cancelled',
               left_out
        from fact where kpi = 'on_time'
        union all
        select city, category, unit, 'solution', solved, no_answer from said where solved is not null
        union all
        select city, category, unit, 'revisit_satisfaction', revisit_satisfied, no_visit
        from said where revisit_satisfied is not null
        union all
        select city, category, unit, case when apart then 'satisfaction_apart' else 'satisfaction' end, satisfied,
               no_rating
        from said where satisfied is not null
        union all
        select city, category, '', 'instant_answer', outcome = 'answered', null
        from decided where outcome in ('answered', 'accepted')
        union all
        select city, category, '', 'refused', outcome = 'refused', null
        from decided where outcome in ('answered', 'accepted', 'refused')
        union all
        select city, '', '', 'call_answer', answered, null from offered
        union all
        select city, '', '', 'prompt_answer', prompt, null from offered where prompt is not null
    )
    select city, case when grouping(category) = 0 then category end as category,
           case when grouping(unit) = 0 then unit end as unit, kpi, left_out,
           count(*) filter (where hit) as hits, count(*) as facts
    from counted
    where (cast(:cities as text[]) = '{}' or city = any(cast(:cities as text[])))
        and cast(:unit as text) in ('', unit) and cast(:category as text) in ('', category)
    group by grouping sets ((city, kpi, category, left_out), (city, kpi, unit, left_out))
    having grouping(unit) = 1 or unit <> ''
    order by city, category nulls last, unit, kpi, left_out nulls first
    """
)


class DatabaseRollup:
    """Counts in SQL over the fact tables."""

    def cells(self, read: Read, period: Period) -> list[Cell]:
        found = read.connection.execute(
            _CELLS,
            {
                "start": period.start,
                "end": period.end,
                "as_of": period.as_of,
                "cities": list(period.cities),
                "unit": period.unit,
                "category": period.category,
            },
        )
        return [_cell(place, list(rows)) for place, rows in groupby(found, key=lambda row: tuple(row[:4]))]


def _cell(place: tuple[str, str | None, str | None, str], rows: Sequence[sa.Row[Any]]) -> Cell:
    """What counts comes in one row, what is left out in one for each reason."""
    counted = next((row for row in rows if row.left_out is None), None)
    excluded = {row.left_out: row.facts for row in rows if row.left_out is not None}
    return Cell(*place, counted.hits if counted else 0, counted.facts if counted else 0, excluded)
