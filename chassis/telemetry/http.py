"""The HTTP port of every process: /metrics, /livez, /readyz."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

SILENT_SECONDS = 10.0
"""Who sends nothing for so long keeps his thread no longer."""
Checks = Mapping[str, Callable[[], bool]]


class HttpServer:
    """Serves until stopped; `port` 0 takes any free one."""

    def __init__(self, host: str, port: int, registry: CollectorRegistry, live: Checks, ready: Checks) -> None:
        pages: dict[str, Callable[[], tuple[int, str, bytes]]] = {
            "/metrics": lambda: (200, CONTENT_TYPE_LATEST, generate_latest(registry)),
            "/livez": lambda: _checked(live),
            "/readyz": lambda: _checked(ready),
        }

        class Handler(BaseHTTPRequestHandler):
            timeout = SILENT_SECONDS

            def handle(self) -> None:
                with suppress(BrokenPipeError, ConnectionResetError):  # who hangs up early wants no answer
                    super().handle()

            def do_GET(self) -> None:
                page = pages.get(self.path.partition("?")[0])
                status, kind, body = page() if page else (404, "text/plain", b"not found\n")
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Scrapes every few seconds are no news."""

        self._server = ThreadingHTTPServer((host, port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, name="http", daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _checked(checks: Checks) -> tuple[int, str, bytes]:
    results = {name: _passes(check) for name, check in list(checks.items())}  # a role adds its own while it starts
    return 200 if all(results.values()) else 503, "application/json", msgspec.json.encode(results) + b"\n"


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        return False
