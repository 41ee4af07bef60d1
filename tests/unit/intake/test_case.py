"""The life of a case, whatever is told in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.attachments import TooManyAttachments
from chassis.domain import Event, StepNotAllowed
from chassis.policy import load
from chassis.settings import ROOT
from services.intake.domain import errors, events, handling
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import Attachment, Ending, OrderState, Rating
from services.intake.domain.states import LIFE, OPEN, Channel, State

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
PACK = load(ROOT / "policies" / "packs" / "fujian-2016" / "intake.yaml", IntakePack)


ENDING = Ending(ground="g", basis="b", next_authority="", cited="b")


def case(**changed: object) -> Case:
    fields = {
        "id": "c1",
        "city": "350100",
        "pack": "fujian-2016@1.0.0",
        "channel": Channel.PHONE,
        "category": "complaint",
        "citizen_id": "z1",
        "citizen_key": b"k" * 32,
        "reachable": True,
        "named": True,
        "masked_subject": "路灯",
        "masked_text": "路灯不亮",
        "sealed_subject": None,
        "sealed_text": None,
        "registered_at": NOW,
        "said_at": NOW,
    }
    return Case(**(fields | changed))  # type: ignore[arg-type]


def rating(satisfied: bool) -> Rating:
    return Rating(1, satisfied, "", "satisfied" if satisfied else "dissatisfied", satisfied, NOW)


def test_every_state_that_is_not_final_has_an_exit() -> None:
    assert LIFE.dead_ends() == frozenset()


def test_a_case_can_be_joined_only_while_it_is_open() -> None:
    assert {State.ACCEPTED, State.IN_HANDLING} == OPEN
    main, repeat = case(id="m"), case()
    with pytest.raises(errors.MainCaseNotOpen):
        repeat.join(main, number="n", now=NOW)
    with pytest.raises(errors.CannotJoinItself):
        repeat.join(repeat, number="n", now=NOW)


@pytest.mark.parametrize("alone", [True, False])
def test_the_order_that_a_case_had_before_it_joined_ends_without_ending_the_case(alone: bool) -> None:
    main, one = case(id="m"), case()
    for each in (main, one):
        each.accept(PACK, number="n", now=NOW)
    handling.order_dispatched(one, "own", round=1, units=["u"], at=NOW)
    one.join(main, number="", now=NOW)
    if alone:
        one.go_on_alone(now=NOW)
    assert handling.order_ended(one, "own", replace(ENDING, ground="joined"), at=NOW) == []
    assert one.state is (State.ACCEPTED if alone else State.JOINED)
    one.state = State.ACCEPTED
    handling.order_dispatched(one, "new", round=1, units=["v"], at=NOW)
    asked = [e.work_order_id for e in _visited(one) if isinstance(e, events.RevisitRecorded)]
    assert asked == ["new"], "a unit that was released is not asked about"


def test_a_redo_of_one_order_keeps_the_rating_of_the_other() -> None:
    one = case()
    one.accept(PACK, number="n", now=NOW)
    for order in ("a", "b"):
        handling.order_dispatched(one, order, round=1, units=["u"], at=NOW)
    for order in ("a", "b"):
        handling.order_completed(one, order, round=1, reply=None, at=NOW)
    handling.rate(one, PACK, rating(False), now=NOW)
    handling.redo_ordered(one, "a", round=2, at=NOW)
    assert handling.redo_declined(one, "b", at=NOW) == []
    handling.order_completed(one, "a", round=2, reply=None, at=NOW)
    told = handling.rate(one, PACK, rating(True), now=NOW)
    assert [e.work_order_id for e in told if isinstance(e, events.CaseRated)] == ["a"]
    assert one.state is State.CLOSED


def test_after_the_days_of_reopening_a_closed_case_stays_closed() -> None:
    one = case()
    one.accept(PACK, number="n", now=NOW)
    handling.order_dispatched(one, "a", round=1, units=["u"], at=NOW)
    handling.order_completed(one, "a", round=1, reply=None, at=NOW)
    handling.close_unrated(one, at=NOW)
    with pytest.raises(errors.NotRateable):
        handling.rate(one, PACK, rating(False), now=NOW + timedelta(days=15, seconds=1))
    with pytest.raises(errors.NotRateable):
        handling.rate(one, PACK, rating(True), now=NOW)


def test_a_unit_of_an_earlier_round_may_look_no_longer() -> None:
    one = case()
    one.accept(PACK, number="n", now=NOW)
    handling.order_dispatched(one, "a", round=1, units=["first", "co"], at=NOW)
    handling.assignment_ended(one, "a", "first")
    assert not one.is_assigned("first")
    handling.order_completed(one, "a", round=1, reply=None, at=NOW)
    handling.redo_ordered(one, "a", round=2, at=NOW)
    handling.order_dispatched(one, "a", round=2, units=["second"], at=NOW)
    assert one.is_assigned("second")
    assert not one.is_assigned("co")


def test_a_case_takes_twenty_attachments() -> None:
    one = case()
    photo = Attachment(id="a", filename=None, media_type="image/png", size_bytes=1, sha256="0" * 64, added_at=NOW)
    for _ in range(20):
        one.attach(photo)
    with pytest.raises(TooManyAttachments):
        one.attach(photo)


def test_an_erased_case_holds_no_word_of_the_citizen() -> None:
    one = case(attributes={"place": "青石板第三块"})
    (told,) = one.erase(now=NOW)
    assert isinstance(told, events.CitizenErased)
    assert (one.masked_text, one.masked_subject, one.attributes, one.reachable) == ("", "", {}, False)


def _visited(one: Case) -> list[Event]:
    return handling.revisit(one, PACK, reached=True, contacted=True, solved=False, satisfied=None, now=NOW)


def test_a_visit_may_lead_to_a_redo_until_the_case_has_been_closed_for_long() -> None:
    one = case()
    one.accept(PACK, number="n", now=NOW)
    handling.order_dispatched(one, "a", round=1, units=["u"], at=NOW)
    assert [e.may_redo for e in _visited(one) if isinstance(e, events.RevisitRecorded)] == [False]
    handling.order_completed(one, "a", round=1, reply=None, at=NOW)
    assert [e.may_redo for e in _visited(one) if isinstance(e, events.RevisitRecorded)] == [True]
    handling.close(one, "not_rated", at=NOW - timedelta(days=16))
    assert [e.may_redo for e in _visited(one) if isinstance(e, events.RevisitRecorded)] == [False]


def test_a_case_is_not_closed_while_a_return_visit_is_looked_into() -> None:
    one = case()
    one.accept(PACK, number="n", now=NOW)
    handling.order_dispatched(one, "a", round=1, units=["u"], at=NOW)
    handling.order_completed(one, "a", round=1, reply=None, at=NOW)
    handling.close(one, "not_rated", at=NOW)
    handling.verification_opened(one, "a", round=1, at=NOW)
    assert (one.state, one.reopened) == (State.REPLIED, True)
    assert handling.close_unrated(one, at=NOW) == []
    assert one.state is State.REPLIED
    handling.redo_declined(one, "a", at=NOW)
    assert one.state is State.CLOSED


def _steps(one: Case) -> dict[str, object]:
    return {
        "accept": lambda: one.accept(PACK, number="n", now=NOW),
        "refuse": lambda: one.refuse(PACK, "litigation", next_authority="", now=NOW),
        "answer": lambda: one.answer_now(article_id="", answer=None, now=NOW),
        "transfer": lambda: one.transfer("110", now=NOW),
        "withdraw": lambda: one.withdraw(PACK, reason=None, now=NOW),
        "queue a": lambda: handling.order_queued(one, "a", at=NOW),
        "dispatch a": lambda: handling.order_dispatched(one, "a", round=1, units=["u"], at=NOW),
        "dispatch b": lambda: handling.order_dispatched(one, "b", round=1, units=["v"], at=NOW),
        "complete a": lambda: handling.order_completed(one, "a", round=1, reply=None, at=NOW),
        "complete b": lambda: handling.order_completed(one, "b", round=1, reply=None, at=NOW),
        "end a": lambda: handling.order_ended(one, "a", ENDING, at=NOW),
        "rate well": lambda: handling.rate(one, PACK, rating(True), now=NOW),
        "rate badly": lambda: handling.rate(one, PACK, rating(False), now=NOW),
        "redo a": lambda: handling.redo_ordered(one, "a", round=2, at=NOW),
        "decline a": lambda: handling.redo_declined(one, "a", at=NOW),
        "time over": lambda: handling.close_unrated(one, at=NOW),
        "verify a": lambda: handling.verification_opened(one, "a", round=1, at=NOW),
        "revisit": lambda: _visited(one),
    }


@given(st.lists(st.sampled_from(sorted(_steps(case()))), max_size=25))
def test_whatever_is_told_the_case_stays_in_its_life_and_tells_each_change(told: list[str]) -> None:
    one = case()
    seen: list[Event] = []
    for name in told:
        before = one.state
        try:
            new = _steps(one)[name]() or []  # type: ignore[operator]
        except (StepNotAllowed, errors.NotRateable, errors.AlreadyRated, errors.NotRevisitable):
            assert one.state is before
            continue
        seen += new
        assert one.state is before or one.state in LIFE.table[before]
        if one.state is not before and one.state is not State.IN_HANDLING and before is not State.CLOSED:
            assert new, f"{before} -> {one.state} told nothing"
    replies = [e for e in seen if isinstance(e, events.CaseReplied)]
    if one.state is State.REPLIED:
        assert replies
        assert all(o.state is not OrderState.OPEN for o in one.orders)
    assert sum(isinstance(e, events.CaseAccepted) for e in seen) <= 1
