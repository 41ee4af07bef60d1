"""Writes a new revision: what the tables in code have and those of the migrations lack, as explicit operations."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import api, compare_metadata, produce_migrations
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chassis.database.migrate import Step, config_of, migrate

_FILE = '''"""{message}.

Revision ID: {revision}
Revises: {revises}
"""

import sqlalchemy as sa
from alembic import op
{imports}
revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None
step = "{step}"


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    {downgrade}
'''


def differences(engine: sa.Engine, metadata: sa.MetaData) -> list[str]:
    """What the database and the tables in code do not have in common, empty when nothing."""
    with engine.connect() as connection:
        return [str(difference) for difference in compare_metadata(_context(connection, metadata), metadata)]


def revise(engine: sa.Engine, migrations: Path, metadata: sa.MetaData, message: str, step: Step) -> Path | None:
    """Migrates an empty database and writes what is missing as the next revision; None when nothing is."""
    migrate(engine, migrations)
    with engine.connect() as connection:
        context = _context(connection, metadata)
        script = produce_migrations(context, metadata)
    if script.upgrade_ops is None or script.downgrade_ops is None or script.upgrade_ops.is_empty():
        return None
    newest = ScriptDirectory.from_config(config_of(migrations)).get_current_head()
    revision = f"{int(newest or 0) + 1:04}"
    name = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")[:40]
    file = migrations / "versions" / f"{revision}_{name}.py"
    upgrade, downgrade = (_code(ops, context) for ops in (script.upgrade_ops, script.downgrade_ops))
    dialect = "from sqlalchemy.dialects import postgresql\n" if "postgresql." in upgrade + downgrade else ""
    down = f'"{newest}"' if newest else None
    text = _FILE.format(
        message=message.rstrip("."), revision=revision, revises=newest or "none", down=down, step=step,
        imports=dialect, upgrade=upgrade, downgrade=downgrade,
    )  # fmt: skip
    file.write_text(text, encoding="utf-8")
    return file


def _context(connection: sa.Connection, metadata: sa.MetaData) -> MigrationContext:
    return MigrationContext.configure(
        connection, opts={"target_metadata": metadata, "compare_type": True, "compare_server_default": True}
    )


def _code(ops: object, context: MigrationContext) -> str:
    code = str(api.render_python_code(ops, migration_context=context))  # type: ignore[arg-type]
    lines = (line for line in code.splitlines() if not line.strip().startswith("# ###"))
    return "\n".join(lines).strip()
