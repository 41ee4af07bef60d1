"""What must hold across the five databases once all is quiet: the platform's own audit, asked of the databases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import msgspec
import sqlalchemy as sa

from chassis.access import Principal
from chassis.audit.auditor import Auditor, Report
from chassis.audit.judging import Violation
from chassis.events import topology
from chassis.work import Read

__all__ = ["Databases", "Violation", "violations"]
LATER = datetime(2200, 1, 1, tzinfo=UTC)
"""When all that happened, in whatever time a test runs, is long ago."""


class Databases:
    """Read access to each service's database by its name."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._engines = {name: sa.create_engine(url, poolclass=sa.NullPool) for name, url in urls.items()}

    def rows(self, service: str, sql: str, **values: object) -> list[Any]:
        with self._engines[service].connect() as connection:
            return list(connection.execute(sa.text(sql), values))

    def execute(self, service: str, sql: str, **values: object) -> int:
        with self._engines[service].begin() as connection:
            return connection.execute(sa.text(sql), values).rowcount

    def tables(self, service: str) -> list[str]:
        listed = self.rows(service, "select table_name from information_schema.tables where table_schema = 'public'")
        return sorted(str(row[0]) for row in listed)

    def engine(self, service: str) -> sa.Engine:
        return self._engines[service]

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self._engines)


class AskedOfDatabases:
    """The answers to `audit_facts` without processes that would give them: those may be dead by now."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases

    def ask(self, principal: Principal, service: str, question: str, *, limit: float = 1.0, **values: Any) -> Any:
        assert question == "audit_facts"
        audited = import_module(f"services.{service}.adapters.auditing").AUDITED
        with self._databases.engine(service).connect() as connection:
            read = Read(service, connection, {}, LATER, principal)
            page = audited.page(read, None, values.get("after", ""), values.get("subjects", []))
        return msgspec.to_builtins(page)


def violations(databases: Databases) -> list[Violation]:
    """Everything that is not as it must be, of every age."""
    return audited(databases).violations


def audited(databases: Databases) -> Report:
    hears = topology.load().hears
    return Auditor(AskedOfDatabases(databases), hears, databases.services, grace=timedelta()).audit()


def named(found: Sequence[Violation], invariant: str) -> Iterator[str]:
    yield from (violation.subject for violation in found if violation.invariant == invariant)
