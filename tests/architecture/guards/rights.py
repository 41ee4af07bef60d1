"""Guards over the rights of the processes' database role: what the code does with a table, the role may do."""

import re
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from chassis.database.tables import rights_of
from tests.architecture.guards.tree import python_files

_STATEMENTS = {
    "delete": re.compile(r"\bdelete from (\w+)", re.IGNORECASE),
    "update": re.compile(r"\bupdate (\w+)(?: \w+)? set\b", re.IGNORECASE),
}


def faults(root: Path, tables: Iterable[sa.Table]) -> list[str]:
    """Statements of the sources that the role of the processes could not run."""
    rights: dict[str, set[str]] = {}
    for table in tables:
        rights.setdefault(table.name, set()).update(rights_of(table))
    found = set()
    for path in python_files(root):
        place = path.relative_to(root).as_posix()
        if not place.startswith(("chassis/", "services/")) or "/migrations/" in place:
            continue
        for word, pattern in _STATEMENTS.items():
            for name in pattern.findall(path.read_text(encoding="utf-8")):
                if name in rights and word not in rights[name]:
                    found.add(f"{place}: may not {word} {name}")
    return sorted(found)
