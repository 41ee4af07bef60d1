"""What a case keeps while units handle it, when it is rated, visited, closed and reopened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.domain import Event
from services.intake.domain import events, handling
from services.intake.domain.case import Case
from services.intake.domain.parts import Ending, OrderState
from services.intake.domain.states import State
from tests.unit.intake.cases import LATER, SECOND, WORDS, accepted, closed, handled, last, read, refusal, replied
from tests.unit.intake.test_case import ENDING, NOW, PACK, case, rating

# -- with the units ----------------------------------------------------------------------------------------------------


def test_an_order_that_was_handed_over_and_comes_back_is_open_again_and_no_other() -> None:
    one = handled("a", "b")
    handling.order_handed_over(one, "a", at=NOW)
    assert (one.orders[0].state, last(one)) == (OrderState.HANDED_OVER, "已移交有管辖权的平台办理")
    handling.order_completed(one, "b", round=1, reply=None, at=NOW)
    for order in ("a", "b"):
        handling.order_queued(one, order, at=LATER)
    assert [order.state for order in one.orders] == [OrderState.OPEN, OrderState.COMPLETED]
    assert "正在确定承办单位" in read(one)


def test_units_of_a_round_stay_and_those_of_another_do_not() -> None:
    one = handled()
    assert last(one) == "已派至承办单位"
    handling.order_dispatched(one, "a", round=1, units=["v", "u"], at=LATER)
    assert one.orders[0].units == ["u", "v"]
    one.orders[0].under_verification = True
    handling.order_dispatched(one, "a", round=2, units=["w"], at=LATER)
    assert (one.orders[0].units, one.orders[0].round, one.round) == (["w"], 2, 2)
    assert not one.orders[0].under_verification
    handling.order_dispatched(one, "b", round=1, units=["w"], at=LATER)
    assert one.round == 2, "the later round of another order"


def test_the_end_of_an_unknown_part_changes_nothing() -> None:
    one = handled()
    handling.assignment_ended(one, "unknown", "u")
    handling.assignment_ended(one, "a", "unknown")
    assert one.orders[0].units == ["u"]


def test_an_order_completed_twice_or_without_handling_is_refused_unless_the_case_is_in_handling() -> None:
    one = replied()
    assert refusal(lambda: handling.order_completed(one, "a", round=1, reply=None, at=NOW)).reason == "STEP_NOT_ALLOWED"
    two = handled("a", "b")
    handling.order_completed(two, "a", round=1, reply=None, at=NOW)
    closed_one = closed()
    told = refusal(lambda: handling.order_completed(closed_one, "a", round=1, reply=WORDS, at=NOW))
    assert told.reason == "STEP_NOT_ALLOWED"


def test_a_case_ends_with_its_last_order_and_tells_of_a_part_that_ended() -> None:
    one = handled("a", "b")
    ending = Ending("out_of_scope", "P18-04, 7", "法院", "《办法》第七条")
    assert handling.order_ended(one, "a", ending, at=NOW) == []
    assert (one.state, one.basis, one.next_authority) == (State.IN_HANDLING, "P18-04, 7", "法院")
    assert one.orders[0].told == last(one) == "部分事项不再继续办理，依据：《办法》第七条。请向法院反映"
    (told,) = handling.order_ended(one, "b", ending, at=LATER)
    assert isinstance(told, events.CaseClosed)
    assert (one.state, one.outcome, one.basis, one.next_authority, one.closed_at) == (
        State.ENDED,
        "out_of_scope",
        "P18-04, 7",
        "法院",
        LATER,
    )
    assert (told.how, last(one)) == ("ended", "诉求已终止办理")


def test_the_other_orders_go_on_or_answer_for_the_case() -> None:
    one = handled("a", "b")
    handling.order_completed(one, "a", round=1, reply=None, at=NOW)
    (told,) = handling.order_ended(one, "b", ENDING, at=LATER)
    assert isinstance(told, events.CaseReplied)
    assert one.state is State.REPLIED


def test_a_case_that_was_accepted_and_never_dispatched_may_end() -> None:
    one = accepted()
    assert handling.order_ended(one, "a", ENDING, at=NOW)
    assert one.state is State.ENDED


@pytest.mark.parametrize("why", ["withdrawn", "joined", "joined_elsewhere", "linked", "ended_before"])
def test_an_order_that_the_case_has_left_ends_nothing(why: str) -> None:
    one, ending = handled(), ENDING
    match why:
        case "withdrawn" | "joined":
            one.state = State(why)
        case "joined_elsewhere":
            ending = replace(ENDING, ground="joined")
        case "linked":
            handling.order_linked(one, "a")
        case "ended_before":
            one.orders[0].state = OrderState.ENDED
    before = one.state
    assert handling.order_ended(one, "a", ending, at=LATER) == []
    assert (one.state, one.orders[0].state) == (before, OrderState.ENDED)


# -- rated, closed, reopened -------------------------------------------------------------------------------------------


def test_a_satisfied_rating_is_kept_and_closes_the_case() -> None:
    one = replied()
    assert last(one) == "已答复，请您评价"
    told = handling.rate(one, PACK, rating(True), now=LATER)
    assert isinstance(told[-1], events.CaseClosed)
    assert (told[-1].how, one.outcome, one.closed_at, one.state) == ("rated", "rated", LATER, State.CLOSED)
    assert one.ratings == [rating(True)]
    assert {"您已评价", "诉求已办结归档"} <= set(read(one))
    assert not one.orders[0].under_verification


def test_a_dissatisfied_rating_waits_for_the_finding() -> None:
    one = replied()
    handling.rate(one, PACK, rating(False), now=LATER)
    assert (one.state, one.orders[0].under_verification, one.orders[0].rated_round) == (State.REPLIED, True, 1)
    assert refusal(lambda: handling.rate(one, PACK, rating(True), now=LATER)).reason == "ALREADY_RATED"
    (told,) = handling.redo_declined(one, "a", at=LATER)
    assert isinstance(told, events.CaseClosed)
    assert told.how == "redo_declined"


def test_a_supervision_ends_it_by_a_word_of_its_own() -> None:
    one = replied()
    (told,) = handling.supervised(one, "a", at=LATER)
    assert isinstance(told, events.CaseClosed)
    assert told.how == "supervised"


def test_a_case_that_nobody_rates_closes_as_not_rated() -> None:
    one = replied()
    (told,) = handling.close_unrated(one, at=LATER)
    assert isinstance(told, events.CaseClosed)
    assert (told.how, one.outcome, one.closed_at) == ("not_rated", "not_rated", LATER)


DAYS = timedelta(days=PACK.rating.reopen_days)


def test_dissatisfaction_reopens_a_closed_case_once_until_the_last_second() -> None:
    one = replied()
    handling.rate(one, PACK, rating(True), now=NOW)
    told = handling.rate(one, PACK, rating(False), now=NOW + DAYS)
    assert isinstance(told[0], events.CaseReopened)
    assert (told[0].why, [type(each) for each in told[1:]]) == ("rated", [events.CaseRated])
    assert (one.state, one.reopened, one.closed_at, one.outcome) == (State.REPLIED, True, None, "")
    assert "根据您的反映，本件已重新开启" in read(one)
    handling.redo_declined(one, "a", at=NOW)
    assert refusal(lambda: handling.rate(one, PACK, rating(False), now=NOW)).reason == "NOT_RATEABLE"


def test_what_ended_without_an_answer_is_not_reopened() -> None:
    one = closed()
    one.orders[0].state = OrderState.ENDED
    assert refusal(lambda: handling.rate(one, PACK, rating(False), now=NOW)).reason == "NOT_RATEABLE"
    one.orders[0].state, one.closed_at = OrderState.COMPLETED, None
    assert refusal(lambda: handling.rate(one, PACK, rating(False), now=NOW)).reason == "NOT_RATEABLE"


def test_a_case_is_rated_once_it_is_answered() -> None:
    for one in (case(), handled()):
        assert refusal(lambda one=one: handling.rate(one, PACK, rating(True), now=NOW)).reason == "NOT_RATEABLE"  # type: ignore[misc]


# -- return visits -----------------------------------------------------------------------------------------------------


def visit(one: Case, *, reached: bool = True, now: timedelta = timedelta(0)) -> list[events.RevisitRecorded]:
    told: list[Event] = handling.revisit(
        one, PACK, reached=reached, contacted=True, solved=False, satisfied=True, now=NOW + now
    )
    return [each for each in told if isinstance(each, events.RevisitRecorded)]


def test_attempts_are_counted_and_what_was_not_asked_is_not_known() -> None:
    one = handled()
    (first,), (second,) = visit(one, reached=False), visit(one)
    assert (first.attempt, first.contacted, first.solved, first.satisfied) == (1, None, None, None)
    assert (second.attempt, second.contacted, second.solved, second.satisfied) == (2, True, False, True)


def test_there_is_nobody_to_visit_before_handling_or_without_an_order() -> None:
    for one in (case(), accepted()):
        assert refusal(lambda one=one: visit(one)).reason == "NOT_REVISITABLE"  # type: ignore[misc]
    joined = handled()
    joined.state = State.JOINED
    assert refusal(lambda: visit(joined)).reason == "NOT_REVISITABLE"
    ended = handled()
    ended.orders[0].state = OrderState.ENDED
    assert refusal(lambda: visit(ended)).reason == "NOT_REVISITABLE"


def test_a_redo_may_follow_a_visit_of_what_is_answered_and_not_looked_into() -> None:
    def may(one: Case, now: timedelta = timedelta(0)) -> bool:
        return visit(one, now=now)[0].may_redo

    looked_into = replied()
    looked_into.orders[0].under_verification = True
    assert [may(replied()), may(closed()), may(handled()), may(looked_into)] == [True, True, False, False]
    assert may(closed(), DAYS)
    assert not may(closed(), DAYS + SECOND)
    partly = handled("a", "b")
    handling.order_completed(partly, "a", round=1, reply=None, at=NOW)
    assert not may(partly), "another unit still handles the case"


def test_a_verification_holds_what_is_answered_and_reopens_what_is_closed() -> None:
    one = replied()
    assert handling.verification_opened(one, "a", round=1, at=LATER) == []
    assert (one.state, one.orders[0].under_verification) == (State.REPLIED, True)
    other = closed()
    (told,) = handling.verification_opened(other, "a", round=1, at=LATER)
    assert isinstance(told, events.CaseReopened)
    assert (told.why, other.state) == ("revisit", State.REPLIED)
    for order, round_ in (("unknown", 1), ("a", 2)):
        quiet = replied()
        assert handling.verification_opened(quiet, order, round=round_, at=LATER) == []
        assert not quiet.orders[0].under_verification
    assert not handling.verification_opened(handled(), "a", round=1, at=LATER)


def test_a_redo_begins_a_round_without_units() -> None:
    one = replied()
    handling.redo_ordered(one, "a", round=2, at=LATER)
    order = one.orders[0]
    assert (order.state, order.round, order.units, one.round, one.state) == (
        OrderState.OPEN,
        2,
        [],
        2,
        State.IN_HANDLING,
    )
    assert last(one) == "已要求承办单位重新办理"
    two = replied("a", "b")
    two.round = 3
    handling.redo_ordered(two, "a", round=2, at=LATER)
    assert two.round == 3
