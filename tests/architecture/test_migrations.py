"""Revisions are frozen, and a release can run beside its predecessor."""

from pathlib import Path

import pytest

from tests.architecture.guards import migrations
from tests.architecture.guards.tree import ROOT


def test_no_revision_breaks_the_version_before_it() -> None:
    assert migrations.faults(ROOT) == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('step = "pre"\ndef upgrade():\n    op.drop_column("clock", "unit")', "drop_column belongs to a post step"),
        (
            'step = "pre"\ndef upgrade():\n    op.add_column("clock", sa.Column("x", sa.Text(), nullable=False))',
            "add_column: the old version inserts rows without it",
        ),
        (
            'step = "pre"\ndef upgrade():\n    op.create_unique_constraint("u", "clock", ["case_id"])',
            "create_unique_constraint belongs to a post step",
        ),
        (
            'step = "pre"\ndef upgrade():\n    op.create_index("i", "clock", ["case_id"], unique=True)',
            "create_index: the old version writes to the table: add_index, and a unique one in a post step",
        ),
        (
            'step = "pre"\ndef upgrade():\n    op.drop_index("i", table_name="clock")',
            "drop_index: the old version uses the table: take_index, where another index replaces it",
        ),
        (
            'step = "pre"\ndef upgrade():\n    op.execute("lock table clock")',
            "execute: nobody sees what it holds up",
        ),
        (
            'step = "pre"\ndef upgrade():\n    op.add_column("c", sa.Column("x", T))\n    add_index("i", "c", ["x"])',
            "add_column: is committed with an index behind it, and may be run again: if_not_exists",
        ),
        ("def upgrade():\n    pass", "says no step"),
        (
            'from services.sla.adapters.tables import metadata\nstep = "pre"\ndef upgrade():\n    pass',
            "imports tables that will change",
        ),
    ],
)
def test_one_that_does_is_found(tmp_path: Path, code: str, fault: str) -> None:
    file = tmp_path / "services/sla/migrations/versions/0002_x.py"
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert migrations.faults(tmp_path) == [f"services/sla/migrations/versions/0002_x.py: {fault}"]


@pytest.mark.parametrize(
    "code",
    [
        'step = "post"\ndef upgrade():\n    op.drop_column("clock", "unit")',
        'step = "pre"\ndef upgrade():\n    op.add_column("clock", sa.Column("x", sa.Text(), nullable=True))',
        'step = "pre"\ndef upgrade():\n    op.add_column("c", sa.Column("x", T, nullable=False, server_default="0"))',
        'step = "pre"\ndef upgrade():\n    op.create_table("c", X)\n    op.create_index("i", "c", ["x"], unique=True)',
        'step = "pre"\ndef upgrade():\n    add_index("i", "clock", ["x"])\n    op.create_table("c", X)',
        'step = "pre"\ndef upgrade():\n    pass\ndef downgrade():\n    op.drop_table("clock")',
    ],
)
def test_what_takes_nothing_away_is_fine(tmp_path: Path, code: str) -> None:
    file = tmp_path / "services/sla/migrations/versions/0002_x.py"
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert migrations.faults(tmp_path) == []
