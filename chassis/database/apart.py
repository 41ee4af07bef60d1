"""Connections beside the pool, for what lasts: advisory locks and notices. No pooler may stand between."""

import psycopg
import sqlalchemy as sa

Session = psycopg.Connection[tuple[object, ...]]
# A peer whose machine is gone says nothing: found out within about ten seconds, on both sides.
KEPT_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
_SILENT = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000"


def connect_apart(url: sa.URL, application: str) -> Session:
    """Each statement its own transaction. Raises psycopg.Error."""
    given = url.translate_connect_args(username="user", database="dbname")
    named = {**KEPT_ALIVE, **given, **url.query, "application_name": application}
    return psycopg.connect(**named, options=f"-c statement_timeout=5000 {_SILENT}", connect_timeout=5, autocommit=True)
