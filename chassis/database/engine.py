"""Engines with limits on everything: pool, statements, locks."""

import select

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from chassis.clock import monotonic
from chassis.database.addresses import verified
from chassis.database.apart import KEPT_ALIVE
from chassis.domain import DomainError, Status

STATEMENT_LIMIT_MS = 15_000
LOCK_LIMIT_MS = 5_000
# What holds up a partition of the bus waits for a row, with all its repeats, for less than the 5 s after which its
# watchdog would end the process; then it is begun anew.
BATCH_STATEMENT_MS = 2_000
BATCH_LOCK_MS = 700
LOOKED_AT_AFTER_SECONDS = 0.2
_USED = "huying.used"
_STATEMENT_LIMIT_PASSED = "57014"
_REPEATABLE = {"55P03", "25P03"}
"""A lock not got in time; a transaction ended because we said nothing for too long, as after a pause of the machine."""


class TryAgainLater(DomainError):
    """The database is away or overloaded; nothing was changed."""

    status = Status.UNAVAILABLE
    zh = "系统繁忙，请稍后重试"
    en = "the system is busy, try again shortly"


def create_engine(
    url: str | sa.URL,
    *,
    pool_size: int = 10,
    application: str = "huying",
    statement_ms: int = STATEMENT_LIMIT_MS,
    lock_ms: int = LOCK_LIMIT_MS,
) -> sa.Engine:
    """A pool for one service; a lost connection empties it, a stuck statement ends by itself."""
    engine = sa.create_engine(
        verified(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        hide_parameters=True,  # an error's text reaches the log, a parameter may be personal data
        connect_args={
            "application_name": application,
            "connect_timeout": 5,
            **KEPT_ALIVE,  # the limit on statements is the server's own, and a server that is gone keeps none
            "options": f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
            # What a killed process has begun ends with it, though it waits for a lock: others wait for what it holds.
            " -c client_connection_check_interval=1000"
            " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
            # What is worth preparing goes through `direct`; the driver's own would take ours along at a rollback.
            "prepare_threshold": None,
        },
    )
    sa.event.listen(engine, "checkout", _refuse_dead)
    sa.event.listen(engine, "checkin", _note_use)
    return engine


def _refuse_dead(driver: "psycopg.Connection[object]", record: ConnectionPoolEntry, _proxy: object) -> None:
    """A restart of the server breaks every idle connection: the first one found dead empties the pool.

    An idle server says nothing, so whatever there is to read is its farewell: known without asking it. One that was
    used a moment ago is not looked at: each look gives other threads the interpreter.
    """
    just_used = monotonic() - record.info.get(_USED, 0.0) < LOOKED_AT_AFTER_SECONDS
    if driver.closed or (not just_used and _has_something_to_read(driver.fileno())):
        raise sa.exc.InvalidatePoolError()


def _note_use(_driver: object, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = monotonic()


def _has_something_to_read(descriptor: int) -> bool:
    if not hasattr(select, "poll"):  # in the bus process, where eventlet's own select takes any descriptor
        return bool(select.select([descriptor], [], [], 0)[0])
    poll = select.poll()  # select() itself takes no descriptor above 1023
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def is_transient(error: BaseException) -> bool:
    """Connection lost, serialisation failure, deadlock, lock limit: the same work may succeed if repeated.

    A statement that passes its time limit is not among them: it would hold up all others each time it is repeated.
    """
    if isinstance(error, sa.exc.DBAPIError):
        return error.connection_invalidated or (error.orig is not None and is_transient(error.orig))
    if isinstance(error, psycopg.Error):
        if error.sqlstate is None:  # the connection broke, or the value could not even be sent
            return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
        repeatable = error.sqlstate[:2] in {"08", "40", "53", "57"} or error.sqlstate in _REPEATABLE
        return repeatable and error.sqlstate != _STATEMENT_LIMIT_PASSED
    return isinstance(error, (sa.exc.TimeoutError, ConnectionError, TryAgainLater))
