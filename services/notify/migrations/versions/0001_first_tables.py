"""First tables: messages, escalations, case files, the recorder's book, and what every service has."""

from alembic import op

from services.notify.adapters.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
