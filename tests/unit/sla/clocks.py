"""Clocks in each of their states, for the tests of single steps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chassis.domain import DomainError
from services.sla.domain.clock import Clock
from tests.unit.sla.test_clock import DUE, START, clock

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LATER = DUE + 5 * HOUR


def warned() -> Clock:
    k = clock()
    k.tick(k.warn_at)
    return k


def breached() -> Clock:
    k = clock()
    k.tick(DUE)
    return k


def held(*, window: bool = False) -> Clock:
    k = clock(window=window)
    k.hold("reply", START)
    return k


def late() -> Clock:
    k = clock()
    k.stop(LATER)
    return k


def refusal(step: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as told:
        step()
    return told.value
