"""Indexes of tables that are in use: for revisions, which run beside the processes of the version before.

Each statement commits by itself, and all before it: what stands there must bear to be run again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op


def add_index(name: str, table: str, columns: Sequence[str], *, where: str = "", using: str = "btree") -> None:
    """Builds it while others write, and anew where an earlier run was broken off."""
    with _beside_writers():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
        condition = sa.text(where) if where else None
        op.create_index(
            name, table, list(columns), postgresql_concurrently=True, postgresql_where=condition, postgresql_using=using
        )


def take_index(name: str, table: str) -> None:
    """Removes one that another index replaces."""
    with _beside_writers():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)


@contextmanager
def _beside_writers() -> Iterator[None]:
    with op.get_context().autocommit_block():
        op.execute("set lock_timeout = 0")  # nobody waits for it while it waits for older transactions
        try:
            yield
        finally:
            op.execute("reset lock_timeout")
