"""Matters at partners: what is kept of them and for how long, what a seat is shown, and what follows from its word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.domain import StepNotAllowed
from chassis.policy import Basis, Words
from services.intake.domain import partner
from services.intake.domain import partner_errors as errors
from services.intake.domain.partner import MATTER, MOST_LINKS, MatterState, PartnerMatter, Told
from services.intake.domain.partner_rules import PartnerPlatform, Partners
from services.intake.domain.partner_rules import partner as platform_of
from services.intake.domain.parts import PartnerDecision, PartnerLink
from tests.unit.intake.test_case import case

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
BASIS = Basis(rule="N25-13", article="5")
RULES = Partners(
    platforms=(
        PartnerPlatform(code="petition", name=Words(zh="信访部门", en="petition"), grounds=("legal_way",)),
        PartnerPlatform(code="supervision", name=Words(zh="督查", en="supervision")),
    ),
    days=365,
    basis=BASIS,
    days_basis=BASIS,
)
TOLD = Told("拆迁补偿", "拆迁补偿款没有发放", "岭东区", "phone", "")


def matter(id: str = "m1", told: Told | None = TOLD, **changed: Any) -> PartnerMatter:
    one = PartnerMatter(id, "230500", "n", "N25-13 5", "petition", f"XF-{id}", NOW, **changed)
    if told:
        one.tell(told, now=NOW)
    return one


def link(one: PartnerMatter, decision: str = "handled_there") -> PartnerLink:
    return PartnerLink(one.id, one.platform, one.number, PartnerDecision(decision), "", "a1", NOW)


def test_told_again_the_words_are_new_and_a_person_who_is_left_out_is_kept() -> None:
    one, later = matter(), NOW + timedelta(days=1)
    one.tell(Told("征地", "征地补偿", "", "", "identity"), now=later)
    assert (one.masked_subject, one.masked_text, one.place) == ("征地", "征地补偿", "")
    assert (one.phone_hash, one.identity_hash, one.told_at, one.updated_at) == ("phone", "identity", NOW, later)
    assert one.source == "230500/petition/XF-m1"


@pytest.mark.parametrize("how", [MatterState.ENDED, MatterState.ERASED])
def test_ended_or_erased_neither_person_nor_words_stay(how: MatterState) -> None:
    one = matter()
    one.end(how, now=NOW)
    assert (one.masked_subject, one.masked_text, one.place, one.phone_hash, one.identity_hash) == ("",) * 5
    assert (one.state, one.ended_at, how in MATTER.final) == (how, NOW, True)
    with pytest.raises(StepNotAllowed):
        one.end(MatterState.ENDED, now=NOW)
    with pytest.raises(errors.MatterHasEnded):
        one.tell(TOLD, now=NOW)


def test_the_most_alike_come_first_and_what_is_another_matter_or_over_is_not_shown() -> None:
    same, near = matter("m1"), matter("m2", replace(TOLD, text="拆迁补偿款没有发放，住在岭东区中心街道"))
    other, over = matter("m3", replace(TOLD, subject="噪声", text="工地夜间施工")), matter("m4")
    over.end(MatterState.ENDED, now=NOW)
    one = case(masked_subject="拆迁", masked_text="拆迁补偿款没有发放")
    found = partner.alike(one, [near, other, over, same], 0.35)
    assert {m.id for m, _ in found} == {"m1", "m2"}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_a_seat_weighs_only_what_is_in_hand_and_of_the_person() -> None:
    one, ended = matter(), matter("m2")
    ended.end(MatterState.ENDED, now=NOW)
    mine = case()
    with pytest.raises(errors.MatterOfAnotherPerson):
        partner.weigh(mine, one, [], link(one))
    with pytest.raises(errors.MatterHasEnded):
        partner.weigh(mine, ended, ["m2"], link(ended))
    assert mine.partner_links == []


def test_a_later_word_takes_the_place_of_the_first_and_a_case_holds_so_many() -> None:
    mine, one = case(), matter()
    partner.weigh(mine, one, ["m1"], link(one))
    partner.weigh(mine, one, ["m1"], link(one, "goes_on"))
    assert mine.partner_links == [link(one, "goes_on")]
    for number in range(MOST_LINKS):
        more = matter(f"x{number}")
        partner.weigh(mine, more, [more.id], link(more))
    assert [known.matter_id for known in mine.partner_links] == [f"x{number}" for number in range(MOST_LINKS)]


def test_refused_on_a_ground_of_the_platform_the_citizen_is_sent_to_it() -> None:
    mine, one = case(), matter()
    assert partner.sent_to(mine, "legal_way", RULES) == ""
    partner.weigh(mine, one, ["m1"], link(one))
    assert partner.sent_to(mine, "legal_way", RULES) == "信访部门"
    assert partner.sent_to(mine, "unlawful", RULES) == ""
    assert partner.sent_to(mine, "legal_way", None) == ""
    partner.weigh(mine, one, ["m1"], link(one, "goes_on"))
    assert partner.sent_to(mine, "legal_way", RULES) == ""


def test_data_are_shared_with_the_platforms_of_the_rules_alone() -> None:
    assert platform_of(RULES, "petition", "n")[1].name.zh == "信访部门"
    for rules, account in ((RULES, "newspaper"), (None, "petition")):
        with pytest.raises(errors.NoPartner):
            platform_of(rules, account, "n")
    with pytest.raises(ValueError, match="stands twice"):
        Partners(platforms=(RULES.platforms[0], RULES.platforms[0]), days=1, basis=BASIS, days_basis=BASIS)
