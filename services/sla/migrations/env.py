"""Alembic environment of sla."""

from chassis.database.migrate import run_env
from services.sla.adapters.tables import metadata

run_env(metadata)
