"""日报、周报、月报、专报: made at the pack's hour or by people, kept, and read again with the same figures."""

from collections.abc import Sequence
from datetime import datetime

from chassis.access import Role
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.privacy import mask
from chassis.work import Read, Work
from services.sla.application.analysing import expected_in, frequent_in
from services.sla.application.appeals import commands
from services.sla.application.assessing import month_of
from services.sla.application.ports import (
    Assessments,
    Matters,
    Period,
    ReportPageAsked,
    Reports,
    Rollup,
    Sealing,
    Timetable,
)
from services.sla.application.queries import queries
from services.sla.application.report_messages import GetReport, ListReports, MakeSpecialReport
from services.sla.application.report_views import ReportPage, ReportView, copy_view, report_view
from services.sla.application.reporting import rows
from services.sla.domain.matters import MatterRules
from services.sla.domain.reports import SPECIAL, Covers, Figure, Recipient, Report, ReportRule, check_period
from services.sla.domain.rulebook import Rulebook

READERS = frozenset({Role.SUPERVISOR, Role.PROVINCE})
COPIED_TO = frozenset(Role(recipient) for recipient in Recipient)
DEFAULT_PAGE = 50
_BY_HAND = ("platform-default", "decisions: Reports, special")


@commands.on(MakeSpecialReport, roles=READERS)
def make_special_report(
    cmd: MakeSpecialReport, work: Work, *, rulebook: Rulebook, rollup: Rollup, sealing: Sealing
) -> ReportView:
    """专报: of any period that is over, or of one as far as it has come. Raises NothingToCover, CityWithoutPolicy."""
    check_period(cmd.start_time, cmd.end_time, work.now)
    id, title = work.new_id(), mask(cmd.title)
    period = Period(cmd.start_time, cmd.end_time, work.now, [cmd.city], cmd.unit, cmd.category)
    rule, article = _BY_HAND
    report = Report(
        id=id,
        city=cmd.city,
        kind=SPECIAL,
        zh=title,
        en=title,
        start=cmd.start_time,
        end=cmd.end_time,
        made_at=work.now,
        figures=_figures(rollup, work.as_it_stands, period, cmd.kpis),
        pack=rulebook.pack_of_city(cmd.city).ref,
        rule=rule,
        article=article,
        unit=cmd.unit,
        category=cmd.category,
        kpis=list(cmd.kpis),
        made_by=sealing.own(id, "made_by", work.principal.id),
    )
    work.save(report, report.made())
    return report_view(report, rulebook.pack_of_city(cmd.city).vocabulary)


def make_due(
    work: Work,
    *,
    rulebook: Rulebook,
    assessments: Assessments,
    rollup: Rollup,
    matters: Matters,
    timetable: Timetable,
) -> int:
    """The report whose hour has come longest ago, and when the next of its kind is due. Returns how many it made."""
    rules = {
        (city, rule.code): rule
        for city, pack in rulebook.cities.items()
        if pack in assessments
        for rule in assessments[pack].reports
    }
    found = timetable.claim(work, rules.keys())
    if found is None:
        return 0
    city, code, due_at = found
    rule = rules.get((city, code))
    timetable.note(work, city, code, rule.following(due_at) if rule else None)
    if rule is not None:
        report = _made(city, rule, due_at, rulebook.cities[city], work, rollup)
        # Told by the event that is kept with the report: the copy goes out if and only if the report is there.
        report.copied_to = assessments[report.pack].copied_to(rule.code)
        if rule.covers is Covers.MONTH:
            _analyse(report, assessments[report.pack].matters, matters, work.as_it_stands)
        work.save(report, report.made())
    return 1


def _made(city: str, rule: ReportRule, due_at: datetime, pack: str, work: Work, rollup: Rollup) -> Report:
    start, end = rule.period_of(due_at)
    return Report(
        id=work.new_id(),
        city=city,
        kind=rule.code,
        zh=rule.zh,
        en=rule.en,
        start=start,
        end=end,
        made_at=work.now,
        figures=_figures(rollup, work.as_it_stands, Period(start, end, work.now, [city])),
        pack=pack,
        rule=rule.basis.rule,
        article=rule.basis.article,
    )


def _analyse(report: Report, rules: MatterRules, matters: Matters, read: Read) -> None:
    """What was concentrated, and the early warning for the month that has begun; areas are asked for by people."""
    found = frequent_in(month_of(report.start), report.city, rules, matters, read)
    report.concentrated = [one for one in found if one.concentrated]
    report.seasonal = expected_in(month_of(report.end), report.city, rules, matters, read)


def _figures(rollup: Rollup, read: Read, period: Period, kpis: Sequence[str] = ()) -> list[Figure]:
    """Narrowed to a unit, the city and its categories have no rows: they would hold the figures of that unit."""
    return [
        Figure(row.city, row.unit, row.category, row.kpi, row.numerator, row.denominator, row.excluded, row.exclusions)
        for row in rows(rollup.cells(read, period))
        if (not kpis or row.kpi in kpis) and (row.unit or not period.unit)
    ]


# -- reading -----------------------------------------------------------------------------------------------------------


@queries.on(GetReport, roles=READERS | COPIED_TO)
def get_report(query: GetReport, read: Read, *, rulebook: Rulebook) -> ReportView:
    """Who got a copy reads that report, the figures of units alone (F16 art. 26); to them no other is there."""
    report = read.get(Report, id_of(query.name, "reports"))
    view = report_view(report, rulebook.pack_of_city(report.city).vocabulary)
    if read.principal.has(*READERS):
        return view
    if not read.principal.has(*(Role(one) for one in report.copied_to)):
        raise NotFound()
    return copy_view(view)


@queries.on(ListReports, roles=READERS)
def list_reports(query: ListReports, read: Read, *, reports: Reports) -> ReportPage:
    """The newest first."""
    size = query.page_size or DEFAULT_PAGE
    found = reports.page(read, ReportPageAsked(query.city, query.kind, before=query.page_token, size=size + 1))
    token = found[size - 1].id if len(found) > size else ""
    return ReportPage([report_view(one) for one in found[:size]], token)
