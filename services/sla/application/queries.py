"""What callers may ask: deadlines, clocks, rates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chassis.access import PermissionDenied, Role
from chassis.application import Queries
from chassis.domain import BadFields, Violation
from chassis.lines import Lines
from chassis.message import city_of, id_of
from chassis.work import Read
from services.sla.application.messages import GetKpiReport, ListClocks, PreviewDeadline
from services.sla.application.ports import Period, Rollup
from services.sla.application.reporting import period, rows
from services.sla.application.views import Clocks, ClockView, DeadlineView, KpiReport, KpiRow, shown
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Rulebook

queries = Queries()
OFFICE = frozenset({Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR})
UNITS = frozenset({Role.UNIT, Role.UNIT_LEADER})
COUNT_READERS = frozenset({Role.SUPERVISOR, Role.PROVINCE, Role.LINE_DEPARTMENT})


@queries.on(PreviewDeadline, roles=OFFICE | UNITS)
def preview_deadline(query: PreviewDeadline, read: Read, *, rulebook: Rulebook) -> DeadlineView:
    """Raises UnknownClock, UnknownCode, ClockNotKept, NoLimitFits, OutsideCalendar."""
    facts = Facts(
        category=query.category,
        item=query.item,
        emergency_class=query.emergency_class,
        round=query.round or 1,
    )
    return preview(rulebook, query.city, query.kind, facts, query.start_time or read.now)


# By which column the clocks are found of what a name speaks of.
WATCHED = {"cases": "case_id", "calls": "call_id", "policies": "policy_id", "articles": "article_id"}


@queries.on(ListClocks, roles=OFFICE | UNITS)
def list_clocks(query: ListClocks, read: Read, *, rulebook: Rulebook) -> Clocks:
    """What is of another city, or unknown here, has no clocks; of the others a unit sees its own."""
    if bool(query.case) == bool(query.subject):
        raise BadFields([Violation("subject", "诉求与其他事项须填其一", "name either a case or another subject")])
    name = query.case or query.subject
    collection = "cases" if query.case else next((c for c in WATCHED if f"/{c}/" in name), "cases")
    return Clocks(explained(read, rulebook, {WATCHED[collection]: id_of(name, collection)}, city=city_of(name)))


def explained(
    read: Read, rulebook: Rulebook, watched: Mapping[str, str], *, city: str, kind: str = ""
) -> list[ClockView]:
    """The clocks of what is watched, by column and value, in the order of their start, each with its steps."""
    found = [clock for key, id in watched.items() if id for clock in read.find_by(Clock, key, id)]
    own = "" if read.principal.has(*OFFICE, Role.SYSTEM) else read.principal.unit or "-"
    mine = [c for c in found if city in ("", c.city) and kind in ("", c.kind) and own in ("", c.unit)]
    return [shown(clock, rulebook) for clock in sorted(mine, key=lambda c: (c.started_at, c.id))]


@queries.on(GetKpiReport, roles=COUNT_READERS, needs_city=False)
def get_kpi_report(query: GetKpiReport, read: Read, *, rollup: Rollup, lines: Lines) -> KpiReport:
    """Without a city: every city of the caller's scope. Raises PermissionDenied."""
    cities = [query.city] if query.city else []
    asked = period(read.now, query.start_time, query.end_time, query.as_of_time, cities)
    return KpiReport(asked.as_of, rows_for(read, rollup, lines, asked))


def rows_for(read: Read, rollup: Rollup, lines: Lines, asked: Period) -> list[KpiRow]:
    """What the caller may read; without cities, of all in their scope. Raises PermissionDenied.

    A line's department reads the rows of the line's unit in each city: those of the city hold everybody's (F21 2(2)2).
    """
    if not read.principal.has(Role.LINE_DEPARTMENT):
        return rows(rollup.cells(read, replace(asked, cities=asked.cities or scope(read))))
    units = lines.units(read.principal, read.now)
    wanted = [city for city in sorted(units) if not asked.cities or city in asked.cities]
    if not wanted:
        raise PermissionDenied(roles=f"{Role.SUPERVISOR}, {Role.PROVINCE}")
    cells = [cell for city in wanted for cell in rollup.cells(read, replace(asked, cities=[city], unit=units[city]))]
    return [row for row in rows(cells) if row.unit]


def preview(rulebook: Rulebook, city: str, kind: str, facts: Facts, start: datetime) -> DeadlineView:
    """The deadline by the city's pack in force, explained."""
    pack = rulebook.pack_of_city(city)
    rule = pack.rule(kind)
    pack.vocabulary.check(facts)
    timing = rulebook.preview(pack, city, rule, facts, start)
    return DeadlineView(
        due_time=timing.deadline.due,
        warn_time=timing.deadline.warn,
        last_extension_time=timing.last_extension,
        rule=timing.entry.basis.rule,
        article=timing.entry.basis.article,
        steps=rulebook.explain(rule, timing, city),
        provisional=timing.deadline.provisional,
    )


def scope(read: Read) -> list[str]:
    if not read.principal.cities:
        raise PermissionDenied(roles=f"{Role.SUPERVISOR}, {Role.PROVINCE}")
    return [] if "*" in read.principal.cities else sorted(read.principal.cities)
