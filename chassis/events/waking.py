"""A commit in one process wakes the relay in another: a notice of PostgreSQL, beside the transaction.

Within the transaction a notice would make all commits take turns. So it comes after, once for many, and may be lost:
the relay looks by itself every half second.
"""

import threading
from collections.abc import Callable

import psycopg
import sqlalchemy as sa
import structlog

from chassis.database.apart import Session, connect_apart

log = structlog.get_logger()
CHANNEL = "huying_outbox"
GATHER_SECONDS = 0.01
LOOK_SECONDS = 1.0
BACK_OFF_SECONDS = 2.0


class Waker:
    """`runtime.wake = waker.wake` in processes that commit events and do not publish them."""

    def __init__(self, url: sa.URL, service: str) -> None:
        self._url, self._service = url, service
        self._committed, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._notify_forever, name="waker", daemon=True)
        self._thread.start()

    def wake(self, published: bool) -> None:
        if published:
            self._committed.set()

    def close(self) -> None:
        self._stop.set()
        self._committed.set()
        self._thread.join(2.0)

    def _notify_forever(self) -> None:
        session: Session | None = None
        while self._committed.wait() and not self._stop.is_set():
            self._committed.clear()
            try:
                session = session or connect_apart(self._url, f"huying-{self._service}-waker")
                session.execute("select pg_notify(%s, '')", [CHANNEL])
                self._stop.wait(GATHER_SECONDS)
            except psycopg.Error:
                _discard(session)
                session = None
                self._stop.wait(BACK_OFF_SECONDS)
        _discard(session)


class Listener:
    """Calls `woken` whenever a process of the service has committed events."""

    def __init__(self, url: sa.URL, service: str, woken: Callable[[], None]) -> None:
        self._url, self._service, self._woken = url, service, woken
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen_forever, name="listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(LOOK_SECONDS + 1)

    def _listen_forever(self) -> None:
        while not self._stop.is_set():
            session: Session | None = None
            try:
                session = connect_apart(self._url, f"huying-{self._service}-listener")
                session.execute(f"listen {CHANNEL}")
                self._woken()  # what was committed before we listened
                while not self._stop.is_set():
                    for _ in session.notifies(timeout=LOOK_SECONDS, stop_after=1):
                        self._woken()
            except psycopg.Error as error:
                log.info("listener_lost", service=self._service, error=type(error).__name__)
                self._stop.wait(BACK_OFF_SECONDS)
            finally:
                _discard(session)


def _discard(session: Session | None) -> None:
    if session is not None:
        session.close()
