"""No keys are made beside a database that holds something: what is in it was sealed with others."""

from collections.abc import Iterable

import sqlalchemy as sa

from chassis.database.engine import create_engine
from chassis.keyfiles import KeysUnusable
from chassis.settings import shown

_OURS = ("outbox_sequence", "remembered")
"""Who has ever published or been told anything has a row in one of them."""


def require_nothing_kept(engine: sa.Engine) -> None:
    """Raises KeysUnusable."""
    with engine.connect() as connection:
        known = sa.inspect(connection)
        for table in _OURS:
            if known.has_table(table) and connection.execute(sa.text(f"select 1 from {table} limit 1")).first():
                address = shown(engine.url.render_as_string(hide_password=True))
                raise KeysUnusable(
                    f"there is no file of keys, and {address} holds what was sealed with it: put the file back into "
                    "the data folder, or set HUYING_KEYS; new keys could open nothing of it"
                )


def require_nothing_kept_at(urls: Iterable[str]) -> None:
    """Raises KeysUnusable."""
    for url in urls:
        engine = create_engine(url, pool_size=1)
        try:
            require_nothing_kept(engine)
        finally:
            engine.dispose()
