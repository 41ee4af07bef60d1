"""What is told in return visits.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.add_column("kpi_opinion", sa.Column("revisit_satisfied", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("kpi_opinion", "revisit_satisfied")
