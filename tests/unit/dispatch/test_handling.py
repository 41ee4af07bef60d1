"""What units do step by step: who may, from where, what is kept of it."""

from collections.abc import Iterator

import pytest

from services.dispatch.domain import events, handling
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.notes import ClockNote, Note
from services.dispatch.domain.states import (
    AssignmentState,
    HandledAs,
    Light,
    Role,
    State,
)
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.disputed import FUJIAN, PACKS
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

# -- handling ----------------------------------------------------------------------------------------------------------


def test_a_unit_signs_and_the_first_contact_counts(ids: Iterator[str]) -> None:
    order = signed(ids)
    part = lead(order)
    assert (part.signed_at, order.state) == (NOW, State.IN_HANDLING)
    for at in (NOW, LATER):
        handling.contact(order, part, method="phone", proof="p", now=at)
    assert part.contacted_at == NOW


def test_a_unit_reports_a_hundred_times_each_for_itself(ids: Iterator[str]) -> None:
    order = signed(ids, co=("b",))
    part, other = order.active()
    order.notes = [Note("sent_back", part.unit, LATER, None)] * 100
    for _ in range(100):
        handling.report_progress(order, part, note=WORDS, now=LATER)
    assert order.notes[100] == Note("progress", "a", LATER, WORDS)
    assert refusal(lambda: handling.report_progress(order, part, note=None, now=LATER)).reason == "TOO_MANY_NOTES"
    handling.report_progress(order, other, note=None, now=LATER)


def test_a_unit_that_has_not_signed_reports_nothing(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    told = refusal(lambda: handling.report_progress(order, lead(order), note=WORDS, now=NOW))
    assert (told.reason, order.notes) == ("ASSIGNMENT_NOT_SIGNED", [])


def test_only_the_lead_answers_the_citizen_once_it_has_signed_and_while_the_order_is_open(ids: Iterator[str]) -> None:
    def answer(order: WorkOrder, part: Assignment) -> object:
        return handling.answer_citizen(order, part, method="sms", proof="p", now=LATER)

    waiting = dispatched(ids)
    assert refusal(lambda: answer(waiting, lead(waiting))).reason == "ASSIGNMENT_NOT_SIGNED"
    order = signed(ids, co=("b",))
    assert refusal(lambda: answer(order, order.active()[1])).reason == "LEAD_ONLY"
    answer(order, lead(order))
    assert (lead(order).answered_at, lead(order).answered_by) == (LATER, "sms")
    done = replied(ids)
    assert answer(done, lead(done))
    handling.complete(done, now=LATER)
    assert refusal(lambda: answer(done, lead(done))).reason == "ORDER_NOT_IN_HANDLING"


def test_a_co_unit_replies_on_its_own_part(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    part = order.active()[1]
    assert (
        refusal(lambda: handling.submit_co_reply(order, part, result=None, now=NOW)).reason == "ASSIGNMENT_NOT_SIGNED"
    )
    handling.sign(order, part, now=NOW)
    handling.submit_co_reply(order, part, result=WORDS, now=LATER)
    assert (part.state, part.replied_at) == (AssignmentState.REPLIED, LATER)
    assert order.notes == [Note("co_reply", "b", LATER, WORDS)]


def test_the_final_reply_waits_for_co_units_until_their_time_is_over(ids: Iterator[str]) -> None:
    order = signed(ids, co=("b", "c"))
    part, first, second = order.active()
    asked = refusal(lambda: handling.submit_reply(order, part, reply(order)))
    assert (asked.reason, asked.values) == ("CO_REPLIES_MISSING", {"units": "b, c"})
    order.clocks = {
        "finish": ClockNote("finish", part.id, LATER),
        "co": ClockNote("co_reply", first.id, NOW),
        "sign": ClockNote("sign", second.id, NOW),
    }
    assert handling.co_units_awaited(order, NOW) == ["b", "c"]
    assert handling.co_units_awaited(order, NOW + SECOND) == ["c"]
    assert handling.co_units_awaited(order, LATER) == ["c"]
    assert handling.co_units_awaited(order, LATER + SECOND) == []
    handling.submit_co_reply(order, second, result=None, now=NOW)
    assert handling.co_units_awaited(order, NOW) == ["b"]


def test_a_reply_is_kept_and_counted_and_may_be_sent_back(ids: Iterator[str]) -> None:
    order = replied(ids)
    part = lead(order)
    assert (part.replied_at, part.state, order.changed_at) == (LATER, AssignmentState.REPLIED, LATER)
    back = handling.send_back(order, reason=WORDS, now=LATER)
    assert isinstance(back, events.ReplySentBack)
    assert (part.state, order.state, back.occurrence) == (AssignmentState.SIGNED, State.IN_HANDLING, 1)
    assert order.notes[-1] == Note("sent_back", "", LATER, WORDS)
    again = handling.submit_reply(order, part, reply(order))
    assert isinstance(again, events.ReplySubmitted)
    assert (again.occurrence, order.replies) == (2, 2)


def test_a_lead_whose_part_waits_for_a_return_does_not_reply(ids: Iterator[str]) -> None:
    order = signed(ids)
    lead(order).move(AssignmentState.RETURN_REQUESTED)
    assert refusal(lambda: handling.submit_reply(order, lead(order), reply(order))).reason == "ASSIGNMENT_NOT_SIGNED"


def test_a_part_of_an_earlier_round_or_of_an_order_that_is_done_is_not_worked_on(ids: Iterator[str]) -> None:
    order = signed(ids, co=("b",))
    part = order.active()[1]
    order.round = 2
    contact = lambda: handling.contact(order, part, method="phone", proof="p", now=NOW)  # noqa: E731
    assert refusal(contact).reason == "ORDER_NOT_IN_HANDLING"
    order.round, order.state = 1, State.COMPLETED
    assert refusal(contact).reason == "ORDER_NOT_IN_HANDLING"


def test_a_completed_order_is_accepted_as_its_law_handles_it_and_its_lights_go_out(ids: Iterator[str]) -> None:
    order = replied(ids)
    order.clocks["finish"] = ClockNote("finish", "", NOW, light=Light.RED)
    lead(order).answered_at = NOW
    done = handling.complete(order, as_=HandledAs.MEDIATION, now=LATER)
    assert isinstance(done, events.WorkOrderCompleted)
    assert (done.answered_at, done.replied_at, order.handled_as) == (NOW, LATER, HandledAs.MEDIATION)
    assert order.reply
    assert order.reply.accepted_at == LATER
    assert order.light is Light.GREEN
    unanswered = handling.complete(replied(ids), now=LATER)
    assert isinstance(unanswered, events.WorkOrderCompleted)
    assert unanswered.answered_at == LATER, "who cannot be reached is answered by the reply"


@pytest.mark.parametrize("state", [State.UNDER_VERIFICATION, State.HANDED_OVER])
def test_only_a_reply_under_review_is_accepted(ids: Iterator[str], state: State) -> None:
    order = replied(ids)
    order.state = state
    assert refusal(lambda: handling.complete(order, now=LATER)).reason == "STEP_NOT_ALLOWED"


def test_a_suggestion_needs_a_kind_of_result() -> None:
    order = new_order("suggestion")
    part = Assignment("a1", "a", Role.LEAD, 1, NOW, answered_at=NOW)
    form = {"result": "r", "result_kind": "solved", "handler": "h", "section": "s", "reviewed_by": "l"}
    told = refusal(lambda: handling.check_form(order, part, form, PACKS[FUJIAN].form))
    assert (told.field, told.values) == ("result_kind", {"value": "solved"})
