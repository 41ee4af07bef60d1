"""Engines with limits on everything: pool, statements, locks."""

import sqlalchemy as sa

STATEMENT_LIMIT_MS = 15_000
LOCK_LIMIT_MS = 5_000


def create_engine(url: str, *, pool_size: int = 10, application: str = "huying") -> sa.Engine:
    """A pool for one service; a lost connection is noticed before use, a stuck statement ends by itself."""
    return sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        connect_args={
            "application_name": application,
            "connect_timeout": 5,
            "options": f"-c statement_timeout={STATEMENT_LIMIT_MS} -c lock_timeout={LOCK_LIMIT_MS}"
            " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
            "prepare_threshold": 1,
        },
    )


def is_transient(error: BaseException) -> bool:
    """Connection lost, serialisation failure, deadlock, lock or statement limit: the same work may succeed if repeated."""
    if isinstance(error, sa.exc.DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        return error.connection_invalidated or state is None or state[:2] in {"08", "40", "53", "57"} or state == "55P03"
    return isinstance(error, (sa.exc.TimeoutError, ConnectionError))
