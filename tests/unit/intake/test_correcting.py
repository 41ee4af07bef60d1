"""What changes the limits of a case after its acceptance: by whom, when, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.policy import load
from chassis.settings import ROOT
from services.intake.domain import correcting, errors
from services.intake.domain.case import Case
from services.intake.domain.correcting import Facts
from services.intake.domain.pack import Confidentiality, IntakePack
from services.intake.domain.parts import CaseLimit
from services.intake.domain.states import OPEN, State
from tests.unit.intake.test_case import NOW, case

PACKS = {
    name: load(ROOT / "policies" / "packs" / name / "intake.yaml", IntakePack)
    for name in ("fujian-2016", "pingli-2018", "shuangyashan-2024")
}
PACK = PACKS["fujian-2016"]
LAW = CaseLimit("other_law", NOW, rank="law", title="噪声污染防治法", article="9", amount=10, unit="working_day")
BY_LEADER = CaseLimit("leader", NOW, due_at=NOW + timedelta(days=2))


def accepted(**changed: object) -> Case:
    return case(state=State.ACCEPTED, accepted_at=NOW, **changed)


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_only_a_case_in_hand_is_corrected_or_limited(state: State) -> None:
    with pytest.raises(errors.CaseNotInHand):
        correcting.check_in_hand(case(state=state))


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_case_in_hand_may_be_corrected(state: State) -> None:
    correcting.check_in_hand(case(state=state))


def test_the_seat_corrects_before_the_dispatch_only() -> None:
    correcting.check_seat(case(state=State.ACCEPTED))
    with pytest.raises(errors.DispatchedAlready):
        correcting.check_seat(case(state=State.IN_HANDLING))


def test_a_correction_tells_all_facts_as_they_are_and_were_and_by_whom() -> None:
    one = accepted(item="23")
    (told,) = correcting.correct(one, Facts("consultation", "", "", ""), PACK, by="dispatcher:1", now=NOW)
    assert (told.category, told.old_category) == ("consultation", "complaint")
    assert (told.item, told.old_item, told.corrected_by) == ("", "23", "dispatcher:1")
    assert (one.category, one.item) == ("consultation", "")
    assert one.lines[-1].zh.startswith("诉求信息已更正")


def test_what_would_change_nothing_is_refused() -> None:
    one = accepted()
    with pytest.raises(errors.NothingToCorrect):
        correcting.correct(one, Facts.of(one), PACK, by="d", now=NOW)


def test_a_complaint_that_is_a_report_hides_the_citizen_and_never_shows_them_again() -> None:
    pack, one = PACKS["shuangyashan-2024"], accepted()
    correcting.correct(one, replace(Facts.of(one), category="report"), pack, by="d", now=NOW)
    assert one.confidentiality is Confidentiality.HIDDEN_FROM_UNIT
    correcting.correct(one, replace(Facts.of(one), category="complaint"), pack, by="d", now=NOW)
    assert one.confidentiality is Confidentiality.HIDDEN_FROM_UNIT


def test_a_law_is_cited_with_rank_title_article_and_limit() -> None:
    one = accepted()
    (told,) = correcting.set_limit(one, LAW, PACK, by="supervisor:1")
    assert (told.cited, told.limit_amount, told.limit_unit) == ("《噪声污染防治法》第9条（法律）", 10, "working_day")
    assert one.own_limits == [LAW]


@pytest.mark.parametrize(
    ("pack", "counts"), [("fujian-2016", False), ("pingli-2018", True), ("shuangyashan-2024", False)]
)
def test_a_normative_document_counts_where_the_pack_says_so(pack: str, counts: bool) -> None:
    document = replace(LAW, rank="normative_document")
    if counts:
        correcting.set_limit(accepted(), document, PACKS[pack], by="d")
        return
    with pytest.raises(errors.RankDoesNotCount) as refused:
        correcting.set_limit(accepted(), document, PACKS[pack], by="d")
    assert "规范性文件" in refused.value.message_zh


@pytest.mark.parametrize("missing", ["rank", "title", "article", "amount", "unit"])
def test_a_law_without_all_of_its_citation_is_refused(missing: str) -> None:
    empty = 0 if missing == "amount" else ""
    with pytest.raises(errors.LimitIncomplete):
        correcting.set_limit(accepted(), replace(LAW, **{missing: empty}), PACK, by="d")


def test_a_law_sets_no_moment_and_a_leader_cites_no_law() -> None:
    for limit in (replace(LAW, due_at=NOW + timedelta(days=1)), replace(BY_LEADER, title="x")):
        with pytest.raises(errors.LimitFieldNotWanted):
            correcting.set_limit(accepted(), limit, PACK, by="d")
    with pytest.raises(errors.LimitIncomplete):
        correcting.set_limit(accepted(), CaseLimit("agreement", NOW), PACK, by="d")


@pytest.mark.parametrize("delta", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
def test_a_moment_that_has_passed_or_lies_beyond_the_calendar_is_refused(delta: timedelta) -> None:
    with pytest.raises(errors.DueOutOfRange):
        correcting.set_limit(accepted(), replace(BY_LEADER, due_at=NOW + delta), PACK, by="d")


def test_a_ground_that_the_pack_does_not_know_is_refused() -> None:
    with pytest.raises(errors.UnknownLimitGround):
        correcting.set_limit(accepted(), replace(BY_LEADER, ground="whim"), PACK, by="d")


def test_one_limit_of_a_ground_replaces_the_one_before_and_another_stands_beside_it() -> None:
    one = accepted()
    newer = replace(LAW, amount=3)
    for limit in (LAW, BY_LEADER, newer):
        correcting.set_limit(one, limit, PACK, by="d")
    assert one.own_limits == [BY_LEADER, newer]


def test_a_limit_is_lifted_once() -> None:
    one = accepted()
    correcting.set_limit(one, LAW, PACK, by="d")
    (told,) = correcting.lift_limit(one, "other_law", by="d", now=NOW)
    assert (told.ground, one.own_limits) == ("other_law", [])
    with pytest.raises(errors.LimitNotSet):
        correcting.lift_limit(one, "other_law", by="d", now=NOW)
