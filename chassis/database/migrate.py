"""Alembic, one history per service, run from code: there is no alembic.ini to keep."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def migrate(engine: sa.Engine, migrations: Path) -> None:
    """Brings a service's database to the newest revision; two processes at once take turns."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        connection.execute(sa.text("select pg_advisory_lock(8012345)"))
        connection.commit()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(sa.text("select pg_advisory_unlock(8012345)"))
        connection.commit()


def run_env(metadata: sa.MetaData) -> None:
    """The body of every service's migrations/env.py."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
