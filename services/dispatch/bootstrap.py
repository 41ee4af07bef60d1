"""Where the adapters of dispatch meet its handlers."""

from pathlib import Path

from chassis.application import Job, Service
from chassis.lines import load_lines
from chassis.packs import load_packs
from chassis.policy import load_cities
from chassis.runtime import Runtime
from services.dispatch.adapters import stores, tables
from services.dispatch.adapters.auditing import AUDITED
from services.dispatch.adapters.authorities import load_authorities
from services.dispatch.adapters.catalogue import load_router, load_shared
from services.dispatch.adapters.feed import JOB as FORGET_NEWS
from services.dispatch.adapters.feed import OrderNews, StoredFeed
from services.dispatch.adapters.gauges import LedgerGauges
from services.dispatch.adapters.looks import StaffLookRows
from services.dispatch.adapters.packs import load_regime
from services.dispatch.adapters.sealing import KeySealing
from services.dispatch.adapters.stores import StoredDisputes, StoredLedger, StoredOrders
from services.dispatch.application import (  # noqa: F401 - they fill the tables
    additions,
    corrections,
    dispute_queries,
    disputes,
    extensions,
    following,
    force_majeure,
    forms,
    handing_over,
    leader_reviews,
    leads,
    lights,
    marks,
    office,
    passing_on,
    raising,
    returns,
    revealing,
    staffing,
    statements,
    supervisions,
    units,
)
from services.dispatch.application.answers import answers
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.queries import queries
from services.dispatch.application.reactions import HEARS, reactions
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.staff import UnitStaff
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.work_order import WorkOrder

MIGRATIONS = Path(__file__).parent / "migrations"


def load_desk(policies: Path) -> Desk:
    """Routing, directory and pack of every city. Raises PolicyError."""
    cities, shared = load_cities(policies), load_shared(policies)
    packs = load_packs(policies)
    return Desk(
        routers={code: load_router(policies, code, shared) for code in cities},
        regimes={ref: load_regime(folder) for ref, folder in packs.folders.items()},
        packs={code: packs.of(city).ref for code, city in cities.items()},
        authorities=load_authorities(policies),
        tenants=cities,
    )


def build(runtime: Runtime) -> Service:
    """Raises PolicyError."""
    return Service(
        name="dispatch",
        metadata=tables.metadata,
        stores={
            WorkOrder: stores.orders,
            Dispute: stores.disputes,
            RoutingRecord: stores.routing_records,
            Supervision: stores.supervisions,
            UnitStaff: stores.unit_staff,
        },
        commands=commands,
        queries=queries,
        reactions=reactions,
        answers=answers,
        hears=HEARS,
        dependencies={
            "desk": load_desk(runtime.settings.policies_dir),
            "lines": load_lines(runtime.settings.policies_dir),
            "sealing": KeySealing(runtime.keys),
            "orders": StoredOrders(),
            "disputes": StoredDisputes(),
            "ledger": StoredLedger(),
            "feed": StoredFeed(),
            "news": OrderNews(),
            "looks": StaffLookRows(),
            "audited": AUDITED,
        },
        jobs=(Job("bind_gauges", LedgerGauges().bind, every_seconds=60.0), FORGET_NEWS),
    )
