"""How reports and circulars are kept and listed, and the timetable by which reports are made of themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chassis.database import Store, direct
from chassis.due import Due
from chassis.pipeline import ServiceRuntime
from chassis.work import Read, Work
from services.sla.adapters import tables
from services.sla.application.ports import Assessments, FindingCount, Period, ReportPageAsked
from services.sla.application.reports import make_due
from services.sla.domain.circulars import Circular
from services.sla.domain.reports import Report

reports = Store(Report, tables.report, columns=lambda r: {"city": r.city, "kind": r.kind})
circulars = Store(Circular, tables.circular, columns=lambda c: {"city": c.city, "state": str(c.state)})


@dataclass(frozen=True)
class Pages:
    """One statement for each set of filters, so that it is prepared once."""

    store: Store[Any]

    def page(self, read: Read, asked: ReportPageAsked) -> Sequence[Any]:
        given = {name: value for name in ("kind", "state") if (value := getattr(asked, name))}
        older = {"before": asked.before} if asked.before else {}
        tests = [
            "city = %(city)s",
            *(f"{name} = %({name})s" for name in given),
            *(["id < %(before)s"] if older else []),
        ]
        statement = f"select body::text, version from {self.store.table.name} where {' and '.join(tests)}{_NEWEST}"
        rows = direct.fetch(read.connection, statement, {**given, **older, "city": asked.city, "size": asked.size})
        return [self.store.decode(body, version) for body, version in rows]


_NEWEST = " order by id desc limit %(size)s"


class DatabaseFindings:
    """Counts findings in their own table."""

    def note(self, work: Work, found: FindingCount) -> None:
        row = {
            "supervision_id": found.supervision_id,
            "city": found.city,
            "unit": found.unit,
            "finding": found.finding,
            "closed_at": found.at,
        }
        work.write(tables.kpi_finding, row, key=("supervision_id",))


class DatabaseGrounds:
    """Counts over the fact tables; what is excluded as of the period's as-of instant is left out as in the rollup."""

    def counted(self, read: Read, period: Period, *, late: Sequence[str], findings: Sequence[str]) -> Mapping[str, int]:
        (city,) = period.cities
        asked = {
            "city": city,
            "start": period.start,
            "end": period.end,
            "as_of": period.as_of,
            "late": list(late),
            "findings": list(findings),
        }
        return dict(direct.fetch(read.connection, _COUNTED, asked))


_COUNTED = """
    with excluded as (
        select * from exclusion where city = %(city)s and excluded_at <= %(as_of)s
            and (lifted_at is null or lifted_at > %(as_of)s)
    ), late as (
        select f.unit from kpi_fact f
        where f.city = %(city)s and f.counts and not f.in_time and f.kind = any(%(late)s)
            and f.due_at >= %(start)s and f.due_at < %(end)s and f.due_at <= %(as_of)s
            and not exists (
                select from excluded x where x.kind in ('breach', 'late_return') and x.fact = f.natural_key)
            and not exists (
                select from excluded x join clock c on c.id = f.clock_id
                where x.kind = 'redo' and c.body->>'work_order_id' = x.work_order_id
                    and c.body->>'unit' = x.unit and (c.body->>'round')::int = x.round)
    ), found as (
        select unit from kpi_finding where city = %(city)s and finding = any(%(findings)s)
            and closed_at >= %(start)s and closed_at < %(end)s and closed_at <= %(as_of)s
    )
    select unit, count(*) from (select unit from late union all select unit from found) of_either
    where unit <> '' group by unit order by unit
"""

# -- when they are made ------------------------------------------------------------------------------------------------

next_due = Due("select min(next_at) from report_due")


class DatabaseTimetable:
    """One row for each report of each city."""

    def claim(self, work: Work, known: Collection[tuple[str, str]]) -> tuple[str, str, datetime] | None:
        asked = {"now": work.now, "cities": [city for city, _ in known], "codes": [code for _, code in known]}
        found = direct.fetch(work.connection, _DUE, asked)
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def note(self, work: Work, city: str, code: str, next_at: datetime | None) -> None:
        work.write(tables.report_due, {"city": city, "code": code, "next_at": next_at}, key=("city", "code"))


_DUE = """
    select city, code, next_at from report_due where next_at <= %(now)s and (
        (city, code) in (select * from unnest(cast(%(cities)s as text[]), cast(%(codes)s as text[])))
        or next_at <= %(now)s - interval '2 days'
    ) order by next_at, city, code limit 1 for update skip locked
"""
_BEGUN = """
    insert into report_due (city, code, next_at)
    select * from jsonb_to_recordset(cast(%(rows)s as jsonb)) as r(city text, code text, next_at timestamptz)
    on conflict (city, code) do update set next_at = excluded.next_at where report_due.next_at is null
"""


def make_reports(runtime: ServiceRuntime) -> int:
    """A job: one report that is due."""
    return runtime.in_work(lambda work: int(runtime.service.call(make_due, work)))


@dataclass
class Timetable:
    """What each city's pack asks for; what it asks for since this start begins with its next whole period."""

    cities: Mapping[str, str]
    assessments: Assessments
    _begun: ServiceRuntime | None = field(default=None, repr=False)

    def begin(self, runtime: ServiceRuntime) -> int:
        """A job: once in a process. It never has more to do."""
        if self._begun is not runtime:
            runtime.in_work(self._begin)
            self._begun = runtime
        return 0

    def _begin(self, work: Work) -> None:
        rows = [
            {"city": city, "code": rule.code, "next_at": rule.next_after(work.now)}
            for city, pack in sorted(self.cities.items())
            for rule in self.assessments[pack].reports
        ]
        work.write_last(_BEGUN, direct.rows_of(rows))
