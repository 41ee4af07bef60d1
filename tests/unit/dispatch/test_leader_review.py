"""审核 inside the unit (F16 art. 18): a draft, what may become of it, and which step makes the reply."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain import DomainError
from services.dispatch.domain import handling, leader_review
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.events import LeaderReviewDecided, ReplySubmitted
from services.dispatch.domain.notes import Reply
from services.dispatch.domain.reply_errors import NoReplyWaiting
from services.dispatch.domain.states import AssignmentState, LeaderReview, Role, State
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.test_closing_form import PACKS, new_order

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


def in_handling() -> tuple[WorkOrder, Assignment]:
    order = new_order("fujian-2016", "complaint")
    (lead,) = order.active()
    lead.answered_at = None
    handling.sign(order, lead, now=NOW)
    return order, lead


def drafted() -> tuple[WorkOrder, Assignment]:
    order, lead = in_handling()
    leader_review.offer(order, reply(lead))
    return order, lead


def reply(lead: Assignment) -> Reply:
    return Reply(lead.id, None, None, b"", "solved", NOW)


def answer(order: WorkOrder, lead: Assignment) -> None:
    handling.answer_citizen(order, lead, method="phone", proof="call-1", now=NOW)


def review_of(order: WorkOrder) -> str:
    here = leader_review.stage(order)
    return str(here.review) if here else ""


def go_on(order: WorkOrder, *, answered_first: bool = True) -> list[object]:
    return list(leader_review.go_on(order, answered_first=answered_first, now=LATER))


def test_only_fujian_has_the_leader_review_a_reply() -> None:
    asking = {name: str(pack.form.leader_review) for name, pack in PACKS.items() if pack.form.leader_review}
    assert asking == {"fujian-2016": "F16-19, 18"}


def test_a_draft_moves_nothing_until_the_leader_has_approved_it() -> None:
    order, lead = drafted()
    answer(order, lead)
    assert go_on(order) == []
    assert (order.state, lead.state, order.reply, review_of(order)) == (
        State.IN_HANDLING, AssignmentState.SIGNED, None, "waiting",
    )  # fmt: skip


def test_the_reply_is_submitted_when_it_leaves_the_unit_and_not_when_it_was_written() -> None:
    order, lead = drafted()
    answer(order, lead)
    leader_review.approve(order, lead, now=LATER)
    (submitted,) = go_on(order)
    assert isinstance(submitted, ReplySubmitted)
    assert (submitted.submitted_at, order.state, order.draft) == (LATER, State.REPLIED, None)
    assert order.reply is not None
    assert order.reply.leader_reviewed_at == LATER


def test_what_is_approved_waits_for_the_answer_to_the_citizen() -> None:
    order, lead = drafted()
    told = leader_review.approve(order, lead, now=NOW)
    assert isinstance(told, LeaderReviewDecided)
    assert (told.unit, told.assignment_id, told.approved, told.decided_at) == (lead.unit, lead.id, True, NOW)
    assert (go_on(order), review_of(order)) == ([], LeaderReview.APPROVED)
    answer(order, lead)
    (submitted,) = go_on(order)
    assert isinstance(submitted, ReplySubmitted)


@pytest.mark.parametrize("reachable", [True, False])
def test_nobody_waits_for_an_answer_that_is_not_wanted(reachable: bool) -> None:
    order, lead = drafted()
    order.case.citizen_reachable = reachable
    leader_review.approve(order, lead, now=NOW)
    assert len(go_on(order, answered_first=not reachable)) == 1


def test_a_draft_that_is_sent_back_is_gone_and_its_reason_stays_with_the_unit() -> None:
    order, lead = drafted()
    told = leader_review.send_back(order, lead, reason=None, now=LATER)
    assert isinstance(told, LeaderReviewDecided)
    assert (told.unit, told.assignment_id, told.approved, told.decided_at) == (lead.unit, lead.id, False, LATER)
    assert (review_of(order), order.draft) == ("", None)
    assert [(note.kind, note.by) for note in order.notes] == [("leader_sent_back", lead.unit)]


def refusals(order: WorkOrder, assignment: Assignment) -> set[str]:
    found = set()
    for step in (
        lambda: leader_review.approve(order, assignment, now=NOW),
        lambda: leader_review.send_back(order, assignment, reason=None, now=NOW),
    ):
        with pytest.raises(DomainError) as error:
            step()
        found.add(error.value.reason)
    return found


def test_nothing_is_reviewed_that_does_not_wait() -> None:
    nothing, its_lead = in_handling()
    approved, lead = drafted()
    leader_review.approve(approved, lead, now=NOW)
    assert refusals(nothing, its_lead) == refusals(approved, lead) == {NoReplyWaiting().reason}


@pytest.mark.parametrize("state", [s for s in State if s is not State.IN_HANDLING])
def test_a_draft_is_none_where_the_order_is_not_in_handling(state: State) -> None:
    order, lead = drafted()
    order.state = state
    assert (review_of(order), refusals(order, lead)) == ("", {"NO_REPLY_WAITING"})


@pytest.mark.parametrize("state", [s for s in AssignmentState if s is not AssignmentState.SIGNED])
def test_a_unit_that_is_not_at_work_has_no_draft(state: AssignmentState) -> None:
    order, lead = drafted()
    lead.state = state
    assert (review_of(order), refusals(order, lead)) == ("", {"NO_REPLY_WAITING"})


def test_a_return_that_is_refused_leaves_the_draft_where_it_was() -> None:
    order, lead = drafted()
    lead.state = AssignmentState.RETURN_REQUESTED
    assert review_of(order) == ""
    lead.state = AssignmentState.SIGNED
    assert review_of(order) == "waiting"


def test_a_co_unit_and_a_unit_that_has_not_signed_submit_nothing() -> None:
    order = new_order("fujian-2016", "complaint")
    (lead,) = order.active()
    with pytest.raises(DomainError, match="not in handling"):
        leader_review.offer(order, reply(lead))
    lead.role = Role.CO
    with pytest.raises(DomainError):
        leader_review.offer(order, reply(lead))
