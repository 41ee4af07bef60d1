"""Two roles per database: the owner, who changes tables, and the one of the processes, who can only use them.

A process that is taken over cannot drop a table, grant anything, or rewrite what must never change (the log of looks).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from psycopg import sql

from chassis.database.tables import rights_of


@dataclass(frozen=True)
class Access:
    """A service's database with its two roles, as the settings name them."""

    database: str
    owner: str
    user: str
    owner_password: str | None = None
    user_password: str | None = None

    @classmethod
    def of(cls, owner_url: str, url: str) -> "Access":
        owner, user = sa.make_url(owner_url), sa.make_url(url)
        return cls(
            database=user.database or "",
            owner=owner.username or "",
            user=user.username or "",
            owner_password=owner.password,
            user_password=user.password,
        )

    @property
    def apart(self) -> bool:
        """Whether there are two roles at all."""
        return self.owner != self.user


def administrators_script(access: Access) -> str:
    """For psql, by an administrator, once: roles without passwords (psql asks for them), database, rights."""
    owner, user, database = _names(access)
    lines = [f"-- {access.database}", *(f"{s.as_string(None)};" for s in roles(access, passwords=False))]
    lines += [f"\\password {owner}", *([f"\\password {user}"] if access.apart else [])]
    lines += [f"{s.as_string(None)};" for s in database_of(access)]
    lines += [f"\\connect {database}", *(f"{s.as_string(None)};" for s in inside(access))]
    return "\n".join(lines) + "\n"


def roles(access: Access, *, passwords: bool = True) -> Iterator[sql.Composable]:
    """In any database: the roles, which own nothing else and may nothing else."""
    given = {access.owner: access.owner_password, access.user: access.user_password}
    for name, password in given.items():
        words = sql.SQL("login nosuperuser nocreatedb nocreaterole noinherit")
        if passwords and password:
            words = sql.SQL("{} password {}").format(words, sql.Literal(password))  # type: ignore[assignment]
        yield sql.SQL("create role {} {}").format(sql.Identifier(name), words)


def database_of(access: Access) -> Iterator[sql.Composable]:
    """In any database: the service's own, which nobody else can enter."""
    owner, user, database = (sql.Identifier(name) for name in (access.owner, access.user, access.database))
    # Every key is a text: compared byte by byte they cost far less, and no update of the system's library moves them.
    made = "create database {} owner {} encoding 'UTF8' lc_collate 'C' template template0"
    yield sql.SQL(made).format(database, owner)
    yield sql.SQL("revoke all on database {} from public").format(database)
    yield sql.SQL("grant connect on database {} to {}").format(database, user)


def inside(access: Access) -> Iterator[sql.Composable]:
    """In the service's database: only the owner makes anything there."""
    yield sql.SQL("revoke all on schema public from public")
    yield sql.SQL("grant all on schema public to {}").format(sql.Identifier(access.owner))
    yield sql.SQL("grant usage on schema public to {}").format(sql.Identifier(access.user))


def grant(connection: sa.Connection, metadata: sa.MetaData, access: Access) -> None:
    """By the owner after each migration: what the processes may do with each table, and no more than that."""
    if not access.apart:
        return
    user = sql.Identifier(access.user)
    rights = {table.name: rights_of(table) for table in metadata.sorted_tables} | {"alembic_version": ("select",)}
    for table, words in rights.items():
        name = sql.Identifier(table)
        _run(connection, sql.SQL("revoke all on {} from {}").format(name, user))
        given = sql.SQL(", ").join(sql.SQL(word) for word in words)
        _run(connection, sql.SQL("grant {} on {} to {}").format(given, name, user))
    for sequence in sorted({t.info["draws_from"] for t in metadata.sorted_tables if "draws_from" in t.info}):
        # A table's own numbers need no right; these are drawn from the sequence of another one.
        _run(connection, sql.SQL("grant usage on sequence {} to {}").format(sql.Identifier(sequence), user))


def _run(connection: sa.Connection, statement: sql.Composable) -> None:
    connection.exec_driver_sql(statement.as_string(None))


def _names(access: Access) -> tuple[str, str, str]:
    return tuple(sql.Identifier(n).as_string(None) for n in (access.owner, access.user, access.database))  # type: ignore[return-value]
