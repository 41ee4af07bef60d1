"""Eventlet's patches, and psycopg made to wait through them. Called before anything else is imported."""

import os
import sys
import warnings

from chassis.rabbit.errors import NotGreen

_WAIT = "PSYCOPG_WAIT_FUNC"


def patch() -> None:
    """Makes this process green. psycopg would otherwise block all other work while it waits for the database."""
    if "psycopg" in sys.modules and os.environ.get(_WAIT) != "wait_selector":
        raise NotGreen()
    os.environ[_WAIT] = "wait_selector"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet tells at each import that it is only maintained
        import eventlet
    eventlet.monkey_patch()
    _count_natively()


def _count_natively() -> None:
    """A metric's lock is held for an addition, and no green thread has its turn meanwhile: the system's own will do."""
    from eventlet.patcher import original
    from prometheus_client import metrics, values

    for module in (metrics, values):
        module.__dict__["Lock"] = original("threading").Lock


def require_patched() -> None:
    """Raises NotGreen."""
    if "eventlet" not in sys.modules:
        raise NotGreen()
    from eventlet.patcher import is_monkey_patched

    if not is_monkey_patched("socket") or os.environ.get(_WAIT) != "wait_selector":
        raise NotGreen()
