"""A small server that speaks as clamd does: INSTREAM with both ends of a command, a size limit, and one known virus."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

HARMFUL = b"X5O!P%@AP[4" + rb"\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file that every scanner knows, in two halves, so that none finds it here."""


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, limit: int = 30_000_000, verdict: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.limit, self.verdict = limit, verdict
        self.scanned: list[int] = []

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := int.from_bytes(self.rfile.read(4)):
            content += self.rfile.read(size)
            if len(content) > self.server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.scanned.append(len(content))
        found = "stream: Eicar-Test-Signature FOUND" if HARMFUL in content else "stream: OK"
        self.wfile.write((self.server.verdict or found).encode() + b"\0")


@contextmanager
def clamd(*, limit: int = 30_000_000, verdict: str = "") -> Iterator[Clamd]:
    with Clamd(limit=limit, verdict=verdict) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
