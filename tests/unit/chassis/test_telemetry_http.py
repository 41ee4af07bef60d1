"""The HTTP port of a process: who hangs up early is no fault of ours."""

import socket
import struct
import threading

import pytest
from prometheus_client import CollectorRegistry

from chassis.telemetry import http
from chassis.telemetry.http import HttpServer

SECONDS = 20.0
AT_ONCE = struct.pack("ii", 1, 0)


def test_nothing_is_said_of_who_hangs_up_before_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    asked, gone = threading.Event(), threading.Event()

    def slow() -> bool:
        asked.set()
        return gone.wait(SECONDS)

    before = set(threading.enumerate())
    server = HttpServer("127.0.0.1", 0, CollectorRegistry(), live={}, ready={"slow": slow})
    server.start()
    with socket.create_connection(("127.0.0.1", server.port)) as prober:
        prober.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
        assert asked.wait(SECONDS)
        prober.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    gone.set()
    server.stop()
    for thread in set(threading.enumerate()) - before:
        thread.join(SECONDS)
    assert capsys.readouterr().err == ""


def test_who_connects_and_sends_nothing_keeps_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SILENT_SECONDS", 0.2)
    server = HttpServer("127.0.0.1", 0, CollectorRegistry(), live={}, ready={})
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as silent:
        assert silent.recv(1) == b"", "hung up on"
    server.stop()
