"""Where the adapters of sla meet its handlers."""

from pathlib import Path

from chassis.application import Job, Service
from chassis.due import never
from chassis.lines import load_lines
from chassis.runtime import Runtime
from services.sla.adapters import contested, reports, stores, tables
from services.sla.adapters.assessments import load_assessments, load_unit_levels
from services.sla.adapters.auditing import AUDITED
from services.sla.adapters.firing import BATCH, fire_clocks, next_due
from services.sla.adapters.gauges import KpiGauges
from services.sla.adapters.lateness import tell_lateness
from services.sla.adapters.matters import DatabaseMatters
from services.sla.adapters.policies import calendars_as_of, load_rulebook
from services.sla.adapters.recounting import Recounting
from services.sla.adapters.rollup import DatabaseRollup
from services.sla.adapters.sealing import KeySealing
from services.sla.application import (  # noqa: F401 - they fill the tables
    appeal_queries,
    assessing,
    circulars,
    forgetting,
    matters,
)
from services.sla.application.answers import answers
from services.sla.application.appeals import commands
from services.sla.application.queries import queries
from services.sla.application.reactions import HEARS, reactions
from services.sla.application.recounting import Recount
from services.sla.domain.appeals import Appeal, Exclusion
from services.sla.domain.circulars import Circular
from services.sla.domain.clock import Clock
from services.sla.domain.opinion import Opinion
from services.sla.domain.reports import Report

MIGRATIONS = Path(__file__).parent / "migrations"


def build(runtime: Runtime) -> Service:
    """Raises PolicyError, with file and line."""
    rollup, policies = DatabaseRollup(), runtime.settings.policies_dir
    book = load_rulebook(policies)
    assessments = load_assessments(policies)
    timetable = reports.Timetable(book.cities, assessments)
    recounting = Recounting(Recount(book), calendars_as_of(policies))
    return Service(
        name="sla",
        metadata=tables.metadata,
        stores={
            Clock: stores.clocks,
            Opinion: stores.opinions,
            Appeal: contested.appeals,
            Exclusion: contested.exclusions,
            Report: reports.reports,
            Circular: reports.circulars,
        },
        commands=commands,
        queries=queries,
        reactions=reactions,
        answers=answers,
        hears=HEARS,
        dependencies={
            "rulebook": book,
            "ledger": stores.DatabaseCaseLedger(),
            "calls": stores.DatabaseCallLedger(),
            "rollup": rollup,
            "audited": AUDITED,
            "assessments": assessments,
            "unit_levels": load_unit_levels(policies),
            "lines": load_lines(policies),
            "matters": DatabaseMatters(),
            "findings": reports.DatabaseFindings(),
            "grounds": reports.DatabaseGrounds(),
            "reports": reports.Pages(reports.reports),
            "circulars": reports.Pages(reports.circulars),
            "timetable": reports.DatabaseTimetable(),
            "contested": contested.StoredContested(),
            "sealing": KeySealing(runtime.keys),
        },
        jobs=(
            Job("fire_clocks", fire_clocks, every_seconds=0.5, next_due=next_due, punctual=True, flood=BATCH),
            Job("recount_deadlines", recounting.run, every_seconds=2.0),
            Job("tell_lateness", tell_lateness, every_seconds=5.0, next_due=never),
            Job("begin_timetable", timetable.begin, every_seconds=60.0),
            Job("make_reports", reports.make_reports, every_seconds=30.0, next_due=reports.next_due, steady=True),
            Job("bind_gauges", KpiGauges(rollup).bind, every_seconds=60.0),
        ),
    )
