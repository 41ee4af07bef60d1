"""The tables of states, and what an order keeps when it is queued, dispatched, recalled or ended."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

import pytest

from chassis.domain import Transitions
from services.dispatch.domain import events, handling, states
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import ClockNote, Extension, Note
from services.dispatch.domain.states import (
    OPEN,
    Light,
    State,
)
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.orders import (
    LATER,
    NOW,
    dispatched,
    lead,
    new_order,
    signed,
)

# -- the tables --------------------------------------------------------------------------------------------------------

TABLES = {name: its for name, its in vars(states).items() if isinstance(its, Transitions)}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_state_that_nothing_follows_is_an_end(name: str) -> None:
    assert TABLES[name].dead_ends() == frozenset()


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_order_ends_without_further_handling_from_every_open_state(state: State) -> None:
    order = new_order()
    order.state, order.dispute_id, order.clocks = state, "d", {"k": ClockNote("finish", "", LATER)}
    (ended,) = order.end(ground="g", basis="b", next_authority="n", now=NOW)
    assert isinstance(ended, events.WorkOrderEnded)
    assert (order.state, order.why, order.dispute_id, order.clocks, order.changed_at) == (State.ENDED, "g", "", {}, NOW)


def test_what_is_completed_or_verified_is_not_open() -> None:
    assert set(State) - OPEN == {State.COMPLETED, State.UNDER_VERIFICATION, State.ENDED}


# -- an order ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [WorkOrder, Assignment, ReturnRequest, Extension, Note])
def test_nothing_has_happened_yet_to_what_is_new(of: type[Any]) -> None:
    begins = {"state", "round", "role", "before_return", "route", "handled_as"}
    told = {each.name: each.default for each in fields(of) if each.default is not MISSING and each.name not in begins}
    assert not [name for name, value in told.items() if value], told
    assert new_order().round == 1


def test_the_queue_keeps_why_and_for_whom_and_counts() -> None:
    order = new_order()
    for occurrence in (1, 2):
        queued = order.queue(why="equal_routes", candidates=("a", "b"), now=LATER)
        assert isinstance(queued, events.WorkOrderQueued)
        assert queued.occurrence == occurrence
    assert (order.why, order.candidates, order.changed_at) == ("equal_routes", ["a", "b"], LATER)


def test_a_dispatch_forgets_why_it_waited_and_keeps_the_clocks_of_units_that_stay(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b", "c"))
    stays = next(part for part in order.active() if part.unit == "b")
    order.clocks = {"own": ClockNote("sign", stays.id, LATER), "whole": ClockNote("citizen", "", LATER)}
    handling.sign(order, stays, now=NOW)
    order.move(State.TO_DISPATCH, NOW)
    order.queue(why="returned", candidates=["x"], now=NOW)
    *released, sent = order.dispatch(Choice("d", ("b",)), ids=ids, now=LATER)
    assert (order.why, order.candidates, order.dispatched_at, order.changed_at) == ("", [], LATER, LATER)
    assert list(order.clocks) == ["own"]
    assert isinstance(sent, events.WorkOrderDispatched)
    assert not sent.after_return
    told = [(each.unit, each.why) for each in released if isinstance(each, events.AssignmentReleased)]
    assert told == [("a", "redispatched"), ("c", "redispatched")]
    gone = [part for part in order.assignments if not part.is_active]
    assert [part.released_at for part in gone] == [LATER, LATER]


def test_a_recalled_order_says_so(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    released, recalled = order.recall(now=LATER)
    assert isinstance(released, events.AssignmentReleased)
    assert isinstance(recalled, events.WorkOrderRecalled)
    assert (order.state, order.why, released.why) == (State.TO_DISPATCH, "recalled", "recalled")


def test_an_order_that_ended_releases_its_units_for_that_reason(ids: Iterator[str]) -> None:
    released, _ = dispatched(ids).end(ground="g", basis="b", next_authority="", now=NOW)
    assert isinstance(released, events.AssignmentReleased)
    assert released.why == "ended"


def test_the_finish_clock_is_the_leads_newest_or_the_orders(ids: Iterator[str]) -> None:
    order = signed(ids, co=("b",))
    part, other = lead(order), order.active()[1]
    order.clocks["others"] = ClockNote("finish", other.id, NOW)
    order.clocks["sign"] = ClockNote("sign", part.id, NOW)
    assert order.finish_clock is None
    whole, own = ClockNote("finish", "", NOW), ClockNote("finish", part.id, LATER, light=Light.RED)
    order.clocks["whole"] = whole
    assert order.finish_clock is whole
    assert not order.is_overdue
    order.clocks["own"] = own
    assert order.finish_clock is own
    assert order.is_overdue
    assert new_order().finish_clock is None
    alone = new_order()
    alone.clocks["whole"] = whole
    assert alone.finish_clock is None, "nobody leads it"
