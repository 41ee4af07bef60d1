"""Files that wait for their deletion after an erasure.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from services.intake.adapters.tables import doomed_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The first revision makes all tables that the code knows, on a new database this one too.
    doomed_table.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    doomed_table.drop(op.get_bind(), checkfirst=True)
