"""A number that is kept from the telephone, from the supervisor's decision to its end, on the real database."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, StepNotAllowed, VersionMovedOn
from chassis.privacy import ReplyBox
from services.intake.application import call_messages, restriction_messages
from services.intake.domain.restriction_errors import (
    NoPowerToRestrict,
    NothingNewSince,
    RestedOnBefore,
    RestrictedAlready,
    RestsOnEmergency,
    RestsOnNothing,
)
from tests.integration.intake.conftest import AGENT, FUZHOU, NAME, PHONE, PINGLI, SHUANGYASHAN, Desk, principal

SEAT, SUPERVISOR, PORTAL = (principal(role, SHUANGYASHAN) for role in (Role.AGENT, Role.SUPERVISOR, Role.PORTAL))
OTHER_PHONE = "19904690002"


def do(desk: Desk, who: Principal, command: str, /, **fields: Any) -> Any:
    given = {"request_id": f"restriction-{next(desk.numbers):04}"} | fields
    return desk.runtime.execute(who, getattr(restriction_messages, command).of(given))


def ask(desk: Desk, who: Principal, query: str, /, **fields: Any) -> Any:
    return desk.runtime.query(who, getattr(restriction_messages, query).of(fields))


def called(desk: Desk, id: str = "170.1", *, phone: str = PHONE, city: str = SHUANGYASHAN, **changed: Any) -> Any:
    now = desk.clock.now()
    command = call_messages.RecordCall.of({
        "request_id": f"restriction-{next(desk.numbers):04}", "city": city, "call_id": id, "line": "12345",
        "direction": "inbound", "outcome": "answered", "phone": phone, "seat": "A07",
        "queue_time": now, "answer_time": now, "end_time": now, **changed,
    })  # fmt: skip
    return desk.runtime.execute(principal(Role.PORTAL, city), command)


def restricted(desk: Desk, *calls: Any, hours: float = 24, **changed: Any) -> Any:
    end = desk.clock.now() + timedelta(hours=hours)
    told = {"city": SHUANGYASHAN, "ground": "repeated_calls", "reason": "当日拨打四十余次", "end_time": end}
    return do(desk, SUPERVISOR, "RestrictCaller", **({"calls": [c.name for c in calls]} | told | changed))


def checked(desk: Desk, phone: str = PHONE, who: Principal = PORTAL) -> Any:
    return ask(desk, who, "CheckCaller", city=SHUANGYASHAN, phone=phone)


def test_a_supervisor_restricts_a_number_and_the_decision_is_told_and_kept(desk: Desk) -> None:
    call = called(desk)
    one = restricted(desk, call, reason=f"{NAME}（{PHONE}）当日拨打四十余次")
    assert (one.state, one.ground, one.basis, one.restricted_by) == (
        "in_force", "repeated_calls", "S24-51 35", SUPERVISOR.id,
    )  # fmt: skip
    assert (one.phone, one.calls, one.citizen) == ("138****8000", [call.name], call.citizen)
    assert "四十余次" in one.reason
    told = dict(desk.events())["caller_restricted"]
    assert (told["reason"], told["citizen_reachable"]) == ("无正当理由反复拨打", True)
    assert "申诉" in told["appeal"]
    for table in ("restriction", "outbox", "remembered"):
        assert PHONE not in str(desk.rows(f"select * from {table}")), table
    assert ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN).restrictions == [one]


def test_a_telephone_system_learns_it_by_the_number_and_which_lines_are_open_to_everybody(desk: Desk) -> None:
    one = restricted(desk, called(desk))
    for written in (PHONE, "+86 138-0013 8000"):
        check = checked(desk, written)
        assert (check.restriction.name, check.restriction.end_time) == (one.name, one.end_time)
        assert (check.restriction.ground, check.restriction.ground_name) == ("repeated_calls", "无正当理由反复拨打")
    assert check.restriction.cited.endswith("第35条")
    assert check.emergency_lines == ["110", "119", "120", "122"]
    for other in (OTHER_PHONE, "unknown"):
        assert checked(desk, other).restriction is None
    assert ask(desk, AGENT, "CheckCaller", city=FUZHOU, phone=PHONE).restriction is None


def test_it_ends_by_itself_at_its_instant(desk: Desk) -> None:
    one = restricted(desk, called(desk), hours=2)
    desk.pass_time(hours=2, seconds=-1)
    assert checked(desk).restriction
    desk.pass_time(seconds=1)
    assert checked(desk).restriction is None
    (listed,) = ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN, state="expired").restrictions
    assert (listed.name, listed.state) == (one.name, "expired")
    assert ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN, state="in_force").restrictions == []
    with pytest.raises(StepNotAllowed):
        do(desk, SUPERVISOR, "LiftRestriction", name=one.name, reason="晚了")


def test_the_seat_is_told_and_the_case_is_registered_and_accepted_all_the_same(desk: Desk) -> None:
    restricted(desk, called(desk))
    answer = desk.register(SEAT, city=SHUANGYASHAN, emergency_class="special_urgent")
    assert answer.caller_restriction.ground == "repeated_calls"
    assert desk.do(SEAT, "AcceptCase", name=answer.case.name).state == "accepted"
    assert desk.register(PORTAL, city=SHUANGYASHAN, channel="web").caller_restriction is None
    other = {"caller": {"name": "周建国", "phone": OTHER_PHONE}}
    assert desk.register(SEAT, city=SHUANGYASHAN, **other).caller_restriction is None


def test_the_record_of_a_call_says_that_its_number_was_restricted(desk: Desk) -> None:
    first = called(desk)
    desk.pass_time(minutes=5)
    one = restricted(desk, first)
    second = called(desk, "170.2")
    assert (first.restricted_until, second.restricted_until) == (None, one.end_time)
    assert called(desk, "170.3", phone=OTHER_PHONE).restricted_until is None


def test_who_is_turned_away_is_owed_no_call_back(desk: Desk) -> None:
    first = called(desk)
    desk.pass_time(minutes=5)
    one = restricted(desk, first)
    away = {"outcome": "missed", "answer_time": None}
    assert called(desk, "170.2", **away).call_back is None
    told = dict(desk.events())["call_recorded"]
    assert (told["call_back"], datetime.fromisoformat(told["restricted_until"])) == (False, one.end_time)
    assert called(desk, "170.3", phone=OTHER_PHONE, **away).call_back == "owed"


def test_lifted_with_a_reason_the_number_calls_again_at_once(desk: Desk) -> None:
    one = restricted(desk, called(desk))
    with pytest.raises(VersionMovedOn):
        do(desk, SUPERVISOR, "LiftRestriction", name=one.name, reason="申诉成立", version=9)
    lifted = do(desk, SUPERVISOR, "LiftRestriction", name=one.name, reason=f"申诉成立 {PHONE}", version=one.version)
    assert (lifted.state, lifted.lifted_by, lifted.version) == ("lifted", SUPERVISOR.id, 2)
    assert PHONE not in lifted.lift_reason
    assert checked(desk).restriction is None
    assert desk.told()[-1] == "restriction_lifted"


def test_one_at_a_time_and_nothing_carries_two(desk: Desk) -> None:
    first, second = called(desk), called(desk, "170.2")
    restricted(desk, first, hours=1)
    with pytest.raises(RestrictedAlready):
        restricted(desk, second)
    desk.pass_time(hours=1)
    with pytest.raises(RestedOnBefore):
        restricted(desk, second, first)
    with pytest.raises(NothingNewSince):
        restricted(desk, second)
    case = desk.register(SEAT, city=SHUANGYASHAN).case
    both = restricted(desk, second, cases=[case.name])
    assert both.cases == [case.name]
    listed = ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN, page_size=1)
    assert [one.name for one in listed.restrictions] == [both.name]
    rest = ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN, page_token=listed.next_page_token)
    assert ([one.state for one in rest.restrictions], rest.next_page_token) == (["expired"], "")


def test_a_call_that_told_of_an_emergency_is_no_ground(desk: Desk) -> None:
    call, other = called(desk), called(desk, "170.2")
    case = desk.register(SEAT, city=SHUANGYASHAN, emergency_class="special_urgent").case
    link = {"request_id": "restriction-link", "name": call.name, "case": case.name}
    desk.runtime.execute(SEAT, call_messages.LinkCall.of(link))
    with pytest.raises(RestsOnEmergency):
        restricted(desk, other, call)
    assert restricted(desk, other).calls == [other.name]


def test_only_a_supervisor_of_a_city_whose_rules_give_the_power(desk: Desk) -> None:
    call = called(desk)
    for stranger in (SEAT, PORTAL, principal(Role.DISPATCHER, SHUANGYASHAN), principal(Role.SUPERVISOR, PINGLI)):
        with pytest.raises(PermissionDenied):
            do(desk, stranger, "RestrictCaller", city=SHUANGYASHAN, calls=[call.name], ground="slander", reason="诬告",
               end_time=desk.clock.now() + timedelta(hours=1))  # fmt: skip
    for city in (FUZHOU, PINGLI):
        own = called(desk, city=city)
        end = desk.clock.now() + timedelta(hours=1)
        told = {"city": city, "calls": [own.name], "ground": "slander", "reason": "诬告", "end_time": end}
        with pytest.raises(NoPowerToRestrict):
            do(desk, principal(Role.SUPERVISOR, city), "RestrictCaller", **told)
        with pytest.raises(NotFound):
            restricted(desk, own)
    with pytest.raises(RestsOnNothing):
        restricted(desk)
    for who in (PORTAL, SEAT):
        with pytest.raises(PermissionDenied):
            ask(desk, who, "ListRestrictions", city=SHUANGYASHAN)
    with pytest.raises(BadFields):
        restricted(desk, call, reason="")
    one = restricted(desk, call)
    with pytest.raises(NotFound):
        do(desk, SUPERVISOR, "LiftRestriction", name=one.name[:-4] + "ffff", reason="x")


def test_erasing_the_citizen_erases_it(desk: Desk) -> None:
    one = restricted(desk, called(desk))
    desk.do(SUPERVISOR, "EraseCitizen", name=one.citizen, reason="本人申请")
    assert checked(desk).restriction is None
    (listed,) = ask(desk, SUPERVISOR, "ListRestrictions", city=SHUANGYASHAN).restrictions
    assert (listed.state, listed.phone, listed.reason) == ("erased", "", "")
    assert "四十余次" not in str(desk.rows("select body from restriction")) + str(desk.rows("select * from remembered"))
    assert desk.told()[-1] == "restriction_erased"


def test_the_number_for_the_notice_is_told_by_the_citizen_and_the_look_is_written_down(desk: Desk) -> None:
    one = restricted(desk, called(desk))
    citizen, box = one.citizen.rpartition("/")[2], ReplyBox()
    wanted = {"citizen_id": citizen, "purpose": "message:caller_restricted"}
    nobody = [wanted | {"city": FUZHOU}, wanted | {"citizen_id": "0" * 32}, {"purpose": "message:nobody"}]
    key = b64encode(box.public_key).decode()
    answer = desk.answer("reveal_numbers", wanted=[wanted | {"city": SHUANGYASHAN}, *nobody], reply_key=key)
    assert (box.open(b64decode(answer["sealed"])), answer["unreadable"]) == ({citizen: PHONE}, [])
    (look,) = desk.rows("select citizen_id, what, purpose from look")
    assert look == (citizen, "number", "service:dispatch: message:caller_restricted")
