"""What the services' databases say, asked straight, by the superuser: also while the services cannot be."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from cli.servers.postgres import Postgres

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.02


class Books:
    """A few connections to each service's database, made anew when the server was away."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._idle: dict[str, list[psycopg.Connection[Any]]] = defaultdict(list)

    def rows(self, service: str, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[tuple[Any, ...]]:
        """Waits while the server is away."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.rows_now(service, sql, values)
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(PAUSE_SECONDS)

    def rows_now(self, service: str, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[tuple[Any, ...]]:
        """Raises psycopg.OperationalError while the server is away."""
        connection = self._taken(service)
        try:
            cursor = connection.execute(sql, values)
            rows = cursor.fetchall() if cursor.description else []
        except BaseException:
            connection.close()
            raise
        self._idle[service].append(connection)
        return rows

    def close(self) -> None:
        for connections in self._idle.values():
            while connections:
                connections.pop().close()

    def _taken(self, service: str) -> "psycopg.Connection[Any]":
        with suppress(IndexError):  # of several threads each takes another one
            return self._idle[service].pop()
        conninfo = self._postgres.conninfo_of(f"huying_{service}")
        return psycopg.connect(conninfo, autocommit=True, connect_timeout=5)
