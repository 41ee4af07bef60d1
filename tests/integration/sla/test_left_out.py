"""What is left out by chance of many lives: the report, the gauges and a naive recount say the same of it."""

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from chassis.domain import DomainError
from chassis.events.envelope import decode
from services.sla.adapters.gauges import KpiGauges
from services.sla.adapters.rollup import DatabaseRollup
from services.sla.application.messages import GetKpiReport
from services.sla.application.reporting import months
from tests.integration.sla.conftest import Office
from tests.integration.sla.recount import Key, Recount
from tests.integration.sla.test_appeals import SUPERVISOR, does
from tests.integration.sla.test_kpis import EVER, PROVINCE, by_family, lived


def contested_by_chance(office: Office, dice: random.Random) -> None:
    """Tries to exclude what the log tells of breaches, ratings and answers; lifts some of it again."""
    for clock in list(office.said("clock_breached")):
        this = {"case": f"cities/{clock['city']}/cases/{clock['case_id']}", "clock": clock["kind"]}
        this |= {"unit": clock["unit"], "due_time": datetime.fromisoformat(clock["due_at"])}
        try_out(office, dice, kind="breach", **this)
        try_out(office, dice, kind="late_return", **{k: v for k, v in this.items() if k != "clock"})
    for e in office.heard:
        if e.type in ("intake.case_rated.v1", "intake.revisit_recorded.v1"):
            for kind in ("rating", "unsolved", "revisit"):
                try_out(office, dice, kind=kind, case=f"cities/{e.city}/cases/{e.subject}")


def try_out(office: Office, dice: random.Random, **this: Any) -> None:
    reason = dice.choice(["data_wrong", "not_the_units", "unreasonable"])
    try:
        one = does(office, SUPERVISOR, "ExcludeFact", reason=reason, basis="核实记录", **this)
    except DomainError:
        return
    office.move_to(office.clock.now() + timedelta(minutes=dice.randrange(1, 60)))
    if dice.random() < 0.3:
        does(office, SUPERVISOR, "LiftExclusion", name=one.name, reason="恢复")


def test_report_gauges_and_a_naive_recount_leave_out_the_same(office: Office) -> None:
    dice = random.Random(4711)
    for number in range(25):
        lived(office, dice, number)
    office.move_to(office.clock.now() + timedelta(days=10))
    since = office.clock.now()
    contested_by_chance(office, dice)
    own = [decode(body) for (body,) in office.rows("select envelope::text from outbox order by id")]
    log = Recount.of([*office.heard, *own])
    held = {id for (id,) in office.rows("select id from clock where body->>'state' = 'held'")}
    now = office.clock.now()
    for as_of in (now, since + (now - since) / 2):
        report = office.runtime.query(PROVINCE, GetKpiReport(as_of_time=as_of)).rows
        by_category, by_unit = by_family(log.counts(held, EVER, as_of + timedelta(seconds=1), as_of))
        assert {(r.city, r.category, r.kpi): [r.numerator, r.denominator] for r in report if r.category} == by_category
        assert {(r.city, r.unit, r.kpi): [r.numerator, r.denominator] for r in report if r.unit} == by_unit
        left_out = {(r.city, r.unit, r.kpi): dict(r.exclusions) for r in report if r.unit and r.excluded}
        assert left_out == by_unit_and_reason(log.left_out)
        assert left_out
        assert all(r.excluded == sum(r.exclusions.values()) for r in report)
    assert_gauges_say(office)


def by_unit_and_reason(left_out: dict[Key, dict[str, int]]) -> dict[tuple[str, str, str], dict[str, int]]:
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for (city, unit, _, kpi), reasons in left_out.items():
        if unit:
            found[city, unit, kpi].update(reasons)
    return {place: dict(reasons) for place, reasons in found.items()}


def assert_gauges_say(office: Office) -> None:
    registry, gauges = CollectorRegistry(), KpiGauges(DatabaseRollup())
    gauges.bind(office.runtime)
    registry.register(gauges)
    families = {f.name: f.samples for f in text_string_to_metric_families(generate_latest(registry).decode())}
    shown = {(*sorted(s.labels.items()),): s.value for s in families["huying_sla_kpi_excluded"]}
    expected = {}
    with office.runtime.reading() as read:
        for name, period in months(read.now).items():
            for cell in DatabaseRollup().cells(read, period):
                family = ("category", cell.category) if cell.category is not None else ("unit", cell.unit)
                labels = sorted([("city", cell.city), ("kind", cell.kpi), ("period", name), family])
                expected[(*labels,)] = sum(cell.excluded.values())
    assert shown == expected
    assert any(shown.values())
