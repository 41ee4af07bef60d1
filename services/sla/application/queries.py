"""What callers may ask: deadlines, clocks, rates."""

from datetime import datetime

from chassis.access import PermissionDenied, Role
from chassis.application import Queries
from chassis.message import city_of, id_of
from chassis.work import Read
from services.sla.application.messages import GetKpiReport, ListClocks, PreviewDeadline
from services.sla.application.ports import Rollup
from services.sla.application.reporting import period, rows
from services.sla.application.views import Clocks, DeadlineView, KpiReport, shown
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Rulebook

queries = Queries()
OFFICE = frozenset({Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR})


@queries.on(PreviewDeadline, roles=OFFICE | {Role.UNIT, Role.UNIT_LEADER})
def preview_deadline(query: PreviewDeadline, read: Read, *, rulebook: Rulebook) -> DeadlineView:
    """Raises UnknownClock, UnknownCode, ClockNotKept, NoLimitFits, OutsideCalendar."""
    facts = Facts(
        category=query.category,
        item=query.item,
        emergency_class=query.emergency_class,
        round=query.round or 1,
    )
    return preview(rulebook, query.city, query.kind, facts, query.start_time or read.now)


@queries.on(ListClocks, roles=OFFICE)
def list_clocks(query: ListClocks, read: Read, *, rulebook: Rulebook) -> Clocks:
    """The clocks of a case in the order of their start; a case of another city, or unknown here, has none."""
    city = city_of(query.case)
    found = [clock for clock in read.find_by(Clock, "case_id", id_of(query.case, "cases")) if clock.city == city]
    return Clocks([shown(clock, rulebook) for clock in sorted(found, key=lambda c: (c.started_at, c.id))])


@queries.on(GetKpiReport, roles={Role.SUPERVISOR, Role.PROVINCE}, needs_city=False)
def get_kpi_report(query: GetKpiReport, read: Read, *, rollup: Rollup) -> KpiReport:
    """Without a city: every city of the caller's scope."""
    cities = [query.city] if query.city else scope(read)
    asked = period(read.now, query.start_time, query.end_time, query.as_of_time, cities)
    return KpiReport(asked.as_of, rows(rollup.cells(read, asked)))


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
        raise PermissionDenied()
    return [] if "*" in read.principal.cities else sorted(read.principal.cities)
