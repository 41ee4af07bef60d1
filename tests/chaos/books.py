"""What the services' databases say, asked straight, by the superuser: also while the services cannot be."""

import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from cli.servers.postgres import Postgres

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.02


class Books:
    """One connection for each thread and service, made anew when the server was away."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._mine = threading.local()

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
        try:
            cursor = self._connection(service).execute(sql, values)
            return cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            self._forget(service)
            raise

    def _connection(self, service: str) -> "psycopg.Connection[Any]":
        known: dict[str, psycopg.Connection[Any]] = self._mine.__dict__.setdefault("connections", {})
        if service not in known:
            conninfo = self._postgres.conninfo_of(f"huying_{service}")
            known[service] = psycopg.connect(conninfo, autocommit=True, connect_timeout=5)
        return known[service]

    def _forget(self, service: str) -> None:
        connection = self._mine.__dict__.setdefault("connections", {}).pop(service, None)
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()
