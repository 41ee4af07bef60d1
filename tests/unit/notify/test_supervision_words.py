"""Supervisions have a word for every ground, method and finding, and every pack says whom each method reaches."""

import pytest

from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain.states import SupervisionFinding
from services.dispatch.domain.supervision_rules import Method
from services.notify.adapters.policies import load_book
from services.notify.domain.message import Audience, Medium
from services.notify.domain.moments import Moment

BOOK = load_book(ROOT / "policies")
REGIMES = {folder.ref: load_regime(folder) for folder in load_packs(ROOT / "policies").folders.values()}


@pytest.mark.parametrize("pack", REGIMES)
def test_every_ground_method_and_finding_has_its_word(pack: str) -> None:
    rules = REGIMES[pack].supervision
    wanted = {"ground": set(rules.grounds), "method": {*map(str, Method)}, "finding": {*map(str, SupervisionFinding)}}
    for kind, codes in wanted.items():
        assert [code for code in sorted(codes) if BOOK.word(kind, code, "zh") == code] == []


@pytest.mark.parametrize("pack", REGIMES)
def test_what_may_go_to_the_commission_is_for_the_supervisors_alone_to_judge(pack: str) -> None:
    told = {notice.audience for notice in BOOK.packs[pack].notices.get(Moment.SUPERVISION_REFERRAL, ())}
    known = Method.REFERRAL in REGIMES[pack].supervision.methods
    assert told == ({Audience.SUPERVISORS} if known else set())


@pytest.mark.parametrize("pack", REGIMES)
def test_a_pack_rings_for_the_phone_and_writes_for_the_rest(pack: str) -> None:
    notices = BOOK.packs[pack].notices
    told = {(n.moment, n.audience, n.medium) for of in notices.values() for n in of}
    assert (Moment.SUPERVISION_PHONE, Audience.UNIT, Medium.VOICE) in told
    assert (Moment.SUPERVISION_REMINDER, Audience.UNIT, Medium.SMS) in told
    pressed = {audience for moment, audience, _ in told if moment is Moment.SUPERVISION_NOTICE}
    assert pressed == {Audience.UNIT, Audience.UNIT_LEADER, Audience.SUPERVISORS}
