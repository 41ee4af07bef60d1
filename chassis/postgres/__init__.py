"""The embedded PostgreSQL of the default installation."""

from chassis.postgres.account import PostgresError
from chassis.postgres.server import THROWAWAY, EmbeddedPostgres

__all__ = ["THROWAWAY", "EmbeddedPostgres", "PostgresError"]
