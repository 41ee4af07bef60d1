"""A number that is kept from the telephone, through all services: the caller is told, an emergency is handled."""

from datetime import timedelta
from typing import Any

from chassis.access import Principal, Role
from tests.e2e.conftest import Stage, office, seat

CITY, PHONE = "230500", "19900007788"
TELEPHONES = Principal("telephones", frozenset({Role.PORTAL}), frozenset({CITY}))


def called(stage: Stage) -> Any:
    now = stage.clock.now()
    told = {"call_id": "1.1", "line": "12345", "direction": "inbound", "outcome": "answered", "seat": "A07"}
    times = {"queue_time": now, "answer_time": now, "end_time": now}
    return stage.call(TELEPHONES, "intake", "RecordCall", city=CITY, phone=PHONE, **told | times)


def told(stage: Stage) -> list[tuple[str, str]]:
    return stage.databases.rows("notify", "select body->>'template', state from message where case_id = '' order by id")


def checked(stage: Stage) -> Any:
    return stage.call(TELEPHONES, "intake", "CheckCaller", city=CITY, phone=PHONE)


def test_who_is_restricted_is_told_and_may_tell_of_an_emergency_all_the_same(stage: Stage) -> None:
    call, end = called(stage), stage.clock.now() + timedelta(hours=6)
    decided = {"calls": [call.name], "ground": "harassment", "reason": "辱骂话务员", "end_time": end}
    one = stage.call(office(CITY), "intake", "RestrictCaller", city=CITY, **decided)
    stage.wait(minutes=2)
    assert told(stage) == [("caller_restricted", "delivered")]
    ((text,),) = stage.databases.rows("notify", "select text from recorded")
    for words in ("骚扰、侮辱、威胁热线工作人员", "第35条", "9月21日15:00", "申诉"):
        assert words in text
    check = checked(stage)
    assert (check.restriction.name, check.restriction.ground) == (one.name, "harassment")
    assert "119" in check.emergency_lines

    said = {
        "subject": "燃气泄漏",
        "text": "楼道里有燃气泄漏。",
        "category": "help",
        "emergency_class": "special_urgent",
    }
    caller = {"name": "周建国", "phone": PHONE}
    registered = stage.call(seat(CITY), "intake", "RegisterCase", city=CITY, channel="phone", caller=caller, **said)
    assert registered.caller_restriction.name == one.name
    accepted = stage.call(seat(CITY), "intake", "AcceptCase", name=registered.case.name)
    assert accepted.number

    stage.wait(hours=6)
    assert not checked(stage).HasField("restriction")
    (listed,) = stage.call(office(CITY), "intake", "ListRestrictions", city=CITY).restrictions
    assert (listed.state, listed.phone) == (2, "199****7788"), "expired"
    assert [template for template, _ in told(stage)] == ["caller_restricted"]
