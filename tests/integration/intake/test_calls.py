"""Calls from the telephone system to the call-back, through the pipeline and the real database."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, VersionMovedOn
from services.intake.application import call_messages
from services.intake.application.call_views import CallView
from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, FUZHOU, PHONE, PINGLI, PORTAL, SUPERVISOR, Desk, principal

OTHER_PHONE = "19905910002"
DISPATCHER = principal(Role.DISPATCHER)


def do(desk: Desk, who: Principal, command: str, /, **fields: Any) -> Any:
    given = {"request_id": f"call-request-{next(desk.numbers):04}"} | fields
    return desk.runtime.execute(who, getattr(call_messages, command).of(given))


def ask(desk: Desk, who: Principal, query: str, /, **fields: Any) -> Any:
    return desk.runtime.query(who, getattr(call_messages, query).of(fields))


def report(desk: Desk, id: str = "170.1", /, **changed: Any) -> dict[str, Any]:
    now = desk.clock.now()
    told = {
        "city": FUZHOU,
        "call_id": id,
        "line": "12345",
        "direction": "inbound",
        "outcome": "missed",
        "phone": PHONE,
        "queue_time": now - timedelta(seconds=90),
        "end_time": now - timedelta(seconds=30),
    }
    if changed.get("outcome") == "answered":
        told |= {"answer_time": now - timedelta(seconds=80), "seat": "A07"}
    return told | changed


def recorded(desk: Desk, id: str = "170.1", /, **changed: Any) -> CallView:
    view: CallView = do(desk, PORTAL, "RecordCall", **report(desk, id, **changed))
    return view


def of(desk: Desk, call: CallView, who: Principal = AGENT) -> CallView:
    view: CallView = ask(desk, who, "GetCall", name=call.name)
    return view


def clock(desk: Desk, event: str, call: CallView, **fields: Any) -> None:
    """What sla tells of the clock that watches the call."""
    id = call.name.rpartition("/")[2]
    desk.tell(f"sla.clock_{event}", id, **{"case_id": "", "call_id": id, "kind": "call_back"} | fields)


def test_a_missed_call_is_kept_without_the_number_and_a_call_back_is_owed(desk: Desk) -> None:
    call = recorded(desk, recording=f"20260924-{PHONE}.wav")
    assert (call.call_back, call.attempts_due, call.number_known, call.has_recording) == ("owed", 3, True, True)
    ((type, told),) = desk.events()
    assert (type, told["call_back"], told["outcome"], told["pack"]) == (
        "call_recorded",
        True,
        "missed",
        "fujian-2016@1.0.0",
    )
    with desk.runtime.engine.connect() as connection:
        for table in ("call_file", "citizen", "outbox", "remembered"):
            rows = connection.exec_driver_sql(f"select * from {table}").all()
            assert PHONE not in str(rows), table


def test_the_telephone_system_may_tell_it_twice_and_not_otherwise(desk: Desk) -> None:
    told = report(desk)
    first = do(desk, PORTAL, "RecordCall", **told, request_id="same-request-1")
    assert do(desk, PORTAL, "RecordCall", **told, request_id="same-request-1") == first
    desk.pass_time(minutes=5)
    assert do(desk, PORTAL, "RecordCall", **told).name == first.name
    assert desk.told() == ["call_recorded"]
    for other in ({"line": "12315"}, {"phone": OTHER_PHONE}, {"queue_time": told["queue_time"] - timedelta(seconds=1)}):
        with pytest.raises(errors.CallRecordedOtherwise):
            do(desk, PORTAL, "RecordCall", **told | other)
    assert recorded(desk, "170.2").name != first.name


def test_who_calls_and_registers_from_one_number_is_one_citizen(desk: Desk) -> None:
    call = recorded(desk)
    assert desk.register().case.citizen == call.citizen == recorded(desk, "170.2").citizen
    assert recorded(desk, "170.3", phone=OTHER_PHONE).citizen != call.citizen
    withheld = recorded(desk, "170.4", phone="")
    assert (withheld.number_known, withheld.call_back) == (False, None)
    # A number that is none in China is kept as it came, and can be called back.
    abroad = recorded(desk, "170.5", phone="+852 2345 6789")
    assert abroad.call_back == "owed"
    assert ask(desk, AGENT, "RevealCaller", name=abroad.name, purpose="回拨").phone == "+852 2345 6789"
    assert desk.do(SUPERVISOR, "EraseCitizen", name=abroad.citizen, reason="本人申请").cases == 0


def test_only_the_telephone_system_records_and_only_seats_call_back(desk: Desk) -> None:
    call = recorded(desk)
    for who in (AGENT, SUPERVISOR, principal(Role.PLATFORM), principal(Role.PORTAL, PINGLI)):
        with pytest.raises(PermissionDenied):
            do(desk, who, "RecordCall", **report(desk, "170.9"))
    for who in (PORTAL, SUPERVISOR, DISPATCHER, principal(Role.AGENT, PINGLI)):
        with pytest.raises(PermissionDenied):
            do(desk, who, "RecordCallBack", name=call.name, reached=True)
    with pytest.raises(PermissionDenied):
        ask(desk, PORTAL, "GetCall", name=call.name)
    with pytest.raises(PermissionDenied):
        ask(desk, DISPATCHER, "RevealCaller", name=call.name, purpose="想看看")
    with pytest.raises(NotFound):
        ask(desk, AGENT, "GetCall", name=call.name[:-4] + "ffff")


def test_a_call_and_a_case_belong_to_each_other_many_times(desk: Desk) -> None:
    call, other = recorded(desk), recorded(desk, "170.2")
    case, second = desk.register().case, desk.register(subject="井盖").case
    for one in (case, second, case):
        do(desk, AGENT, "LinkCall", name=call.name, case=one.name)
    do(desk, AGENT, "LinkCall", name=other.name, case=case.name)
    assert of(desk, call).cases == [case.name, second.name]
    of_case = ask(desk, AGENT, "ListCalls", city=FUZHOU, case=case.name).calls
    assert {one.name for one in of_case} == {call.name, other.name}
    assert [one.name for one in ask(desk, AGENT, "ListCalls", city=FUZHOU, case=second.name).calls] == [call.name]
    with pytest.raises(NotFound):
        do(desk, AGENT, "LinkCall", name=call.name, case=case.name[:-4] + "ffff")
    with pytest.raises(NotFound):
        do(desk, AGENT, "LinkCall", name=call.name, case=case.name.replace(FUZHOU, PINGLI))


def test_reached_ends_it_for_all_calls_of_that_caller(desk: Desk) -> None:
    call, again, other = recorded(desk), recorded(desk, "170.2"), recorded(desk, "170.3", phone=OTHER_PHONE)
    view = do(desk, AGENT, "RecordCallBack", name=again.name, reached=True, version=again.version)
    assert (view.call_back, [a.reached for a in view.attempts]) == ("reached", [True])
    assert [of(desk, one).call_back for one in (call, again, other)] == ["reached", "reached", "owed"]
    assert desk.told().count("call_back_ended") == 2
    with pytest.raises(errors.CallBackNotOwed):
        do(desk, AGENT, "RecordCallBack", name=call.name)
    with pytest.raises(VersionMovedOn):
        do(desk, AGENT, "RecordCallBack", name=other.name, version=9)


def test_three_attempts_in_vain_end_it_as_not_reached(desk: Desk) -> None:
    call = recorded(desk)
    states = [do(desk, AGENT, "RecordCallBack", name=call.name).call_back for _ in range(3)]
    assert states == ["owed", "owed", "not_reached"]
    assert [told["attempt"] for type, told in desk.events() if type == "call_back_recorded"] == [1, 2, 3]
    assert desk.events()[-1][1]["how"] == "not_reached"


def test_who_calls_again_and_is_answered_need_not_be_called_back(desk: Desk) -> None:
    call, other = recorded(desk), recorded(desk, "170.2", phone=OTHER_PHONE)
    # It was taken before the other one was missed: somebody else behind that number.
    recorded(desk, "170.5", outcome="answered")
    assert of(desk, call).call_back == "owed"
    desk.pass_time(minutes=5)
    recorded(desk, "170.3", outcome="answered")
    assert (of(desk, call).call_back, of(desk, other).call_back) == ("called_again", "owed")
    # A call of ours is no call of theirs.
    recorded(desk, "170.4", outcome="answered", direction="outbound", phone=OTHER_PHONE)
    assert of(desk, other).call_back == "owed"


def test_those_still_to_be_called_back_come_first_whatever_the_page(desk: Desk) -> None:
    answered = [recorded(desk, f"1.{n}", outcome="answered", phone="") for n in range(3)]
    owed = [recorded(desk, f"2.{n}", phone=f"1990591100{n}") for n in range(3)]
    wanted = [one.name for one in (*owed, *reversed(answered))]
    for size in (1, 2, 3, 4, 50):
        found: list[str] = []
        token = ""
        while True:
            page = ask(desk, SUPERVISOR, "ListCalls", city=FUZHOU, page_size=size, page_token=token)
            found += [one.name for one in page.calls]
            token = page.next_page_token
            if not token:
                break
        assert found == wanted, size
    listed = ask(desk, DISPATCHER, "ListCalls", city=FUZHOU, call_back="owed", outcome="missed").calls
    assert [one.name for one in listed] == wanted[:3]
    assert len(ask(desk, AGENT, "ListCalls", city=FUZHOU, outcome="answered").calls) == 3
    with pytest.raises(BadFields):
        ask(desk, AGENT, "ListCalls", city=FUZHOU, page_token="nonsense")


def test_the_seat_sees_until_when_and_in_which_light(desk: Desk) -> None:
    call, due = recorded(desk), desk.clock.now() + timedelta(minutes=30)
    assert (call.due_time, call.light) == (None, "")
    clock(desk, "started", call, due_at=due)
    assert (of(desk, call).due_time, of(desk, call).light) == (due, "green")
    clock(desk, "warned", call)
    assert of(desk, call).light == "yellow"
    clock(desk, "breached", call, breached_at=due)
    assert (of(desk, call).due_time, of(desk, call).light) == (due, "red")
    clock(desk, "moved", call, due_at=due + timedelta(hours=1))
    assert of(desk, call).light == "green"
    do(desk, AGENT, "RecordCallBack", name=call.name, reached=True)
    assert (of(desk, call).due_time, of(desk, call).light) == (None, "")
    assert desk.parked() == []


def test_the_number_is_opened_for_a_purpose_that_is_written_down(desk: Desk) -> None:
    call = recorded(desk, recording=f"20260924-{PHONE}.wav")
    seen = ask(desk, AGENT, "RevealCaller", name=call.name, purpose=f"回拨 {PHONE}")
    assert (seen.phone, seen.recording) == (PHONE, f"20260924-{PHONE}.wav")
    with desk.runtime.engine.connect() as connection:
        ((what, purpose, citizen),) = connection.exec_driver_sql("select what, purpose, citizen_id from look").all()
    assert (what, citizen) == (f"caller of calls/{call.name.rpartition('/')[2]}", call.citizen.rpartition("/")[2])
    assert "回拨" in purpose
    assert PHONE not in purpose


def test_an_erased_citizen_is_not_called_back_and_cannot_be_opened(desk: Desk) -> None:
    call = recorded(desk, recording="a.wav")
    desk.do(SUPERVISOR, "EraseCitizen", name=call.citizen, reason="本人要求")
    assert of(desk, call).call_back == "erased"
    with pytest.raises(errors.CitizenErased):
        ask(desk, AGENT, "RevealCaller", name=call.name, purpose="回拨")
    assert desk.events()[-1][1]["how"] == "erased"
    assert recorded(desk, "170.2").citizen != call.citizen
