"""A missed call through all services: recorded, watched, told to people, called back; and no number in the clear."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from chassis.access import Principal, Role
from chassis.domain import DomainError
from tests.e2e.conftest import Stage, office, seat

PHONE = "19900007788"


def missed(stage: Stage, id: str, city: str = "350100", **changed: Any) -> Any:
    telephones = Principal("telephones", frozenset({Role.PORTAL}), frozenset({city}))
    now = stage.clock.now()
    told = {"call_id": id, "line": "12345", "direction": "inbound", "outcome": "missed", "phone": PHONE}
    times = {"queue_time": now - timedelta(seconds=40), "end_time": now}
    return stage.call(telephones, "intake", "RecordCall", city=city, **told | times | changed)


def told_of(stage: Stage) -> list[str]:
    rows = stage.databases.rows("notify", "select body->>'template' from message where body->>'case_id' = ''")
    return sorted(template for (template,) in rows)


@pytest.mark.parametrize("city", ["350100", "610926", "230500"])
def test_a_missed_call_is_called_back_within_half_an_hour(stage: Stage, city: str) -> None:
    call, began = missed(stage, "1.1", city), stage.clock.now()
    seen = stage.call(seat(city), "intake", "GetCall", name=call.name)
    due = seen.due_time.ToDatetime(UTC)
    assert (seen.light, due) == ("green", began + timedelta(minutes=30))
    stage.wait(minutes=25)
    (listed,) = stage.call(office(city), "intake", "ListCalls", city=city).calls
    assert (listed.light, told_of(stage)) == ("yellow", ["call_back_warned"])
    assert stage.call(seat(city), "intake", "RevealCaller", name=call.name, purpose="回拨").phone == PHONE
    done = stage.call(seat(city), "intake", "RecordCallBack", name=call.name, reached=True)
    assert (done.call_back, done.light) == (2, ""), "reached"
    stage.wait(hours=2)
    assert told_of(stage) == ["call_back_warned"]
    assert [row[0] for row in stage.databases.rows("sla", "select body->>'state' from clock")] == ["met"]


def test_what_nobody_calls_back_turns_red_and_stays_first_in_the_list(stage: Stage) -> None:
    call = missed(stage, "1.1")
    stage.wait(minutes=31)
    missed(stage, "1.2", outcome="answered", answer_time=stage.clock.now(), phone="19900007789")
    first, second = stage.call(seat(), "intake", "ListCalls", city="350100").calls
    assert (first.name, first.light, second.light) == (call.name, "red", "")
    assert told_of(stage) == ["call_back_breached", "call_back_breached", "call_back_warned"]
    last = [stage.call(seat(), "intake", "RecordCallBack", name=call.name) for _ in range(3)][-1]
    assert (last.call_back, len(last.attempts)) == (3, 3), "not reached"
    with pytest.raises(DomainError) as refused:
        stage.call(seat(), "intake", "RecordCallBack", name=call.name)
    assert refused.value.reason == "CALL_BACK_NOT_OWED"
    assert [row[0] for row in stage.databases.rows("sla", "select body->>'state' from clock")] == ["late"]


def test_no_database_holds_the_number_of_a_caller(stage: Stage) -> None:
    missed(stage, "1.1", recording=f"20260921-{PHONE}.wav")
    for service in ("intake", "dispatch", "sla", "knowledge", "notify"):
        for table in stage.databases.tables(service):
            rows = stage.databases.rows(service, f"select t::text from {table} t")
            assert PHONE not in str(rows), (service, table)
