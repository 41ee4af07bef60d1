"""Answers are found by what they are about: they are forgotten with it, and nobody reads all of three days for that.

Revision ID: 0010
Revises: 0009
"""

from chassis.database.indexes import add_index, take_index

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
step = "pre"


def upgrade() -> None:
    add_index("remembered_about", "remembered", ["about"], using="gin")


def downgrade() -> None:
    take_index("remembered_about", "remembered")
