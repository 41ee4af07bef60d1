"""Orders at each point of their life, for the tests of single steps."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain import DomainError, Sealed
from services.dispatch.domain import handling
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import Reply
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
LATER, SECOND = NOW + timedelta(days=1), timedelta(seconds=1)
WORDS = Sealed("c", "f", b"")


def new_order(category: str = "complaint") -> WorkOrder:
    return WorkOrder("order-1", "350100", "p", CaseCopy("case-1", "350100-1", category), 1, NOW)


def dispatched(ids: Iterator[str], *, co: tuple[str, ...] = ()) -> WorkOrder:
    order = new_order()
    order.dispatch(Choice("a", co), ids=ids, now=NOW)
    return order


def signed(ids: Iterator[str], *, co: tuple[str, ...] = ()) -> WorkOrder:
    order = dispatched(ids, co=co)
    for part in order.active():
        handling.sign(order, part, now=NOW)
    return order


def replied(ids: Iterator[str], *, co: tuple[str, ...] = ()) -> WorkOrder:
    order = signed(ids, co=co)
    for part in order.active()[1:]:
        handling.submit_co_reply(order, part, result=None, now=NOW)
    handling.submit_reply(order, lead(order), reply(order))
    return order


def lead(order: WorkOrder) -> Assignment:
    assert order.lead
    return order.lead


def reply(order: WorkOrder, at: datetime = LATER) -> Reply:
    return Reply(lead(order).id, None, None, b"", "solved", at)


def refusal(step: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as told:
        step()
    return told.value
