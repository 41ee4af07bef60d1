"""Whom a unit may name as an expert, who is on duty and fits, and what a call that was put through leaves of a case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.domain import Sealed, StepNotAllowed
from chassis.policy import load
from chassis.settings import ROOT
from services.intake.domain import events
from services.intake.domain import expert_errors as errors
from services.intake.domain.errors import TooOften, UnknownCategory
from services.intake.domain.expert import (
    EXPERT,
    MOST_CALLS,
    MOST_OF_UNIT,
    Expert,
    ExpertState,
    Hours,
    Sought,
    Term,
    check_room,
    put_through,
)
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import ExpertCall, ExpertOutcome, ExpertReached
from services.intake.domain.states import State
from tests.unit.intake.test_case import case

FUJIAN, PINGLI, SHUANGYASHAN = (
    load(ROOT / "policies" / "packs" / name / "intake.yaml", IntakePack)
    for name in ("fujian-2016", "pingli-2018", "shuangyashan-2024")
)
THURSDAY = datetime(2026, 9, 24, 1, 0, tzinfo=UTC)
"""Nine in the morning in China."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNING = Hours([1, 2, 3, 4, 5], "09:00", "12:00")
ANSWER = Sealed("z1", "case.answer", b"sealed")


def term(**changed: Any) -> Term:
    known: dict[str, Any] = {"categories": ["consultation"], "keywords": [], "hours": [], "since": THURSDAY - DAY}
    return Term(**({"reached": ExpertReached.PHONE} | known | changed))


def expert(id: str = "e1", *, unit: str = "fund", **changed: Any) -> Expert:
    return Expert(id, "230500", unit, SHUANGYASHAN.pack, "S24-07 8(3)", term(**changed), b"sealed", "l1", THURSDAY)


@pytest.mark.parametrize(
    ("pack", "given", "error"),
    [
        (PINGLI, {}, errors.NoExperts),
        (FUJIAN, {}, errors.NotReachedSo),
        (SHUANGYASHAN, {"categories": []}, errors.FieldOfExpertMissing),
        (SHUANGYASHAN, {"categories": ["weather"]}, UnknownCategory),
        (SHUANGYASHAN, {"reached": ExpertReached.SEAT}, errors.SeatHoursMissing),
        (SHUANGYASHAN, {"hours": [Hours([1], "12:00", "12:00")]}, errors.HoursOutOfOrder),
        (SHUANGYASHAN, {"until": THURSDAY}, errors.ExpertPeriodOutOfOrder),
        (SHUANGYASHAN, {"since": THURSDAY + DAY, "until": THURSDAY + DAY}, errors.ExpertPeriodOutOfOrder),
    ],
)
def test_what_the_rules_do_not_let_a_unit_name(pack: IntakePack, given: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        term(**given).check(pack, pack.pack, THURSDAY)


def test_a_transfer_needs_no_hours_and_a_seat_has_them() -> None:
    term().check(SHUANGYASHAN, SHUANGYASHAN.pack, THURSDAY)
    term(reached=ExpertReached.SEAT, hours=[MORNING], until=THURSDAY + MINUTE).check(FUJIAN, FUJIAN.pack, THURSDAY)


@pytest.mark.parametrize(
    ("now", "on_duty"),
    [
        (THURSDAY - MINUTE, False),
        (THURSDAY, True),
        (THURSDAY + timedelta(hours=3) - MINUTE, True),
        (THURSDAY + timedelta(hours=3), False),
        (THURSDAY + 2 * DAY, False),
    ],
)
def test_on_duty_are_those_whose_hours_these_are_in_china(now: datetime, on_duty: bool) -> None:
    assert expert(hours=[MORNING]).on_duty(now) is on_duty
    assert expert(hours=[]).on_duty(now)


def test_until_midnight_is_until_the_end_of_the_day() -> None:
    evening = expert(hours=[Hours([4], "18:00", "24:00")])
    assert evening.on_duty(THURSDAY + timedelta(hours=14, minutes=59))
    assert not evening.on_duty(THURSDAY + timedelta(hours=15))


def test_in_office_from_the_start_to_before_the_end() -> None:
    one = expert(since=THURSDAY, until=THURSDAY + DAY)
    instants = [THURSDAY - MINUTE, THURSDAY, THURSDAY + DAY - MINUTE, THURSDAY + DAY]
    assert [one.in_office(now) for now in instants] == [False, True, True, False]


def test_ended_they_are_never_found_nothing_of_the_person_stays_and_nobody_ends_them_twice() -> None:
    one = expert()
    one.end(reason="调离", by="s1", now=THURSDAY)
    assert (one.state, one.sealed, one.ended_by, one.ended_at, one.end_reason) == (
        ExpertState.ENDED, b"", "s1", THURSDAY, "调离",
    )  # fmt: skip
    assert not one.in_office(THURSDAY)
    with pytest.raises(StepNotAllowed):
        one.end(reason="", by="s1", now=THURSDAY)
    assert set(EXPERT.final) == {ExpertState.ENDED}


def test_words_that_were_said_count_more_than_the_category_and_who_does_not_fit_is_not_found() -> None:
    by_category = expert("e1")
    by_word = expert("e2", categories=[], keywords=["公积金", "提取"])
    by_both = expert("e3", keywords=["公积金", "提取"])
    other = expert("e4", categories=["praise"], keywords=["燃气"])
    away = expert("e5", hours=[Hours([7], "09:00", "10:00")])
    sought = Sought(category="consultation", text="公积金怎么提取")
    found = sought.among([by_category, by_word, by_both, other, away], THURSDAY)
    assert [one.id for one in found] == ["e3", "e2", "e1"]
    assert replace(sought, found=1).among([by_category, by_both], THURSDAY) == [by_both]


def test_of_a_unit_all_who_are_on_duty_are_found_and_nobody_of_another() -> None:
    own, other = expert("e1"), expert("e2", unit="gas")
    assert Sought(unit="gas").among([own, other], THURSDAY) == [other]
    assert Sought().among([own, other], THURSDAY) == [own, other]


def test_a_unit_has_only_so_many_at_a_time_and_those_who_are_over_do_not_count() -> None:
    many = [expert(str(number)) for number in range(MOST_OF_UNIT)]
    with pytest.raises(errors.TooManyExperts):
        check_room(many, THURSDAY)
    check_room([*many[1:], expert(until=THURSDAY)], THURSDAY)


def test_answered_by_an_expert_the_case_ends_as_answered_directly() -> None:
    one = case()
    (told,) = put_through(one, expert(), ExpertOutcome.ANSWERED, answer=ANSWER, by="a1", now=THURSDAY)
    assert isinstance(told, events.CaseAnswered)
    assert (one.state, one.outcome, one.answer, one.closed_at) == (State.ANSWERED, "answered", ANSWER, THURSDAY)
    call = ExpertCall("e1", "fund", ExpertReached.PHONE, ExpertOutcome.ANSWERED, "a1", THURSDAY)
    assert one.expert_calls == [call]
    with pytest.raises(StepNotAllowed):
        put_through(one, expert(), ExpertOutcome.NOT_REACHED, answer=None, by="a1", now=THURSDAY)


@pytest.mark.parametrize("outcome", [ExpertOutcome.REACHED, ExpertOutcome.NOT_REACHED])
def test_otherwise_it_goes_on_as_if_nobody_had_been_asked(outcome: ExpertOutcome) -> None:
    one = case()
    assert put_through(one, expert(), outcome, answer=None, by="a1", now=THURSDAY) == []
    assert (one.state, one.outcome, len(one.expert_calls)) == (State.REGISTERED, "", 1)
    one.accept(SHUANGYASHAN, number="n", now=THURSDAY)
    assert one.state is State.ACCEPTED


def test_a_call_that_began_in_the_hours_may_end_after_them_but_not_after_the_term() -> None:
    put_through(case(), expert(hours=[MORNING]), ExpertOutcome.REACHED, answer=None, by="a1", now=THURSDAY + DAY / 2)
    for gone in (expert(until=THURSDAY), expert(since=THURSDAY + MINUTE)):
        with pytest.raises(errors.ExpertNotInOffice):
            put_through(case(), gone, ExpertOutcome.REACHED, answer=None, by="a1", now=THURSDAY)


def test_nobody_is_tried_for_ever() -> None:
    one = case()
    for _ in range(MOST_CALLS):
        put_through(one, expert(), ExpertOutcome.NOT_REACHED, answer=None, by="a1", now=THURSDAY)
    with pytest.raises(TooOften):
        put_through(one, expert(), ExpertOutcome.NOT_REACHED, answer=None, by="a1", now=THURSDAY)
