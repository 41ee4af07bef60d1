"""Alembic's entry; see chassis.database.migrate."""

from chassis.database.migrate import run_env
from services.notify.adapters.tables import metadata

run_env(metadata)
