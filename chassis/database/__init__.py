"""PostgreSQL as the services use it: tables, stores with guarded saves, engines, migrations."""

from chassis.database.engine import create_engine
from chassis.database.migrate import migrate
from chassis.database.store import Projection, Store
from chassis.database.tables import APPEND_ONLY, DELETED_FROM, aggregate_table, chassis_tables

__all__ = [
    "APPEND_ONLY",
    "DELETED_FROM",
    "Projection",
    "Store",
    "aggregate_table",
    "chassis_tables",
    "create_engine",
    "migrate",
]
