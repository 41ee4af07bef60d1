"""Deadlines that a published calendar moves.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from chassis.database.indexes import add_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
step = "pre"

# Rows of the version before are few among the open ones: a worker of the new version finds them by this index.
OLDER = "city = '' and body->>'provisional' = 'true' and body->>'state' in ('running', 'warned', 'breached', 'held')"


def upgrade() -> None:
    op.add_column("clock", sa.Column("city", sa.Text(), server_default="", nullable=False), if_not_exists=True)
    op.add_column("clock", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True), if_not_exists=True)
    op.add_column("clock", sa.Column("beyond", sa.Text(), nullable=True), if_not_exists=True)
    op.add_column("clock", sa.Column("ahead_of", sa.Text(), server_default="", nullable=False), if_not_exists=True)
    add_index("clock_beyond", "clock", ["city", "beyond", "due_at", "id"], where="beyond is not null")
    add_index("clock_ahead", "clock", ["case_id"], where="ahead_of <> ''")
    add_index("clock_older", "clock", ["id"], where=OLDER)
    op.create_table(
        "calendar_edition",
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("city"),
    )


def downgrade() -> None:
    op.drop_table("calendar_edition")
    op.drop_index("clock_older", table_name="clock", postgresql_where=sa.text(OLDER))
    op.drop_index("clock_ahead", table_name="clock", postgresql_where=sa.text("ahead_of <> ''"))
    op.drop_index("clock_beyond", table_name="clock", postgresql_where=sa.text("beyond is not null"))
    op.drop_column("clock", "ahead_of")
    op.drop_column("clock", "beyond")
    op.drop_column("clock", "due_at")
    op.drop_column("clock", "city")
