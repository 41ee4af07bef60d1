"""The database role of the processes may do what the code does, and no table may be emptied without a reason."""

import importlib
from pathlib import Path

import sqlalchemy as sa

from chassis.database.tables import APPEND_ONLY, rights_of
from tests.architecture.guards import registry, rights
from tests.architecture.guards.tree import ROOT


def tables() -> list[sa.Table]:
    modules = (importlib.import_module(f"services.{name}.adapters.tables") for name in registry.arrived())
    return [table for module in modules for table in module.metadata.sorted_tables]


def test_every_statement_is_allowed() -> None:
    assert rights.faults(ROOT, tables()) == []


def test_what_the_law_wants_kept_is_never_deleted_or_rewritten() -> None:
    kept = {table.name for table in tables() if rights_of(table) == APPEND_ONLY["rights"]}
    assert {"look", "dropped", "undecodable"} <= kept
    deleted = {table.name for table in tables() if "delete" in rights_of(table)}
    assert deleted.isdisjoint({"case_file", "work_order", "clock", "article", "message", "kpi_fact"})


def test_a_statement_without_the_right_is_found(tmp_path: Path) -> None:
    look = sa.Table("look", sa.MetaData(), info=APPEND_ONLY)
    file = tmp_path / "services/intake/adapters/rows.py"
    file.parent.mkdir(parents=True)
    file.write_text('_A = "delete from look where id = 1"\n_B = "update look l set what = 1"\n')
    assert rights.faults(tmp_path, [look]) == [
        "services/intake/adapters/rows.py: may not delete look",
        "services/intake/adapters/rows.py: may not update look",
    ]
