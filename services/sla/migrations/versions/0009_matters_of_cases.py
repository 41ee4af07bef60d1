"""What cases are about.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from chassis.database.indexes import add_index

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    for name in ("item", "area", "main_case_id"):
        op.add_column("kpi_case", sa.Column(name, sa.Text(), nullable=True), if_not_exists=True)
    add_index("kpi_case_matter", "kpi_case", ["city", "decided_at"], where="item is not null")


def downgrade() -> None:
    op.drop_index("kpi_case_matter", table_name="kpi_case", postgresql_where=sa.text("item is not null"))
    for name in ("item", "area", "main_case_id"):
        op.drop_column("kpi_case", name)
