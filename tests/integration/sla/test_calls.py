"""Calls: the clock of a call-back, which belongs to no case, and the rate of the calls that were answered."""

import random
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from chassis.access import Principal, Role
from chassis.events.envelope import decode
from services.sla.adapters.gauges import KpiGauges
from services.sla.adapters.rollup import DatabaseRollup
from services.sla.application.messages import GetKpiReport
from services.sla.application.reporting import EVER, months
from services.sla.domain.clock import Clock
from tests.integration.sla.conftest import PACKS, Office
from tests.integration.sla.recount import Recount

PROVINCE = Principal("p", frozenset({Role.PROVINCE}), frozenset({"*"}))
CALLS = {"call_answer", "prompt_answer"}


def recorded(office: Office, call: str = "l1", city: str = "350100", **changed: Any) -> None:
    now = office.clock.now()
    told = {
        "call_id": call,
        "pack": PACKS[city],
        "direction": "inbound",
        "outcome": "missed",
        "queued_at": now - timedelta(seconds=60),
        "answered_at": None,
        "ended_at": now,
        "call_back": True,
    }
    office.hears("intake.call_recorded", city=city, **told | changed)


def ended(office: Office, call: str = "l1", **fields: Any) -> None:
    office.hears("intake.call_back_ended", call_id=call, **{"how": "reached", "ended_at": office.clock.now()} | fields)


def clock(office: Office, call: str = "l1") -> Clock:
    with office.runtime.reading() as read:
        (found,) = read.find_by(Clock, "call_id", call)
    return found


# -- the clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("city", sorted(PACKS))
def test_a_call_back_is_due_half_an_hour_after_the_call_for_the_office(office: Office, city: str) -> None:
    end = office.clock.now() - timedelta(minutes=3)
    recorded(office, city=city, ended_at=end)
    (started,) = office.said("clock_started")
    assert (started["kind"], started["call_id"], started["case_id"], started["unit"]) == ("call_back", "l1", "", "")
    assert clock(office).due_at == end + timedelta(minutes=30)
    assert (clock(office).judges, clock(office).pack) == ("office", PACKS[city])
    assert office.rows("select subject from outbox")[0][0] == "l1"
    assert "三十" in started["steps"][0]["zh"] or "30" in "".join(step["zh"] for step in started["steps"])


def test_the_lights_come_and_an_end_in_time_is_met(office: Office) -> None:
    start = office.clock.now()
    recorded(office)
    office.move_to(start + timedelta(minutes=23))
    assert [said["kind"] for said in office.said("clock_warned")] == ["call_back"]
    ended(office)
    assert [said["outcome"] for said in office.said("clock_stopped")] == ["met"]
    office.move_to(start + timedelta(hours=1))
    assert office.said("clock_breached") == []


def test_who_is_called_back_too_late_was_called_back_late(office: Office) -> None:
    start = office.clock.now()
    recorded(office)
    office.move_to(start + timedelta(minutes=40))
    assert [said["call_id"] for said in office.said("clock_breached")] == ["l1"]
    ended(office, how="not_reached")
    assert [said["outcome"] for said in office.said("clock_stopped")] == ["late"]


def test_an_end_in_time_that_is_heard_late_takes_the_breach_back(office: Office) -> None:
    start = office.clock.now()
    recorded(office)
    office.move_to(start + timedelta(minutes=31))
    ended(office, ended_at=start + timedelta(minutes=30))
    assert [said["call_id"] for said in office.said("breach_withdrawn")] == ["l1"]
    assert clock(office).state == "met"


def test_a_call_that_owes_nothing_has_no_clock(office: Office) -> None:
    recorded(office, call_back=False)
    assert office.said() == []


def test_two_calls_have_a_clock_each(office: Office) -> None:
    recorded(office, "l1")
    recorded(office, "l2")
    ended(office, "l1")
    assert (clock(office, "l1").state, clock(office, "l2").state) == ("met", "running")
    assert office.rows("select type, why from parked") == []


# -- the rates ---------------------------------------------------------------------------------------------------------


def rung(office: Office, dice: random.Random, number: int) -> None:
    """A call by chance, answered after some seconds or not at all, told some time later."""
    now = office.clock.now()
    queued = now - timedelta(seconds=dice.randint(60, 600))
    waited = dice.choice((None, None, 0, 15, 16, 40))
    answered = None if waited is None else queued + timedelta(seconds=waited)
    direction = dice.choice(("inbound", "inbound", "inbound", "outbound"))
    outcome = "missed" if answered is None else dice.choice(("answered", "dropped"))
    restricted = dice.choice((None, None, None, now))
    told = {"queued_at": queued, "answered_at": answered, "direction": direction, "outcome": outcome}
    owed = outcome != "answered" and not restricted
    told |= {"call_back": owed, "restricted_until": restricted}
    recorded(office, f"l{number}", dice.choice(sorted(PACKS)), **told)
    if dice.random() < 0.5 and owed:
        ended(office, f"l{number}")
    office.move_to(now + timedelta(hours=dice.random() * 8))


def test_report_gauges_and_a_naive_recount_agree_on_the_calls(office: Office) -> None:
    dice = random.Random(12345)
    for number in range(60):
        rung(office, dice, number)
    assert office.rows("select type, why from parked") == []
    now = office.clock.now()
    own = [decode(body) for (body,) in office.rows("select envelope::text from outbox order by id")]
    log = Recount.of([*office.heard, *own])
    ever = log.counts(set(), EVER, now + timedelta(seconds=1), now)
    counted = {(city, kpi): pair for (city, _, _, kpi), pair in ever.items()}
    rows = office.runtime.query(PROVINCE, GetKpiReport()).rows
    assert {(r.city, r.kpi): (r.numerator, r.denominator) for r in rows} == counted
    assert {(r.unit, r.category) for r in rows} == {("", "")}
    assert {kpi for _, kpi in counted} == CALLS
    assert {kpi for (_, kpi), (n, d) in counted.items() if 0 < n < d} == CALLS
    assert gauges(office) == {
        (city, kpi, name): pair
        for name, period in months(now).items()
        for (city, _, _, kpi), pair in log.counts(set(), period.start, period.end, period.as_of).items()
    }


def gauges(office: Office) -> dict[tuple[str, str, str], tuple[int, int]]:
    registry, collector = CollectorRegistry(), KpiGauges(DatabaseRollup())
    collector.bind(office.runtime)
    registry.register(collector)
    families = {f.name: f.samples for f in text_string_to_metric_families(generate_latest(registry).decode())}
    halves = []
    for half in ("numerator", "denominator"):
        samples = families[f"huying_sla_kpi_{half}"]
        halves.append({(s.labels["city"], s.labels["kind"], s.labels["period"]): int(s.value) for s in samples})
    return {key: (halves[0][key], halves[1][key]) for key in halves[1]}


def test_fifteen_seconds_are_prompt_and_sixteen_are_not(office: Office) -> None:
    for number, waited in enumerate((15, 16)):
        queued = office.clock.now() - timedelta(minutes=2)
        told = {"queued_at": queued, "answered_at": queued + timedelta(seconds=waited), "call_back": False}
        recorded(office, f"l{number}", outcome="answered", **told)
    found = {r.kpi: (r.numerator, r.denominator) for r in office.runtime.query(PROVINCE, GetKpiReport()).rows}
    assert found == {"call_answer": (2, 2), "prompt_answer": (1, 2)}


def test_calls_of_a_number_that_is_kept_from_the_telephone_count_neither_way(office: Office) -> None:
    recorded(office, "l1")
    until = office.clock.now() + timedelta(hours=1)
    recorded(office, "l2", call_back=False, restricted_until=until)
    recorded(office, "l3", call_back=False, restricted_until=until, outcome="answered", answered_at=until)
    found = {r.kpi: (r.numerator, r.denominator) for r in office.runtime.query(PROVINCE, GetKpiReport()).rows}
    assert found == {"call_answer": (0, 1), "prompt_answer": (0, 1)}


def test_a_call_that_is_told_twice_is_counted_once(office: Office) -> None:
    recorded(office)
    recorded(office)
    assert office.rows("select count(*) from kpi_call") == [(1,)]
