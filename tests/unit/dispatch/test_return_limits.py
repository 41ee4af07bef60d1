"""Until when a return is in time, what the unit must state with it, and who may ask for one no more."""

from collections.abc import Iterator

import pytest

from services.dispatch.domain import events, extensions, returns
from services.dispatch.domain.assignment import ReturnRequest
from services.dispatch.domain.notes import ClockNote, Extension
from services.dispatch.domain.states import ReturnKind, Role, Route
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.disputed import FUJIAN, PACKS, PINGLI, SHUANGYASHAN
from tests.unit.dispatch.orders import LATER, NOW, SECOND, dispatched, lead, refusal, signed


def timed(order: WorkOrder) -> WorkOrder:
    """Its own clocks of a return, the last of which counts, among others that say nothing of it."""
    part, other = order.active()
    order.clocks = {
        "first": ClockNote("return", part.id, NOW),
        "second": ClockNote("return", part.id, LATER),
        "sign": ClockNote("sign", part.id, LATER + SECOND),
        "other": ClockNote("return", other.id, LATER + SECOND),
        "finish": ClockNote("finish", part.id, LATER + 2 * SECOND),
    }
    return order


@pytest.mark.parametrize("pack", [FUJIAN, PINGLI, SHUANGYASHAN])
def test_before_signing_a_return_has_a_limit_of_its_own(ids: Iterator[str], pack: str) -> None:
    order, rules = timed(dispatched(ids, co=("b",))), PACKS[pack].returns
    assert returns.due_at(order, lead(order), rules) == LATER
    assert [returns.is_late(order, lead(order), rules, at) for at in (LATER, LATER + SECOND)] == [False, True]
    order.clocks = {}
    assert not returns.is_late(order, lead(order), rules, LATER), "nobody has told a limit yet"


def test_in_fujian_a_return_while_handling_is_in_time_until_the_deadline(ids: Iterator[str]) -> None:
    order = timed(signed(ids, co=("b",)))
    part = lead(order)
    due = {pack: returns.due_at(order, part, PACKS[pack].returns) for pack in (FUJIAN, PINGLI, SHUANGYASHAN)}
    assert due == {FUJIAN: LATER + 2 * SECOND, PINGLI: LATER, SHUANGYASHAN: LATER}
    del order.clocks["finish"]
    assert returns.due_at(order, part, PACKS[FUJIAN].returns) is None


def test_in_fujian_a_unit_that_has_signed_names_another(ids: Iterator[str]) -> None:
    order, rules = dispatched(ids), PACKS[FUJIAN].returns
    assert returns.required_fields(lead(order), rules) == {"reason", "basis"}
    assert returns.required_fields(lead(signed(ids)), rules) == {"reason", "basis", "suggested_unit"}
    assert returns.required_fields(lead(signed(ids)), PACKS[PINGLI].returns) == {"reason", "basis"}


def ask(order: WorkOrder, kind: ReturnKind = ReturnKind.NOT_OURS) -> object:
    request, its = ReturnRequest(kind, "", NOW, False), PACKS[PINGLI]
    return returns.request(order, lead(order), request, rules=its.returns, now=NOW, ladder=its.disputes)


@pytest.mark.parametrize(("role", "round_"), [(Role.FALLBACK_LEAD, 1), (Role.LEAD, 2), (Role.FALLBACK_LEAD, 2)])
def test_what_was_determined_or_is_done_again_is_the_units_own(ids: Iterator[str], role: Role, round_: int) -> None:
    order = dispatched(ids)
    lead(order).role, lead(order).round, order.round = role, round_, round_
    assert refusal(lambda: ask(order)).reason == "NO_FURTHER_RETURN"
    assert lead(order).returns == []
    assert ask(order, ReturnKind.OUT_OF_SCOPE), "whosever it is, it may be outside what the platform accepts"


def test_whom_the_ladder_has_named_returns_nothing_and_the_pack_says_so(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    lead(order).fixed_by = "meeting"
    told = refusal(lambda: ask(order))
    assert (told.reason, lead(order).returns) == ("UNIT_FIXED_BY_LADDER", [])
    ladder = PACKS[PINGLI].disputes
    assert ladder
    assert told.values["basis"] == str(ladder.fixed)


def test_used_up_returns_are_asked_for_as_a_dispute_where_the_pack_has_a_ladder(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    order.agreed_returns = PACKS[PINGLI].returns.agreed_at_most
    requested = ask(order)
    assert isinstance(requested, events.ReturnRequested)


def test_agreed_returns_are_counted_one_by_one(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    part, other = order.active()
    for each in (other, part):
        each.returns = []
        returns.request(
            order,
            each,
            ReturnRequest(ReturnKind.NOT_OURS, "", NOW, False),
            rules=PACKS[FUJIAN].returns,
            now=NOW,
        )
    order.agreed_returns = 1
    returns.agree(order, other, now=NOW)
    assert order.agreed_returns == 1, "a co-unit's return sends nothing back to the queue"
    returns.agree(order, part, now=NOW)
    assert order.agreed_returns == 2


def test_a_long_cycle_that_is_too_short_names_its_field(ids: Iterator[str]) -> None:
    order = signed(ids)
    order.clocks["finish"] = ClockNote("finish", "", LATER, None, "working_day", 5)
    wanted = Extension("e1", lead(order).id, 1, 5, NOW, route=Route.LONG_CYCLE)
    told = refusal(lambda: extensions.request(order, lead(order), wanted, rules=PACKS[PINGLI].extensions, now=NOW))
    assert (told.reason, told.field) == ("LONG_CYCLE_TOO_SHORT", "working_days")
    assert order.extensions == []
