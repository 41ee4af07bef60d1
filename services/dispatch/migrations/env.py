"""Alembic environment of dispatch."""

from chassis.database.migrate import run_env
from services.dispatch.adapters.tables import metadata

run_env(metadata)
