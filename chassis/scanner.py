"""A virus scanner beside the platform, spoken to as clamd is: zINSTREAM, chunks by length, one line of verdict."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

import structlog

from chassis.domain import DomainError, Status

log = structlog.get_logger()
_CHUNK = 64 * 1024
_LONGEST_VERDICT = 4096


class AttachmentInfected(DomainError):
    """The scanner knows it as harmful."""

    status = Status.INVALID_ARGUMENT
    zh = "附件未通过病毒扫描（{signature}），已隔离"
    en = "the scanner knows this file as harmful ({signature}); it was put into quarantine"


class ScannerAway(DomainError):
    """Unscanned files are not taken: the caller tries again."""

    status = Status.UNAVAILABLE
    zh = "病毒扫描服务暂时不可用，请稍后重试"
    en = "the virus scanner is away, try again shortly"


class BeyondScanner(DomainError):
    """The scanner refuses a file of this size: no repeat helps, an operator does."""

    status = Status.FAILED_PRECONDITION
    zh = "附件超过病毒扫描服务允许的大小，未收取；请管理员调大其 StreamMaxLength"
    en = "the virus scanner takes no file of this size; let an operator raise its StreamMaxLength"


class Scanner(Protocol):
    def scan(self, file: BinaryIO) -> None:
        """Reads it to its end and leaves it there. Raises AttachmentInfected, BeyondScanner, ScannerAway."""


class NoScanner:
    """None is set up: every file passes."""

    def scan(self, file: BinaryIO) -> None:
        return


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """A clamd, or what speaks like it, on TCP or on a local socket."""

    host: str
    port: int
    path: str = ""
    seconds: float = 30.0

    @classmethod
    def at(cls, url: str) -> "ClamdScanner":
        """tcp://host:3310 or unix:///path. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme == "unix" and parts.path:
            return cls("", 0, parts.path)
        if parts.scheme == "tcp" and parts.hostname:
            return cls(parts.hostname, parts.port or 3310)
        raise ValueError("should be like tcp://host:3310 or unix:///run/clamd.sock")

    def scan(self, file: BinaryIO) -> None:
        try:
            verdict = self._ask(file)
        except OSError as error:
            log.warning("scanner_away", error=type(error).__name__)
            raise ScannerAway() from error
        result = verdict.removeprefix("stream: ")
        if result == "OK":
            return
        if result.endswith(" FOUND"):
            raise AttachmentInfected(signature=result.removesuffix(" FOUND")[:100])
        log.warning("scanner_failed", verdict=verdict[:200])
        if result.startswith("INSTREAM size limit exceeded"):
            raise BeyondScanner()
        raise ScannerAway()

    def _ask(self, file: BinaryIO) -> str:
        with self._connected() as connection:
            try:
                connection.sendall(b"zINSTREAM\0")
                for chunk in _chunks(file):
                    connection.sendall(len(chunk).to_bytes(4) + chunk)
                connection.sendall((0).to_bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                log.info("scanner_stopped_reading")  # it has said why, as with a stream above its limit
            said = b""
            while b"\0" not in said and len(said) < _LONGEST_VERDICT:
                part = connection.recv(1024)
                if not part:
                    break
                said += part
        return said.partition(b"\0")[0].decode(errors="replace").strip()

    def _connected(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), timeout=self.seconds)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(self.seconds)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
