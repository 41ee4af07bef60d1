"""How the matters of cases are counted: by item, category and area, in the spans that are asked for."""

from collections import defaultdict
from collections.abc import Sequence

from chassis.database import direct
from chassis.work import Read
from services.sla.domain.matters import Counted, Matter, Span


class DatabaseMatters:
    """Counts over `kpi_case`; rows of a version that kept no matters are left out."""

    def counted(self, read: Read, city: str, spans: Sequence[Span], *, by_area: bool, unit: str = "") -> Counted:
        rows = [{"span": number, "since": since, "until": until} for number, (since, until) in enumerate(spans)]
        asked = {"city": city, "by_area": by_area, "unit": unit, **direct.rows_of(rows)}
        first, found = direct.fetch_together(read.connection, [(_FIRST, {"city": city}), (_COUNTED, asked)])
        cases: dict[Matter, list[int]] = defaultdict(lambda: [0] * len(spans))
        for item, category, area, span, number in found:
            cases[Matter(item, category, area)][span] = number
        return Counted(next((at for of, at in first if of == city), None), spans, cases)


# The first of that city or of those behind it. To ask for the city alone invites the index by instants, in which the
# rows of every city and of older versions come first.
_FIRST = """
    select city, decided_at from kpi_case
    where item is not null and (city, decided_at) >= (%(city)s, cast('-infinity' as timestamptz))
    order by city, decided_at limit 1
"""
# A case that joined another is about the same matter, whatever was noted of itself. Each looks up its own: a plain join
# may read all cases.
_COUNTED = """
    with told as (
        select s.span, coalesce(m.item, c.item) as item, coalesce(m.category, c.category) as category,
               coalesce(m.area, c.area) as area
        from jsonb_to_recordset(cast(%(rows)s as jsonb)) as s(span int, since timestamptz, until timestamptz)
        join kpi_case c on c.city = %(city)s and c.decided_at >= s.since and c.decided_at < s.until
            and c.item is not null
            and (cast(%(unit)s as text) = '' or exists (
                select from clock k join kpi_fact f on f.natural_key = k.natural_key
                where k.case_id = coalesce(nullif(c.main_case_id, ''), c.case_id) and k.case_id <> ''
                    and f.kpi = 'on_time' and f.counts and f.unit = cast(%(unit)s as text)))
        left join lateral (
            select * from kpi_case main where main.case_id = c.main_case_id and main.item is not null limit 1
        ) m on true
    )
    select item, case when item = '' then category else '' end as of_category,
           case when %(by_area)s then area else '' end as of_area, span, count(*)
    from told group by item, of_category, of_area, span
"""
