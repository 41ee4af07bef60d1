"""Files that wait for their deletion after an erasure.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.create_table(
        "doomed_file",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("doomed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def downgrade() -> None:
    op.drop_table("doomed_file")
