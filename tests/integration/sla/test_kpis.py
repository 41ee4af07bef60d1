"""The report, the gauges and a naive recount of the event log say the same numbers."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from chassis.access import Principal, Role
from chassis.database import create_engine
from chassis.events.envelope import decode
from services.sla.adapters.gauges import KpiGauges
from services.sla.adapters.rollup import DatabaseRollup
from services.sla.application.messages import GetKpiReport
from services.sla.application.reporting import months
from services.sla.application.views import KpiReport
from tests.integration.sla.conftest import PACKS, Office
from tests.integration.sla.recount import Counts, Recount

PROVINCE = Principal("p", frozenset({Role.PROVINCE}), frozenset({"*"}))
EVER = datetime(2000, 1, 1, tzinfo=UTC)
CITIES = tuple(PACKS)


def lived(office: Office, dice: random.Random, number: int) -> None:
    """One case with a life drawn by lot: in time or late, returned, extended, sent back, rated, visited."""
    case, city = f"c{number}", dice.choice(CITIES)
    category = dice.choice(["complaint", "consultation", "help", "suggestion"])
    unit = partial(_unit, office, case, city, f"u{dice.randrange(3)}")
    if dice.random() < 0.2:
        outcome = dice.choice(["answered", "refused"])
        office.hears(f"intake.case_{outcome}", case, city, category=category, **{f"{outcome}_at": office.clock.now()})
        return
    office.accepted(case, city, category)
    _pass(office, dice, 8)
    assigned = {"assignment_id": f"{case}-a1", "unit": unit.args[3], "role": "lead"}
    office.dispatched(case, city, category, assignments=[assigned])
    _pass(office, dice, 30)
    signed_first = dice.random() < 0.5
    if signed_first:
        unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
        _pass(office, dice, 10)
    if dice.random() < 0.1:
        office.hears("intake.case_withdrawn", case, city, withdrawn_at=office.clock.now())
        unit("assignment_released", "released_at", why="withdrawn")
        return
    if dice.random() < 0.2:
        unit("return_requested", "requested_at", kind="not_ours", occurrence=1)
        _pass(office, dice, 10)
        if dice.random() < 0.5:
            late = dice.random() < 0.5
            unit("return_agreed", "agreed_at", kind="not_ours", occurrence=1, late=late, role="lead")
            return
        unit("return_refused", "refused_at", occurrence=1)
    if not signed_first:
        unit("assignment_signed", "signed_at", role="lead", citizen_reachable=True)
    if dice.random() < 0.8:
        _pass(office, dice, 20)
        unit("citizen_contacted", "contacted_at")
    if dice.random() < 0.4:
        _changed(office, dice, case, city, category, assigned)
        _pass(office, dice, 20)
    if dice.random() < 0.3 and category != "consultation":
        unit("extension_filed", "filed_at", extension_id=f"{case}-e", how="approval", working_days=3)
        _pass(office, dice, 20)
        unit(*dice.choice([("extension_granted", "granted_at"), ("extension_refused", "refused_at")]),
             extension_id=f"{case}-e", working_days=3)  # fmt: skip
    _pass(office, dice, 200)
    unit("reply_submitted", "submitted_at", round=1, occurrence=1)
    if dice.random() < 0.2:
        return  # still under review
    replied = office.clock.now()
    _pass(office, dice, 20)
    unit("work_order_completed", "completed_at", round=1, replied_at=replied, answered_at=replied,
         handled_as=dice.choice(["", "", "mediation", "enforcement"]))  # fmt: skip
    office.hears("intake.case_replied", case, city, round=1, replied_at=office.clock.now())
    _opinion(office, dice, case, city)


def _changed(
    office: Office, dice: random.Random, case: str, city: str, category: str, assigned: dict[str, str]
) -> None:
    """Limited from above, or corrected: told by intake and a little later by dispatch."""
    now = office.clock.now()
    if dice.random() < 0.3:
        due = now + timedelta(hours=dice.randrange(1, 300))
        office.hears("intake.case_limit_set", case, city, ground="leader", due_at=due, set_at=now)
        return
    new = dice.choice(["complaint", "consultation", "help", "suggestion"])
    said = {"category": new, "old_category": category, "corrected_at": now}
    accepted_at = office.clocks(case)["dispatch"].started_at
    office.hears("intake.case_corrected", case, city, **said, accepted_at=accepted_at)
    _pass(office, dice, 1)
    order = {"work_order_id": f"{case}-w", "round": 1, "assignments": [assigned]}
    office.hears("dispatch.work_order_corrected", case, city, **order, **said)


def _opinion(office: Office, dice: random.Random, case: str, city: str) -> None:
    said = {"work_order_id": f"{case}-w", "round": 1}
    if dice.random() < 0.6:
        score = dice.choice(["good", "bad", ""])
        office.hears("intake.case_rated", case, city, **said, rated_at=office.clock.now(),
                     solved=dice.choice([True, True, False, None]),
                     handling_score=score, handling_satisfied=score == "good")  # fmt: skip
        if score == "bad" and dice.random() < 0.5:
            office.hears("dispatch.rating_verified", case, city, **said, finding="unreasonable",
                         verified_at=office.clock.now())  # fmt: skip
    if dice.random() < 0.4:
        office.hears("intake.revisit_recorded", case, city, **said, recorded_at=office.clock.now(),
                     reached=dice.random() < 0.8, contacted=dice.choice([True, False, None]),
                     solved=dice.choice([True, False, None]),
                     satisfied=dice.choice([True, False, None]))  # fmt: skip


def _unit(office: Office, case: str, city: str, name: str, type: str, instant: str, **more: object) -> None:
    office.unit(type, instant, case, city, unit=name, **more)


def _pass(office: Office, dice: random.Random, hours: int) -> None:
    office.move_to(office.clock.now() + timedelta(hours=dice.random() * hours))


def reported(office: Office) -> KpiReport:
    found: KpiReport = office.runtime.query(PROVINCE, GetKpiReport())
    return found


def recounted(office: Office) -> Counts:
    own = [decode(body) for (body,) in office.rows("select envelope::text from outbox order by id")]
    held = {id for (id,) in office.rows("select id from clock where body->>'state' = 'held'")}
    now = office.clock.now()
    return Recount.of([*office.heard, *own]).counts(held, EVER, now + timedelta(seconds=1), now)


def by_family(counts: Counts) -> tuple[dict[tuple[str, str, str], list[int]], dict[tuple[str, str, str], list[int]]]:
    by_category: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    by_unit: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (city, unit, category, kpi), (n, d) in counts.items():
        for table, name in ((by_category, category), (by_unit, unit)):
            if name:
                table[city, name, kpi][0] += n
                table[city, name, kpi][1] += d
    return dict(by_category), dict(by_unit)


def test_the_report_equals_a_naive_recount_of_the_log(office: Office) -> None:
    dice = random.Random(12345)
    for number in range(40):
        lived(office, dice, number)
    office.move_to(office.clock.now() + timedelta(days=10))
    assert office.rows("select type, why from parked") == []
    rows = reported(office).rows
    by_category, by_unit = by_family(recounted(office))
    assert {(r.city, r.category, r.kpi): [r.numerator, r.denominator] for r in rows if r.category} == by_category
    assert {(r.city, r.unit, r.kpi): [r.numerator, r.denominator] for r in rows if r.unit} == by_unit
    assert {r.kpi for r in rows} >= {"on_time_sign", "response", "on_time", "case_on_time", "completion", "solution"}
    assert any(0 < r.numerator < r.denominator for r in rows if r.kpi == "on_time")


def test_the_gauges_show_the_cells_of_the_report(office: Office) -> None:
    dice = random.Random(99)
    for number in range(8):
        lived(office, dice, number)
    registry, gauges = CollectorRegistry(), KpiGauges(DatabaseRollup())
    gauges.bind(office.runtime)
    registry.register(gauges)
    families = {f.name: f.samples for f in text_string_to_metric_families(generate_latest(registry).decode())}
    shown = {(*sorted(s.labels.items()),): s.value for s in families["huying_sla_kpi_denominator"]}
    expected = {}
    with office.runtime.reading() as read:
        for name, period in months(read.now).items():
            for cell in DatabaseRollup().cells(read, period):
                family = ("category", cell.category) if cell.category is not None else ("unit", cell.unit)
                labels = sorted([("city", cell.city), ("kind", cell.kpi), ("period", name), family])
                expected[(*labels,)] = cell.denominator
    assert shown == expected
    assert shown
    assert families["huying_sla_kpi_as_of_seconds"][0].value == office.clock.now().timestamp()


def test_a_report_of_the_past_counts_only_what_was_due_then(office: Office) -> None:
    office.accepted()
    office.dispatched()
    office.move_to(office.clock.now() + timedelta(days=3))
    kpis = {r.kpi for r in reported(office).rows}
    assert "on_time_sign" in kpis
    assert "on_time" not in kpis, "ten working days are not over"


def test_a_repeat_that_is_only_explained_stays_outside_satisfaction(office: Office) -> None:
    city = "610926"
    for case, explain_only in (("c1", True), ("c2", False)):
        office.accepted(case, city)
        office.dispatched(case, city, explain_only=explain_only)
        done = {"replied_at": office.clock.now(), "answered_at": office.clock.now()}
        office.unit("work_order_completed", "completed_at", case, city, round=1, **done)
        office.hears("intake.case_rated", case, city, work_order_id=f"{case}-w", round=1, rated_at=office.clock.now(),
                     solved=False, handling_score="bad", handling_satisfied=False)  # fmt: skip
    office.move_to(office.clock.now() + timedelta(days=20))
    (rated,) = [r for r in reported(office).rows if r.kpi == "satisfaction" and r.category]
    assert (rated.numerator, rated.denominator) == (0, 1), "P18 art. 8(5)"


def test_a_late_return_does_not_take_away_a_missed_sign_off(office: Office) -> None:
    city = "230500"
    for case in ("c1", "c2"):
        office.accepted(case, city)
        office.dispatched(case, city)
    office.move_to(office.clock.now() + timedelta(days=3))
    for case, late in (("c1", True), ("c2", False)):
        office.unit("return_requested", "requested_at", case, city, kind="not_ours", occurrence=1, late=late)
        office.unit("return_agreed", "agreed_at", case, city, kind="not_ours", occurrence=1, late=late, role="lead")
    office.move_to(office.clock.now() + timedelta(days=40))
    (signed,) = [r for r in reported(office).rows if r.kpi == "on_time_sign" and r.category]
    assert (signed.numerator, signed.denominator) == (0, 1)


def test_what_was_kept_before_an_order_left_the_unit_is_in_no_rate(office: Office) -> None:
    city = "230500"
    leaves = {
        "c1": ("return_agreed", "agreed_at", {"kind": "not_ours", "occurrence": 1, "late": False, "role": "lead"}),
        "c2": ("assignment_released", "released_at", {"why": "withdrawn"}),
        "c3": ("assignment_released", "released_at", {"why": "recalled"}),
        "c4": ("assignment_released", "released_at", {"why": "ended"}),
        "c5": ("return_agreed", "agreed_at", {"kind": "not_ours", "occurrence": 1, "late": True, "role": "lead"}),
    }
    for case, (type, instant, said) in leaves.items():
        office.accepted(case, city)
        office.dispatched(case, city)
        office.unit("assignment_signed", "signed_at", case, city, role="lead", citizen_reachable=True)
        office.unit("citizen_contacted", "contacted_at", case, city)
        office.unit(type, instant, case, city, **said)
    office.move_to(office.clock.now() + timedelta(days=40))
    found = {r.kpi: (r.numerator, r.denominator) for r in reported(office).rows if r.unit}
    assert found == {"on_time_sign": (1, 1), "response": (1, 1), "on_time": (0, 1), "completion": (0, 1)}


def test_a_question_that_nobody_asked_is_no_answer(office: Office) -> None:
    city = "230500"
    office.accepted(city=city)
    office.dispatched(city=city)
    office.unit("assignment_signed", "signed_at", city=city, role="lead", citizen_reachable=True)
    office.unit("citizen_contacted", "contacted_at", city=city)
    done = {"replied_at": office.clock.now(), "answered_at": office.clock.now()}
    office.unit("work_order_completed", "completed_at", city=city, round=1, **done)
    said = {"work_order_id": "c1-w", "round": 1, "city": city}
    office.hears("intake.case_rated", **said, rated_at=office.clock.now(), solved=True)
    office.hears("intake.revisit_recorded", **said, recorded_at=office.clock.now(), reached=True, satisfied=True)
    office.move_to(office.clock.now() + timedelta(days=40))
    found = {r.kpi: (r.numerator, r.denominator) for r in reported(office).rows if r.unit}
    assert (found["response"], found["solution"]) == ((1, 1), (1, 1))
    assert "satisfaction" not in found, "nobody scored"


def test_a_scrape_goes_on_without_the_rates_while_the_database_is_away(office: Office) -> None:
    nowhere = create_engine("postgresql+psycopg:///nowhere?host=/nonexistent", pool_size=1)
    registry, gauges = CollectorRegistry(), KpiGauges(DatabaseRollup())
    Counter("other_things", "Of the same process.", registry=registry).inc()
    gauges.bind(replace(office.runtime, engine=nowhere))
    registry.register(gauges)
    assert "other_things_total 1.0" in generate_latest(registry).decode()
