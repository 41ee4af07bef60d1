"""Whoever asks a server that dies meanwhile is told so, in the way in which it is told that nobody is there."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cli.servers.http import ask


@contextmanager
def answering(said: bytes) -> Iterator[str]:
    """The address of somebody who says this to one asker, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            asker, _ = door.accept()
            with asker:
                asker.recv(4096)
                asker.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/readyz"
        thread.join()


@pytest.mark.parametrize("status", ["200 OK", "503 Service Unavailable"])
def test_an_answer_that_breaks_off_is_an_os_error(status: str) -> None:
    said = f"HTTP/1.0 {status}\r\nContent-Length: 18\r\n\r\n".encode()
    with answering(said) as url, pytest.raises(OSError, match="IncompleteRead"):
        ask(url)


def test_no_answer_at_all_is_an_os_error() -> None:
    with answering(b"") as url, pytest.raises(OSError, match="without response"):
        ask(url)


def test_a_refusal_is_answered_with_its_words() -> None:
    with answering(b"HTTP/1.0 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nlate") as url:
        assert ask(url) == (503, b"late")
