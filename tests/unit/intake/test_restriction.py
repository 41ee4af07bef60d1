"""Who may be kept from the telephone, for what and how long, and that it ends by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.domain import Sealed, StepNotAllowed
from chassis.policy import load
from chassis.settings import ROOT
from services.intake.application.restriction_views import shown_number
from services.intake.domain import events, restriction
from services.intake.domain import restriction_errors as errors
from services.intake.domain.calls import Direction
from services.intake.domain.citizen import PHONE, Citizen
from services.intake.domain.errors import CitizenErased
from services.intake.domain.pack import IntakePack
from services.intake.domain.restriction import LIFE, OVER, Grounds, Restriction, RestrictionState, standing
from services.intake.domain.states import Channel
from services.intake.domain.telephone import Restrictions
from tests.unit.intake.test_calls import NOW, call
from tests.unit.intake.test_case import case

PACKS = {
    name: load(ROOT / "policies" / "packs" / name / "intake.yaml", IntakePack)
    for name in ("fujian-2016", "pingli-2018", "shuangyashan-2024")
}
PACK = PACKS["shuangyashan-2024"]
SECOND = timedelta(seconds=1)


def citizen(**changed: Any) -> Citizen:
    known: dict[str, Any] = {"id": "z1", "city": "230500", "public_key": b"", "wrapped_key": b"w", "phone_hash": "hash"}
    return Citizen(**(known | changed))


def restricted(
    *earlier: Restriction, grounds: Grounds | None = None, pack: IntakePack = PACK, of: Citizen | None = None,
    now: datetime = NOW, ends_at: datetime = NOW + timedelta(hours=24),
) -> tuple[Restriction, events.CallerRestricted]:  # fmt: skip
    one, told = restriction.restrict(
        of or citizen(), pack, grounds or Grounds("harassment", "辱骂", [call()]), earlier,
        id="r1", pack_name=pack.pack, ends_at=ends_at, by="s1", now=now,
    )  # fmt: skip
    assert isinstance(told, events.CallerRestricted)
    return one, told


def test_the_article_names_five_grounds_and_the_longest_is_a_day() -> None:
    rules = PACK.restrictions
    assert rules is not None
    assert ([g.code for g in rules.grounds], rules.most_hours) == (
        ["repeated_calls", "long_occupation", "false_facts", "slander", "harassment"],
        24,
    )


@pytest.mark.parametrize("name", ["fujian-2016", "pingli-2018"])
def test_without_a_rule_nobody_is_restricted(name: str) -> None:
    with pytest.raises(errors.NoPowerToRestrict) as refused:
        restricted(pack=PACKS[name])
    assert name in refused.value.message_zh


def test_who_is_restricted_is_to_be_told_why_by_what_until_when_and_where_to_complain() -> None:
    one, told = restricted(of=citizen(contact={PHONE: Sealed("z1", PHONE, b"sealed")}))
    assert (one.state_at(NOW), one.call_ids, one.case_ids, one.basis) == ("in_force", ["l1"], [], "S24-51 35")
    assert (told.ground, told.reason, told.citizen_reachable) == ("harassment", "骚扰、侮辱、威胁热线工作人员", True)
    assert (told.cited[-4:], told.ends_at) == ("第35条", NOW + timedelta(hours=24))
    assert "网站" in told.appeal
    assert "辱骂" not in str(told)
    assert told.subject == "cities/230500/restrictions/r1"


@pytest.mark.parametrize("after", [timedelta(), -SECOND, timedelta(hours=24) + SECOND])
def test_it_ends_after_now_and_within_the_hours_of_the_pack(after: timedelta) -> None:
    with pytest.raises(errors.RestrictionEndOutOfRange):
        restricted(ends_at=NOW + after)
    assert restricted(ends_at=NOW + SECOND)[0].stands(NOW)


def test_it_ends_by_itself_at_its_instant() -> None:
    one, _ = restricted()
    assert one.stands(one.ends_at - SECOND)
    assert one.state_at(one.ends_at) is RestrictionState.EXPIRED
    assert standing([one], one.ends_at) is None
    with pytest.raises(StepNotAllowed):
        restriction.lift(one, citizen(), reason="", by="s1", now=one.ends_at)
    assert LIFE.final == OVER


PHONED = case(city="230500")
URGENT = case(emergency_class="special")


@pytest.mark.parametrize(
    ("grounds", "of", "refused"),
    [
        (Grounds("malicious", "", [call()]), citizen(), errors.UnknownRestrictionGround),
        (Grounds("harassment", ""), citizen(), errors.RestsOnNothing),
        (Grounds("harassment", "", [call(), call(citizen_id="z2")]), citizen(), errors.NotOneCaller),
        (Grounds("harassment", "", [call(direction=Direction.OUTBOUND)]), citizen(), errors.NotByTelephone),
        (Grounds("harassment", "", [], [case(channel=Channel.WEB)]), citizen(), errors.NotByTelephone),
        (Grounds("harassment", "", [], [URGENT]), citizen(), errors.RestsOnEmergency),
        (Grounds("harassment", "", [call()], linked=[URGENT]), citizen(), errors.RestsOnEmergency),
        (Grounds("harassment", "", [call()]), citizen(phone_hash=""), errors.NumberNotComparable),
        (Grounds("harassment", "", [call()]), citizen(phone_hash="", erased_at=NOW), CitizenErased),
    ],
)
def test_what_it_cannot_rest_on_is_refused(grounds: Grounds, of: Citizen, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        restricted(grounds=grounds, of=of)


def test_short_times_do_not_follow_each_other_without_something_new() -> None:
    first, _ = restricted(grounds=Grounds("harassment", "", [call()], [PHONED]))
    again = Grounds("harassment", "", [call(id="l2"), call(id="l3", queued_at=first.ends_at)])
    with pytest.raises(errors.RestrictedAlready):
        restricted(first, grounds=again, ends_at=NOW + timedelta(hours=25), now=NOW + timedelta(hours=23))
    later: dict[str, Any] = {"now": first.ends_at, "ends_at": first.ends_at + timedelta(hours=1)}
    for old in (Grounds("harassment", "", [call()]), Grounds("slander", "", [call(id="l2")], [PHONED])):
        with pytest.raises(errors.RestedOnBefore):
            restricted(first, grounds=old, **later)
    assert restricted(first, grounds=again, **later)[0].stands(first.ends_at)


@pytest.mark.parametrize("lifted_after", [None, timedelta(hours=2)])
def test_calls_of_one_minute_carry_no_row_of_short_times(lifted_after: timedelta | None) -> None:
    oldest, _ = restricted(grounds=Grounds("harassment", "", [call(id="l0")]), ends_at=NOW + SECOND)
    newest, _ = restricted()
    newest.ends_at += timedelta(hours=24)
    if lifted_after:
        restriction.lift(newest, citizen(), reason="", by="s1", now=NOW + lifted_after)
    over = newest.lifted_at or newest.ends_at
    later: dict[str, Any] = {"now": newest.ends_at, "ends_at": newest.ends_at + timedelta(hours=1)}
    early, since = call(id="l2", queued_at=over - SECOND), call(id="l3", queued_at=over)
    told_since = case(city="230500", said_at=over)
    with pytest.raises(errors.NothingNewSince):
        restricted(newest, oldest, grounds=Grounds("harassment", "", [early], [PHONED]), **later)
    for new in (Grounds("harassment", "", [early, since]), Grounds("harassment", "", [early], [told_since])):
        assert restricted(newest, oldest, grounds=new, **later)[0].stands(newest.ends_at)


def test_lifted_it_is_over_at_once_and_stays_over() -> None:
    one, _ = restricted()
    at = NOW + timedelta(hours=2)
    told = restriction.lift(one, citizen(), reason="申诉成立", by="s2", now=at)
    assert isinstance(told, events.RestrictionLifted)
    assert (one.state_at(at), one.lifted_by, one.lift_reason, told.lifted_at) == ("lifted", "s2", "申诉成立", at)
    assert [one.stood_at(NOW + timedelta(hours=h)) for h in (-1, 0, 1, 2, 23)] == [False, True, True, False, False]
    with pytest.raises(StepNotAllowed):
        restriction.lift(one, citizen(), reason="", by="s2", now=at)


def test_erased_nothing_of_it_can_be_read_whatever_its_state() -> None:
    one, _ = restricted()
    over, _ = restricted()
    told = restriction.erase(one, now=NOW)
    restriction.erase(over, now=over.ends_at)
    assert [(o.state_at(over.ends_at), o.reason) for o in (one, over)] == [("erased", ""), ("expired", "")]
    assert isinstance(told, events.RestrictionErased)
    assert not one.stood_at(NOW)


def test_a_ground_that_stands_twice_stops_the_start() -> None:
    assert PACK.restrictions is not None
    rules = PACK.restrictions.model_dump()
    with pytest.raises(ValueError, match="twice"):
        Restrictions.model_validate(rules | {"grounds": rules["grounds"] * 2})


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800138000", "138****8000"), ("04697654321", "046****4321"), ("12345", "*****"), ("", "")]
)
def test_a_number_is_shown_with_stars(phone: str, shown: str) -> None:
    assert shown_number(phone) == shown
