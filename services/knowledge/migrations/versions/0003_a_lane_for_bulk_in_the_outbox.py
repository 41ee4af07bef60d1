"""A lane for bulk in the outbox.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from chassis.database.indexes import add_index, take_index

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("bulk", sa.Boolean(), server_default="false", nullable=False), if_not_exists=True)
    add_index("outbox_waiting", "outbox", ["bulk", "id"], where="published_at is null")
    # The new one serves the processes of the version before just as well.
    take_index("outbox_unpublished", "outbox")


def downgrade() -> None:
    op.create_index(
        "outbox_unpublished", "outbox", ["id"], unique=False, postgresql_where=sa.text("published_at is null")
    )
    op.drop_index("outbox_waiting", table_name="outbox", postgresql_where=sa.text("published_at is null"))
    op.drop_column("outbox", "bulk")
