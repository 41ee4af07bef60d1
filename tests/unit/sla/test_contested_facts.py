"""Which facts count against a unit, and the lives of an appeal and of an exclusion."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.domain import StepNotAllowed
from services.sla.adapters.assessments import load_assessments
from services.sla.domain.appeals import APPEAL, EXCLUSION, Appeal, AppealState, AppealTooLate, Exclusion, ExclusionState
from services.sla.domain.assessment_rules import UnknownReason
from services.sla.domain.calendar import OfficeCalendar
from services.sla.domain.clock import Clock
from services.sla.domain.counted import Fact, FactKind, FactNotClear, Meant, NothingToContest, facts, the_fact
from services.sla.domain.opinion import Answer, Opinion, Rating
from services.sla.domain.rules import Kpi
from tests.unit.sla.conftest import POLICIES
from tests.unit.sla.test_clock import DUE, START, clock

LATER = DUE + timedelta(hours=5)


def finish(**more: object) -> Clock:
    return replace(clock(), work_order_id="w", unit="u1", **more)  # type: ignore[arg-type]


def said(*, satisfied: bool = False, solved: bool = False) -> Opinion:
    opinion = Opinion("w", "c1", "350100", "u1", "complaint", DUE)
    opinion.rate(Rating(1, LATER, satisfied, scored=True))
    opinion.answer(Answer(1, solved=solved, in_visit=True, at=LATER))
    return opinion


def kinds(clocks: list[Clock], *opinions: Opinion) -> list[tuple[str, object]]:
    return [(str(fact.kind), fact.counted_at) for fact in facts(clocks, opinions)]


def test_a_limit_that_runs_or_was_kept_counts_against_nobody() -> None:
    running, kept = finish(), finish()
    kept.stop(DUE)
    assert kinds([running, kept]) == []


def test_a_missed_limit_counts_from_its_deadline_and_then_from_the_late_act() -> None:
    late = finish()
    late.tick(DUE)
    assert kinds([late]) == [("breach", DUE)]
    late.stop(LATER)
    assert kinds([late]) == [("breach", LATER)]


def test_a_breach_that_was_taken_back_or_voided_is_none() -> None:
    disproved, voided = finish(), finish()
    for k in (disproved, voided):
        k.tick(DUE)
    disproved.stop(DUE - timedelta(hours=1))
    voided.void(LATER)
    assert kinds([disproved, voided]) == []


def test_a_limit_that_feeds_no_rate_is_nothing_to_contest() -> None:
    review = finish(kpi=Kpi.NONE)
    review.tick(DUE)
    assert kinds([review]) == []


def test_a_contact_that_the_citizen_denies_counts_from_the_denial() -> None:
    contact = finish(kind="contact", kpi=Kpi.RESPONSE)
    contact.stop(START)
    contact.denied_at = LATER
    assert kinds([contact]) == [("breach", LATER)]


def test_a_late_return_is_a_fact_of_its_own() -> None:
    returned = finish()
    returned.cancel(START, late_return=True)
    assert kinds([returned]) == [("late_return", START)]


def test_a_later_round_is_a_redo_however_it_goes() -> None:
    redone = finish(round=2)
    assert kinds([redone]) == [("redo", START)]
    (fact,) = facts([redone], [])
    assert (fact.key, fact.clock_id) == ("redo/w/2/u1", "")


def test_what_the_citizen_said_counts_only_where_it_is_against_the_unit() -> None:
    assert kinds([finish()], said()) == [("rating", LATER), ("unsolved", LATER)]
    assert kinds([finish()], said(satisfied=True, solved=True)) == []


def test_one_fact_must_be_meant() -> None:
    sign, done = finish(kind="sign", kpi=Kpi.ON_TIME_SIGN), finish(id="k2", watched_id="w2")
    for k in (sign, done):
        k.tick(DUE)
    breach = Meant(kind=FactKind.BREACH, unit="u1")
    with pytest.raises(FactNotClear):
        the_fact(breach, [sign, done], [])
    assert the_fact(replace(breach, clock="sign"), [sign, done], []).clock == "sign"
    assert the_fact(replace(breach, clock="finish", due_at=DUE, round=1), [sign, done], []).clock_id == "k2"
    with pytest.raises(NothingToContest):
        the_fact(replace(breach, unit="u2"), [sign, done], [])


# -- the two lives -----------------------------------------------------------------------------------------------------


def the_breach() -> Fact:
    k = finish()
    k.tick(DUE)
    return the_fact(Meant(kind=FactKind.BREACH), [k], [])


def appeal(**more: object) -> Appeal:
    given = {"filed_at": LATER, "last_at": LATER, "filed_by": b"l", "reason": b"r", "evidence": b"e"}
    return Appeal(id="a", city="350100", fact=the_breach(), **given | more)  # type: ignore[arg-type]


def exclusion() -> Exclusion:
    return Exclusion("x", "350100", the_breach(), "data_wrong", "F16-29 25", LATER, b"s")


def test_an_appeal_at_the_last_moment_is_in_time_and_a_second_later_is_not() -> None:
    assert appeal().filed("P18-33 31").appeal_id == "a"  # type: ignore[attr-defined]
    with pytest.raises(AppealTooLate, match="P18-33 31"):
        appeal(filed_at=LATER + timedelta(seconds=1)).filed("P18-33 31")


def test_an_appeal_is_decided_once() -> None:
    for decided in (AppealState.GRANTED, AppealState.REFUSED):
        assert not APPEAL.table.get(decided)
    one = appeal()
    told = one.refuse(by=b"s", explanation=b"because", now=LATER)
    assert (told.outcome, one.exclusion_id) == ("refused", "")  # type: ignore[attr-defined]
    with pytest.raises(StepNotAllowed):
        one.grant(exclusion(), by=b"s", explanation=b"", now=LATER)


def test_what_is_granted_names_its_exclusion() -> None:
    one = appeal()
    told = one.grant(exclusion(), by=b"s", explanation=b"because", now=LATER)
    assert (told.outcome, one.exclusion_id, one.exclusion_reason) == ("granted", "x", "data_wrong")  # type: ignore[attr-defined]


def test_an_exclusion_is_lifted_once() -> None:
    one = exclusion()
    assert one.lift("补充核查后恢复", by=b"s", now=LATER).lifted_at == LATER  # type: ignore[attr-defined]
    assert not one.in_force
    assert EXCLUSION.final == {ExclusionState.LIFTED}
    with pytest.raises(StepNotAllowed):
        one.lift("再次", by=b"s", now=LATER)


def test_the_texts_go_with_the_citizen_and_the_decision_stays() -> None:
    one, left_out = appeal(), exclusion()
    one.erase()
    left_out.erase()
    assert (one.reason, one.evidence, one.explanation) == (b"", b"", b"")
    assert (left_out.basis, left_out.reason) == ("", "data_wrong")


# -- the packs ---------------------------------------------------------------------------------------------------------


def test_every_pack_gives_a_time_and_reasons_in_two_languages(fuzhou: OfficeCalendar) -> None:
    for ref, rules in load_assessments(POLICIES).items():
        assert rules.appeals.window.due(START, fuzhou) > START, ref
        assert all(reason.zh and reason.en for reason in rules.exclusions), ref
        with pytest.raises(UnknownReason):
            rules.reason("no_such_reason")
