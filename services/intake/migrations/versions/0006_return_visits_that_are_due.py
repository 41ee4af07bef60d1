"""Return visits that are due.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from chassis.database.indexes import add_index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    due = sa.Column("revisit_due", sa.Text(), server_default="", nullable=False)
    op.add_column("case_file", due, if_not_exists=True)
    add_index("case_file_visits", "case_file", ["city", "id"], where="revisit_due <> ''")


def downgrade() -> None:
    op.drop_index("case_file_visits", table_name="case_file", postgresql_where=sa.text("revisit_due <> ''"))
    op.drop_column("case_file", "revisit_due")
