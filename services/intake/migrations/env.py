"""Alembic environment of intake."""

from chassis.database.migrate import run_env
from services.intake.adapters.tables import metadata

run_env(metadata)
