"""The virus scanner is asked as clamd is asked, over a real connection."""

import io
import socket

import pytest

from chassis.clock import monotonic
from chassis.scanner import AttachmentInfected, BeyondScanner, ClamdScanner, NoScanner, ScannerAway
from tests.integration.objects.clamd import HARMFUL, clamd


def test_a_harmless_file_passes_whole() -> None:
    with clamd() as server:
        ClamdScanner.at(server.url).scan(io.BytesIO(bytes(1_000_000)))
        ClamdScanner.at(server.url).scan(io.BytesIO(b""))
        assert server.scanned == [1_000_000, 0]


def test_a_harmful_file_is_named_in_the_middle_of_others() -> None:
    with clamd() as server, pytest.raises(AttachmentInfected) as caught:
        ClamdScanner.at(server.url).scan(io.BytesIO(bytes(70_000) + HARMFUL + bytes(70_000)))
    assert "Eicar-Test-Signature" in caught.value.message_zh


@pytest.mark.parametrize("verdict", ["stream: Boom ERROR", "UNKNOWN COMMAND", "COMMAND READ TIMED OUT"])
def test_a_scanner_that_cannot_say_lets_nothing_pass(verdict: str) -> None:
    with clamd(verdict=verdict) as server, pytest.raises(ScannerAway):
        ClamdScanner.at(server.url).scan(io.BytesIO(b"x"))


def test_a_scanner_that_takes_no_file_of_this_size_says_so() -> None:
    with clamd(limit=100_000) as server, pytest.raises(BeyondScanner):
        ClamdScanner.at(server.url).scan(io.BytesIO(bytes(50_000_000)))


def test_a_scanner_that_is_away_or_silent_is_a_named_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = monotonic()
        with pytest.raises(ScannerAway):
            ClamdScanner("127.0.0.1", port, seconds=0.2).scan(io.BytesIO(b"x"))
        assert monotonic() - begun < 5
    with pytest.raises(ScannerAway):
        ClamdScanner("127.0.0.1", port).scan(io.BytesIO(b"x"))
    with pytest.raises(ScannerAway):
        ClamdScanner.at("unix:///nowhere/clamd.sock").scan(io.BytesIO(b"x"))


def test_without_a_scanner_everything_passes() -> None:
    NoScanner().scan(io.BytesIO(HARMFUL))
