"""News of orders, for those who follow them.

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
    op.create_table(
        "order_news",
        sa.Column(
            "number",
            sa.BigInteger(),
            server_default=sa.text("nextval('outbox_id_seq')"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("work_order_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def downgrade() -> None:
    op.drop_table("order_news")
