"""Where the adapters of sla meet its handlers."""

from pathlib import Path

from chassis.application import Commands, Job, Service
from chassis.due import never
from chassis.runtime import Runtime
from services.sla.adapters import stores, tables
from services.sla.adapters.auditing import AUDITED
from services.sla.adapters.firing import fire_clocks, next_due
from services.sla.adapters.gauges import KpiGauges
from services.sla.adapters.lateness import tell_lateness
from services.sla.adapters.policies import calendars_as_of, load_rulebook
from services.sla.adapters.recounting import Recounting
from services.sla.adapters.rollup import DatabaseRollup
from services.sla.application.answers import answers
from services.sla.application.queries import queries
from services.sla.application.reactions import HEARS, reactions
from services.sla.application.recounting import Recount
from services.sla.domain.clock import Clock
from services.sla.domain.opinion import Opinion

MIGRATIONS = Path(__file__).parent / "migrations"


def build(runtime: Runtime) -> Service:
    """Raises PolicyError, with file and line."""
    rollup, policies = DatabaseRollup(), runtime.settings.policies_dir
    book = load_rulebook(policies)
    recounting = Recounting(Recount(book), calendars_as_of(policies))
    return Service(
        name="sla",
        metadata=tables.metadata,
        stores={Clock: stores.clocks, Opinion: stores.opinions},
        commands=Commands(),
        queries=queries,
        reactions=reactions,
        answers=answers,
        hears=HEARS,
        dependencies={
            "rulebook": book,
            "ledger": stores.DatabaseCaseLedger(),
            "rollup": rollup,
            "audited": AUDITED,
        },
        jobs=(
            Job("fire_clocks", fire_clocks, every_seconds=0.5, next_due=next_due, punctual=True),
            Job("recount_deadlines", recounting.run, every_seconds=2.0),
            Job("tell_lateness", tell_lateness, every_seconds=5.0, next_due=never),
            Job("bind_gauges", KpiGauges(rollup).bind, every_seconds=60.0),
        ),
    )
