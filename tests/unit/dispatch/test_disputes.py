"""Whose an order is: who may ask it, what becomes of its units, and who makes a hazard safe meanwhile."""

from collections.abc import Iterator
from itertools import product

import pytest

from chassis.domain import Sealed, StepNotAllowed
from services.dispatch.domain import disputes, events, extensions, handling, returns
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.disputes import Opening
from services.dispatch.domain.notes import ClockNote, Extension, Reply
from services.dispatch.domain.passages import passages
from services.dispatch.domain.regime import Regime
from services.dispatch.domain.states import DISPUTE, OPEN, ORDER, AssignmentState, DisputeState, ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.disputed import (
    FUJIAN,
    LATER,
    NOW,
    PACKS,
    PINGLI,
    SHUANGYASHAN,
    dispatched,
    lead_of,
    opened,
    refused,
    regime,
    settled,
    signed,
)

# -- the state tables --------------------------------------------------------------------------------------------------


def test_any_open_order_may_be_disputed_and_leads_back_to_a_unit_or_to_its_end() -> None:
    # What another tenant has in hand is disputed there.
    here = OPEN - {State.DISPUTED, State.HANDED_OVER}
    assert {state for state in State if State.DISPUTED in ORDER.table.get(state, ())} == here
    assert ORDER.table[State.DISPUTED] == {State.DISPATCHED, State.ENDED}


@pytest.mark.parametrize(("state", "step"), [*product(DisputeState, DisputeState)])
def test_a_dispute_is_settled_or_dropped_once(state: DisputeState, step: DisputeState) -> None:
    if state is DisputeState.OPEN and step is not DisputeState.OPEN:
        DISPUTE.check(state, step)
        return
    with pytest.raises(StepNotAllowed):
        DISPUTE.check(state, step)


@pytest.mark.parametrize("state", [State.COMPLETED, State.UNDER_VERIFICATION, State.ENDED, State.DISPUTED])
def test_an_order_that_is_not_open_is_not_disputed(ids: Iterator[str], state: State) -> None:
    order = dispatched(ids)
    order.state = state
    assert refused(lambda: opened(order, SHUANGYASHAN)) == "STEP_NOT_ALLOWED"


def test_nothing_is_led_on_once_it_is_settled(ids: Iterator[str]) -> None:
    order, ladder = signed(ids), regime(SHUANGYASHAN)[1]
    dispute, _ = opened(order, SHUANGYASHAN)
    settled(order, dispute, SHUANGYASHAN, ids)
    steps = [
        lambda: disputes.advance(order, dispute, "consultation", participants=[], rules=ladder, now=LATER),
        lambda: disputes.record(order, dispute, present=[], now=LATER),
        lambda: disputes.deciding_step(dispute, "", ladder),
        lambda: dispute.close(DisputeState.DROPPED, LATER),
    ]
    assert {refused(step) for step in steps} == {"STEP_NOT_ALLOWED"}


@pytest.mark.parametrize("pack", PACKS)
def test_a_disputed_order_is_the_offices_alone(ids: Iterator[str], pack: str) -> None:
    order, rules = signed(ids, co=("c",)), PACKS[pack]
    lead = lead_of(order)
    opened(order, pack)
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    longer = Extension("e", lead.id, 1, 1, NOW)
    reply = Reply(lead.id, None, None, b"", "", NOW)
    steps = [
        lambda: order.dispatch(Choice("b"), ids=ids, now=NOW),
        lambda: order.recall(now=NOW),
        lambda: returns.ask(order, lead, asked, rules=rules.returns, ladder=rules.disputes),
        lambda: extensions.request(order, lead, longer, rules=rules.extensions, now=NOW),
        lambda: handling.answer_citizen(order, lead, method="phone", proof="p", now=NOW),
        lambda: handling.submit_reply(order, lead, reply),
        lambda: handling.send_back(order, reason=None, now=NOW),
        lambda: handling.complete(order, now=NOW),
        lambda: handling.sign(order, lead, now=NOW),
        lambda: handling.report_progress(order, lead, note=None, now=NOW),
    ]
    before = str(order)
    for step in steps:
        refused(step)
    assert str(order) == before


# -- opening -----------------------------------------------------------------------------------------------------------


def test_opening_releases_the_units_and_forgets_the_deadline(ids: Iterator[str]) -> None:
    order = signed(ids, co=("c",))
    order.clocks["f"] = ClockNote("finish", "", LATER)
    dispute, happened = opened(order, SHUANGYASHAN, Opening("shirking", participants=("d", "a")))
    assert [type(e).__name__ for e in happened] == [
        "AssignmentReleased",
        "AssignmentReleased",
        "DisputeOpened",
        "DisputeStepBegun",
    ]
    assert (order.state, order.active(), order.clocks, order.dispute_id) == (State.DISPUTED, [], {}, "d-1")
    assert dispute.participants == ["a", "c", "d"]
    assert dispute.current.code == "coordination"


@pytest.mark.parametrize(
    ("pack", "opening", "reason"),
    [
        (SHUANGYASHAN, Opening("weather"), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", step="prayer"), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", hazard=True), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", step="special_report"), "DISPUTE_STEP_TOO_EARLY"),
        (PINGLI, Opening("unclear_area", step="government"), "DISPUTE_STEP_TOO_EARLY"),
        (FUJIAN, Opening("overlap", step="government"), "DISPUTE_STEP_TOO_EARLY"),
    ],
)
def test_an_opening_that_the_pack_does_not_know_changes_nothing(
    ids: Iterator[str], pack: str, opening: Opening, reason: str
) -> None:
    order = signed(ids)
    before = str(order)
    assert refused(lambda: opened(order, pack, opening)) == reason
    assert str(order) == before


def test_a_return_that_waits_is_taken_into_the_dispute(ids: Iterator[str]) -> None:
    order, rules = signed(ids), PACKS[SHUANGYASHAN]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "b", NOW, late=True)
    returns.request(order, lead_of(order), asked, rules=rules.returns, now=NOW, ladder=rules.disputes)
    _, happened = opened(order, SHUANGYASHAN)
    assert asked.outcome == "disputed"
    released = next(e for e in happened if isinstance(e, events.AssignmentReleased))
    # S24 art. 18: a late return counts as overdue; the dispute does not wash that off.
    assert (released.why, released.late) == ("disputed", True)


@pytest.mark.parametrize("pack", PACKS)
def test_a_third_return_is_a_dispute_and_no_return(ids: Iterator[str], pack: str) -> None:
    order, rules = signed(ids), PACKS[pack]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    order.agreed_returns = 1
    assert not returns.opens_dispute(order, lead_of(order), asked, rules.returns, rules.disputes)
    order.agreed_returns = 2
    assert returns.opens_dispute(order, lead_of(order), asked, rules.returns, rules.disputes)
    asking = {"rules": rules.returns, "now": NOW}
    assert refused(lambda: returns.request(order, lead_of(order), asked, **asking)) == "NO_FURTHER_RETURN"  # type: ignore[arg-type]


@pytest.mark.parametrize(("role", "round"), [(Role.FALLBACK_LEAD, 1), (Role.LEAD, 2)])
def test_a_fallback_unit_and_a_redo_are_refused_as_ever(ids: Iterator[str], role: Role, round: int) -> None:
    order, rules = signed(ids), PACKS[SHUANGYASHAN]
    order.assignments[0].round = order.round = round
    order.assignments[0].role, order.agreed_returns = role, 2
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    lead = order.assignments[0]
    assert refused(lambda: returns.ask(order, lead, asked, rules=rules.returns, ladder=rules.disputes)) == (
        "NO_FURTHER_RETURN"
    )


def _returned(order: WorkOrder, suggested: str, rules: Regime, ids: Iterator[str], next_lead: str = "") -> Assignment:
    lead = lead_of(order)
    asked = ReturnRequest(ReturnKind.NOT_OURS, suggested, NOW, late=False)
    returns.request(order, lead, asked, rules=rules.returns, now=NOW, ladder=rules.disputes)
    returns.agree(order, lead, now=NOW)
    order.move(State.TO_DISPATCH, NOW)
    if next_lead:
        order.dispatch(Choice(next_lead), ids=ids, now=NOW)
    return lead


def test_two_units_that_name_each_other_are_a_dispute_by_rule(ids: Iterator[str]) -> None:
    order, (rules, ladder) = signed(ids), regime(SHUANGYASHAN)
    generous = rules.returns.__class__(
        **{k: getattr(rules.returns, k) for k in rules.returns.__slots__} | {"agreed_at_most": 9}
    )
    first = _returned(order, "b", rules, ids, next_lead="b")
    assert disputes.ground_after(order, first, generous, ladder) == ""
    second = _returned(order, "a", rules, ids)
    assert disputes.ground_after(order, second, generous, ladder) == "equal_claims"
    assert disputes.ground_after(order, second, rules.returns, ladder) == "returns_used_up"
    assert disputes.ground_after(order, second, rules.returns, None) == ""


# -- making safe (F16 art. 19) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("emergency", "hazard", "kept"), [("urgent", False, ["a"]), ("", True, ["a"]), ("", False, [])]
)
def test_the_first_unit_makes_a_hazard_safe_while_ownership_is_open(
    ids: Iterator[str], emergency: str, hazard: bool, kept: list[str]
) -> None:
    order = signed(ids, co=("c",), emergency=emergency)
    dispute, _ = opened(order, FUJIAN, Opening("unclear_duty", hazard=hazard))
    assert [a.unit for a in order.active()] == kept
    assert dispute.made_safe_by == "".join(kept)


@pytest.mark.parametrize("pack", [PINGLI, SHUANGYASHAN])
def test_a_pack_that_does_not_say_so_keeps_nobody(ids: Iterator[str], pack: str) -> None:
    classes = {PINGLI: "sudden", SHUANGYASHAN: "special_urgent"}
    order = signed(ids, emergency=classes[pack])
    opened(order, pack)
    assert order.active() == []


def test_whoever_makes_safe_signs_calls_and_reports_and_no_more(ids: Iterator[str]) -> None:
    order, rules = dispatched(ids, emergency="urgent"), PACKS[FUJIAN]
    unit = lead_of(order)
    opened(order, FUJIAN)
    handling.sign(order, unit, now=LATER)
    handling.contact(order, unit, method="phone", proof="p", now=LATER)
    handling.report_progress(order, unit, note=None, now=LATER)
    assert order.state is State.DISPUTED
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    reply = Reply(unit.id, None, None, b"", "", LATER)
    assert refused(lambda: handling.submit_reply(order, unit, reply)) == "ORDER_NOT_IN_HANDLING"
    assert refused(lambda: returns.ask(order, unit, asked, rules=rules.returns)) == "ORDER_NOT_IN_HANDLING"


def test_whoever_made_safe_is_released_or_named_when_the_dispute_is_settled(ids: Iterator[str]) -> None:
    order = signed(ids, emergency="urgent")
    dispute, _ = opened(order, FUJIAN)
    happened = settled(order, dispute, FUJIAN, ids, lead="a")
    assert [type(e).__name__ for e in happened] == ["DisputeSettled", "AssignmentReleased", "WorkOrderDispatched"]
    assert [(a.unit, a.state) for a in order.active()] == [
        ("a", AssignmentState.ASSIGNED),
        ("c", AssignmentState.ASSIGNED),
    ]


@pytest.mark.parametrize("state", [AssignmentState.RETURN_REQUESTED, AssignmentState.REPLIED])
def test_whoever_makes_safe_goes_back_to_work(ids: Iterator[str], state: AssignmentState) -> None:
    order = signed(ids, emergency="urgent")
    unit = lead_of(order)
    if state is AssignmentState.REPLIED:
        handling.submit_reply(order, unit, Reply(unit.id, None, None, b"", "", NOW))
    else:
        asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
        returns.request(order, unit, asked, rules=PACKS[FUJIAN].returns, now=NOW)
    opened(order, FUJIAN)
    assert (unit.state, order.reply) == (AssignmentState.SIGNED, None)


def test_a_reply_that_nobody_reviews_any_more_stays_on_record(ids: Iterator[str]) -> None:
    order = signed(ids)
    said = Sealed("citizen-1", "reply.result", b"x")
    handling.submit_reply(order, lead_of(order), Reply(lead_of(order).id, said, None, b"", "", NOW))
    opened(order, SHUANGYASHAN)
    assert [(p.kind, p.unit, p.sealed) for p in passages(order)] == [("reply.result", "a", said)]


def test_a_late_return_of_whoever_makes_safe_is_told_with_the_dispute(ids: Iterator[str]) -> None:
    order, rules = dispatched(ids, emergency="urgent"), PACKS[FUJIAN]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=True)
    returns.request(order, lead_of(order), asked, rules=rules.returns, now=NOW, ladder=rules.disputes)
    _, happened = opened(order, FUJIAN)
    assert [e.late for e in happened if isinstance(e, events.DisputeOpened)] == [True]
