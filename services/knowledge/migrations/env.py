"""Alembic environment of knowledge."""

from chassis.database.migrate import run_env
from services.knowledge.adapters.tables import metadata

run_env(metadata)
