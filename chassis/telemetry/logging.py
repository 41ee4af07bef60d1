"""Structured logs: one JSON object a line, or colours for a person at a terminal."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from chassis.telemetry import tracing


def configure_logging(*, json: bool = True, level: str = "INFO") -> None:
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            add_trace,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(_StandardError()),  # type: ignore[arg-type]
        # Not cached: a later configuration, of a test or of a program around this one, must reach every logger.
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")


class _StandardError:
    """Asked for at each line: whoever runs the program inside another one may have put its own stream there."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def add_trace(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Every line says which trace and which case it belongs to; what it says itself goes before."""
    return {**tracing.for_logs(), **line}
