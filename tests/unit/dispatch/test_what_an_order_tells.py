"""What an order says of itself: who has a part in it, where it may go, its lights; and what of it is forgotten."""

from collections.abc import Iterator
from functools import partial

import pytest

from chassis.domain import NotFound
from services.dispatch.domain import events, handling
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import AttachmentNote, ClockNote, Draft, Extension, Note, Reply
from services.dispatch.domain.states import AssignmentState, Light, ReturnKind, Role, Route, State, light_at
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.orders import (
    LATER,
    NOW,
    SECOND,
    WORDS,
    dispatched,
    lead,
    new_order,
    refusal,
    replied,
    reply,
    signed,
)

# -- lights ------------------------------------------------------------------------------------------------------------


def test_the_last_instant_is_in_time_and_the_first_of_the_warning_warns() -> None:
    lights = [light_at(at, warn_at=NOW, due_at=LATER) for at in (NOW - SECOND, NOW, LATER, LATER + SECOND)]
    assert lights == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]


def test_an_order_shows_its_worst_light() -> None:
    order = new_order()
    shown = [order.light]
    for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.YELLOW):
        order.clocks[str(len(shown))] = ClockNote("finish", "", LATER, light=light)
        shown.append(order.light)
    assert shown == [Light.GREEN, Light.GREEN, Light.YELLOW, Light.RED, Light.RED]


# -- who has a part in it ----------------------------------------------------------------------------------------------


def test_a_unit_that_lost_its_part_had_one_and_a_stranger_never(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    order.active()[1].move(AssignmentState.RELEASED)
    assert [order.involves(unit) for unit in ("a", "b", "c", "")] == [True, True, False, False]
    assert [order.has_part(unit) for unit in ("a", "b", "c", "")] == [True, False, False, False]
    order.assignments.append(Assignment("x", "", Role.CO, 1, NOW))
    assert not order.involves("")
    assert not order.has_part(""), "nobody is no unit"


def test_parts_and_extensions_are_found_by_their_own_name_alone(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    first, second = order.active()
    order.extensions = [Extension(name, first.id, 1, 5, NOW) for name in ("e1", "e2")]
    assert (order.assignment(first.id), order.assignment(second.id)) == (first, second)
    assert [order.extension(name) for name in ("e1", "e2")] == order.extensions
    for find in (order.assignment, order.extension):
        with pytest.raises(NotFound):
            find("unknown")


def test_its_home_is_the_tenant_that_accepted_the_case() -> None:
    order = new_order()
    assert order.home_city == "350100"
    order.case.home_city = "350200"
    assert order.home_city == "350200"


def test_its_number_tells_round_and_place_in_the_case() -> None:
    order = new_order()
    assert order.number == "350100-1-01-1"
    order.round, order.index = 12, 3
    assert order.number == "350100-1-12-3"


@pytest.mark.parametrize(
    ("outcomes", "released", "by"),
    [
        ([], False, ""),
        ([], True, ""),
        (["agreed"], False, ""),
        (["refused"], True, ""),
        (["refused", "agreed"], True, "a"),
        (["agreed", "refused"], True, ""),
    ],
)
def test_who_returned_it_is_the_last_lead_whose_last_return_was_agreed(
    ids: Iterator[str], outcomes: list[str], released: bool, by: str
) -> None:
    order = dispatched(ids, co=("b",))
    part = lead(order)
    part.returns = [ReturnRequest(ReturnKind.NOT_OURS, "", NOW, False, outcome=outcome) for outcome in outcomes]
    if released:
        part.move(AssignmentState.RELEASED)
    assert order.just_returned_by == by
    assert new_order().just_returned_by == "", "it never had a lead"


def test_a_return_is_late_for_the_last_return_alone() -> None:
    part = Assignment("x", "u", Role.LEAD, 1, NOW)
    part.returns = [
        ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late, outcome=outcome)
        for late, outcome in ((True, "disputed"), (False, "refused"), (True, "disputed"))
    ]
    assert part.returned_late
    part.returns = [part.returns[0], part.returns[2], part.returns[1]]
    assert not part.returned_late


# -- where it may go ---------------------------------------------------------------------------------------------------


def test_a_refused_step_changes_neither_order_nor_part(ids: Iterator[str]) -> None:
    order = signed(ids)
    told = refusal(lambda: order.move(State.COMPLETED, LATER))
    assert (told.reason, told.values) == ("STEP_NOT_ALLOWED", {"state": "in_handling", "step": "completed"})
    assert (order.state, order.changed_at) == (State.IN_HANDLING, NOW)
    assert refusal(lambda: lead(order).move(AssignmentState.ASSIGNED)).reason == "STEP_NOT_ALLOWED"
    assert lead(order).state is AssignmentState.SIGNED


def test_only_the_ladder_sends_out_what_is_disputed_and_only_a_redo_what_is_completed(ids: Iterator[str]) -> None:
    def standing(state: State) -> WorkOrder:
        order = new_order()
        order.state = state
        return order

    queue, ladder = Choice("a"), Choice("a", fixed_by="meeting")
    for state, wrong in ((State.DISPUTED, queue), (State.COMPLETED, queue), (State.TO_DISPATCH, ladder)):
        told = refusal(partial(standing(state).dispatch, wrong, ids=ids, now=NOW))
        assert told.reason == "STEP_NOT_ALLOWED"
    order = standing(State.DISPUTED)
    order.dispatch(ladder, ids=ids, now=NOW)
    assert lead(order).fixed_by == "meeting"
    for state in (State.COMPLETED, State.UNDER_VERIFICATION):
        order = standing(state)
        order.dispatch(queue, ids=ids, now=NOW, redo=True)
        assert order.state is State.DISPATCHED


def test_each_dispatch_is_counted_and_a_fallback_unit_is_named_as_such(ids: Iterator[str]) -> None:
    order = new_order()
    for occurrence, fallback in ((1, True), (2, False), (3, False)):
        *_, sent = order.dispatch(Choice("a", fallback=fallback), ids=ids, now=NOW)
        assert isinstance(sent, events.WorkOrderDispatched)
        assert sent.occurrence == order.dispatches == occurrence
        assert [part.role for part in sent.assignments] == ["fallback_lead" if fallback else "lead"]
        order.recall(now=NOW)
        order.queue(why="recalled", candidates=[], now=NOW)


def test_what_is_with_the_units_goes_back_to_the_queue_as_a_step_of_its_own(ids: Iterator[str]) -> None:
    order = signed(ids)
    order.queue(why="returned", candidates=[], now=LATER)
    assert order.state is State.TO_DISPATCH
    order.state = State.COMPLETED
    assert refusal(lambda: order.queue(why="returned", candidates=[], now=LATER)).reason == "STEP_NOT_ALLOWED"


def test_only_a_reply_is_sent_back(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    assert refusal(lambda: handling.send_back(order, reason=None, now=NOW)).reason == "STEP_NOT_ALLOWED"
    assert order.notes == []


# -- erased ------------------------------------------------------------------------------------------------------------


def test_of_an_erased_citizen_no_word_stays_with_the_order_and_nothing_can_be_sealed_to_them(
    ids: Iterator[str],
) -> None:
    order = replied(ids)
    order.case.masked_subject = order.case.masked_text = "路灯"
    order.case.attributes, order.case.citizen_key = {"place": "青石板"}, b"k" * 32
    order.notes, order.attachments = [Note("progress", "a", NOW, WORDS)], [AttachmentNote("f", "image/png", 1)]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, False, WORDS, WORDS)
    lead(order).returns = [asked]
    longer = Extension("e", lead(order).id, 1, 5, NOW, reason=WORDS, route=Route.LONG_CYCLE, basis=WORDS)
    order.extensions = [longer]
    order.reply, order.draft = worded(order), Draft(worded(order))
    order.erase()
    case = order.case
    assert (case.masked_subject, case.masked_text, case.attributes, case.citizen_key) == ("", "", {}, b"")
    assert (order.notes, order.attachments, order.erased) == ([], [], True)
    assert (asked.reason, asked.basis, longer.reason, longer.basis) == (None, None, None, None)
    assert set(order.reply.texts + order.draft.reply.texts) == {None}


def test_an_order_without_a_reply_is_erased_too() -> None:
    order = new_order()
    order.erase()
    assert order.erased


def worded(order: WorkOrder) -> Reply:
    one = reply(order)
    one.result = one.legal_basis = one.filing_number = one.not_filed_reason = one.statement = WORDS
    return one
