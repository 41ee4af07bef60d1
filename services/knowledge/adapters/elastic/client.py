"""The connection: address, rights, time limits, and what its faults mean."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
import structlog
from elastic_transport import JsonSerializer, TlsError
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, TransportError, UnsupportedProductError

from chassis.settings import Settings, shown
from chassis.telemetry import tracing
from services.knowledge.domain.errors import SearchUnavailable

log = structlog.get_logger()
SEARCH_SECONDS = 2.0
WRITE_SECONDS = 10.0
PORT = 9200
_WHY = {401: "credentials refused", 403: "not permitted", 404: "index missing", 429: "overloaded"}
_BUSY = {429, 502, 503, 504}


def connect(settings: Settings) -> Elasticsearch:
    """Nothing is sent yet: the server may be away when a process starts."""
    _keep_words_out_of_logs_and_spans()
    parts = urlsplit(settings.elasticsearch_url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    options: dict[str, Any] = {"request_timeout": WRITE_SECONDS, "max_retries": 1, "retry_on_timeout": False}
    options["serializer"] = _Json()
    key = settings.elasticsearch_api_key.get_secret_value()
    if key:
        options["api_key"] = key
    elif parts.username:
        options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
    if parts.scheme == "https" and settings.elasticsearch_ca:
        options["ca_certs"] = str(settings.elasticsearch_ca)
    return Elasticsearch(f"{parts.scheme}://{host}:{parts.port or PORT}{parts.path.rstrip('/')}", **options)


class _Json(JsonSerializer):
    """In a third of the time that Python's own takes: a story asks for some hundred terms."""

    def json_dumps(self, data: Any) -> bytes:
        return msgspec.json.encode(data)

    def json_loads(self, data: bytes) -> Any:
        return msgspec.json.decode(data)


def _keep_words_out_of_logs_and_spans() -> None:
    """The client would log and trace errors whole, and an error may quote what a caller said."""
    os.environ["OTEL_PYTHON_INSTRUMENTATION_ELASTICSEARCH_ENABLED"] = "false"
    for name in ("elastic_transport", "elasticsearch"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def address(settings: Settings) -> str:
    return shown(settings.elasticsearch_url)


@contextmanager
def speaking(server: str) -> Iterator[None]:
    """Turns the client's faults into ours. A fault's own words may quote a caller's, so only its kind is told."""
    try:
        with tracing.span("knowledge.elasticsearch", service="knowledge", server=server):
            yield
    except (TransportError, ApiError, UnsupportedProductError) as error:
        why = _why(error)
        log.warning("elasticsearch_failed", server=server, error=type(error).__name__, why=why)
        raise SearchUnavailable(why=why) from error


def does_not_respond(error: SearchUnavailable) -> bool:
    """The server itself is away, slow or overloaded: for a moment it is better not asked again."""
    cause = error.__cause__
    return isinstance(cause, TransportError) or (isinstance(cause, ApiError) and cause.meta.status in _BUSY)


def _why(error: Exception) -> str:
    if isinstance(error, ConnectionTimeout):
        return "time limit passed"
    if isinstance(error, TlsError):
        return "certificate not trusted"
    if isinstance(error, ApiError):
        return _WHY.get(error.meta.status, f"status {error.meta.status}")
    if isinstance(error, UnsupportedProductError):
        return "not an Elasticsearch"
    return "unreachable"
