"""Clocks, opinions, KPI facts, and the tables that every service has.

Revision ID: 0001
Revises: none
"""

from alembic import op

from services.sla.adapters.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
