"""The connection on which a process asks and hears: one reader thread, many askers, made anew when it breaks."""

import selectors
import socket
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

import amqp
import structlog

from chassis.domain import DomainError
from chassis.rabbit import wire
from chassis.rabbit.connection import LOST, Broker, abandon, close, connect, why

log = structlog.get_logger()
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
LOOK_SECONDS = 1.0
"""How often the reader looks at heartbeats when nothing comes."""
FRAME_SECONDS = 3.0
"""A message whose first byte is here has its last one soon; a connection that stops between is broken."""

Heard = Callable[[amqp.Message], None]


class LineDown(Exception):
    """Nothing can be sent or nothing came back; why, in a few words for the log."""


class _State(Enum):
    NEW = "new"
    UP = "up"
    AWAY = "away"
    CLOSED = "closed"


class Line:
    """Starts with the first question. Raises AddressUnusable when made."""

    def __init__(self, url: str, name: str, replied: Heard, returned: Heard, lost: Callable[[str], None]) -> None:
        self._broker, self._name = Broker.parse(url), name
        self._replied, self._returned, self._lost = replied, returned, lost
        self._state = _State.NEW
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._connection: amqp.Connection | None = None
        self._channel: amqp.Channel | None = None
        self._reply_to = ""
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._alarm: socket.socket | None = None

    def publish(self, message: amqp.Message, routing_key: str, until: float) -> None:
        """Sends a question, told if nobody is bound. Raises LineDown."""
        self._await_up(until)
        if not self._writing.acquire(timeout=max(0.0, until - time.monotonic())):
            raise LineDown("the connection is busy")
        try:
            if self._channel is None:
                raise LineDown("the broker is away")
            message.properties["reply_to"] = self._reply_to
            self._channel.basic_publish(message, exchange=wire.EXCHANGE, routing_key=routing_key, mandatory=True)
        except LOST as error:
            self._break()
            raise LineDown(why(error)) from None
        finally:
            self._writing.release()

    def close(self) -> None:
        self._closing.set()
        with self._changed:
            self._state = _State.CLOSED
            self._changed.notify_all()
        if self._alarm is not None:
            self._alarm.close()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(LOOK_SECONDS + FRAME_SECONDS)

    # -- askers' side ------------------------------------------------------------------------------------------------

    def _await_up(self, until: float) -> None:
        """Only the very first connection is waited for; while one is away, nobody loses time."""
        with self._changed:
            if self._thread is None and self._state is _State.NEW:
                self._alarm, bell = socket.socketpair()  # wakes the reader at the end
                self._thread = threading.Thread(target=self._run, args=(bell,), name=self._name, daemon=True)
                self._thread.start()
            self._changed.wait_for(lambda: self._state is not _State.NEW, max(0.0, until - time.monotonic()))
            if self._state is not _State.UP:
                raise LineDown("the broker is away" if self._state is not _State.CLOSED else "closed")

    def _break(self) -> None:
        """A half-written message spoils all that follow: the reader finds the connection closed and makes another."""
        connection, self._channel = self._connection, None
        if connection is not None:
            with suppress(*LOST):
                connection.transport.sock.shutdown(2)

    # -- the thread --------------------------------------------------------------------------------------------------

    def _run(self, bell: socket.socket) -> None:
        pause = FIRST_PAUSE
        while not self._closing.is_set():
            try:
                self._connect()
                pause = FIRST_PAUSE
                self._listen(bell)
            except (DomainError, *LOST) as error:
                if not self._closing.is_set():
                    log.warning("questions_line_down", broker=self._broker.address, why=why(error))
                    self._gone(_State.AWAY)
                    self._closing.wait(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
        self._gone(_State.CLOSED)
        bell.close()

    def _connect(self) -> None:
        connection = self._connection = connect(self._broker, self._name)
        channel = connection.channel()
        channel.events["basic_return"].add(lambda _error, _exchange, _key, message: self._returned(message))
        self._reply_to = str(uuid.uuid4())
        queue = f"rpc.reply-huying-{self._reply_to}"
        channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, wire.EXCHANGE, routing_key=self._reply_to)
        channel.basic_consume(queue, no_ack=True, callback=self._replied, on_cancel=_cancelled)
        with self._changed:
            if self._state is not _State.CLOSED:
                self._channel, self._state = channel, _State.UP
            self._changed.notify_all()

    def _listen(self, bell: socket.socket) -> None:
        connection = self._connection
        assert connection is not None
        with selectors.DefaultSelector() as selector:
            selector.register(connection.transport.sock, selectors.EVENT_READ)
            selector.register(bell, selectors.EVENT_READ)
            while True:
                ready = selector.select(LOOK_SECONDS)
                if self._closing.is_set():
                    return
                with self._writing:  # reading sets time limits on the socket that writers must not meet
                    if ready:
                        _drain(connection)
                    connection.heartbeat_tick()

    def _gone(self, state: _State) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        with self._changed:
            if self._state is not _State.CLOSED:
                self._state = state
            self._changed.notify_all()
        self._lost("the connection to the broker was lost")
        if connection is not None:
            (close if state is _State.CLOSED else abandon)(connection)


def _drain(connection: amqp.Connection) -> None:
    """Reads what has come. More may wait in memory, where no selector sees it: TLS reads whole records."""
    connection.blocking_read(FRAME_SECONDS)
    with suppress(TimeoutError):
        while True:
            connection.blocking_read(0)


def _cancelled(_tag: str) -> None:
    raise ConnectionResetError("the broker took the reply queue away")
