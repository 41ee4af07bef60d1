"""The report, the gauges on /metrics and a recount by hand of the event log say the same."""

import urllib.request
from collections import defaultdict
from datetime import timedelta

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from chassis.access import Principal, Role
from chassis.telemetry.http import HttpServer
from services.sla.application.reporting import months
from tests.e2e.acts import Life, local, registered
from tests.e2e.conftest import Stage, citizen, seat
from tests.e2e.recount import Log, families, log_of, recount


def lived(stage: Stage) -> None:
    """Cases that count in every rate, each in its own way."""
    Life.begun(stage).completed().rate("satisfied")
    shuangyashan = Life.begun(stage, "230500", item="", category="consultation").completed()
    shuangyashan.rate("dissatisfied")
    shuangyashan.office("VerifyRating", finding="unreasonable", evidence="通话录音")
    Life.begun(stage).completed(handled_as="mediation").rate("dissatisfied")
    redone = Life.begun(stage).completed()
    redone.rate("very_dissatisfied")
    redone.office("VerifyRating", finding="unit_at_fault", evidence="现场照片")
    redone.completed().rate("satisfied")
    returned = Life.begun(stage)
    returned.unit("RequestReturn", kind="not_ours", reason="不属于本单位", basis="移交台账")
    returned.office("AgreeReturn", name=returned.lead.name)
    found_later = Life.begun(stage)
    found_later.sign()
    found_later.contact()
    opinion = {"basis": "移交台账", "suggested_unit": "350100-transport"}
    found_later.unit("RequestReturn", kind="not_ours", reason="不属于本单位", **opinion)
    found_later.office("AgreeReturn", name=found_later.lead.name)
    begun = Life.begun(stage)
    begun.sign()
    stage.call(citizen(begun.citizen), "intake", "WithdrawCase", name=begun.name)
    gone = Life.begun(stage)
    stage.call(citizen(gone.citizen), "intake", "WithdrawCase", name=gone.name)
    waiting = Life.begun(stage, "610926", item="")
    waiting.sign()
    waiting.unit("RequestExtension", working_days=waiting.clock("finish").limit_amount, reason="需要评估")
    denied = Life.begun(stage).completed()
    stage.call(seat(), "intake", "RecordRevisit", name=denied.name, reached=True, contacted=False, solved=False)
    asked_little = Life.begun(stage).completed()
    stage.call(seat(), "intake", "RecordRevisit", name=asked_little.name, reached=True, satisfied=True)
    disputed = Life.begun(stage, "230500", item="")
    disputed.sign()
    disputed.office("OpenDispute", ground="overlap")
    dangerous = Life.begun(stage)
    dangerous.office("OpenDispute", ground="overlap", hazard=True)
    overdue = Life.begun(stage, "230500", item="", category="consultation")
    overdue.sign()
    Life.begun(stage)  # nobody ever touches it
    stormy, led_anew = Life.begun(stage), Life.begun(stage)
    late = Life.begun(stage, item="", category="consultation")
    answered = registered(stage, category="consultation", subject="请问", text="请问怎么办理居住证？")
    stage.call(seat(), "intake", "AnswerCase", name=answered.name, answer="可在手机上办理。")
    refused = registered(stage, subject="判决不公", text="法院已经判决，我不服。")
    stage.call(seat(), "intake", "RefuseCase", name=refused.name, ground="litigation")
    for waited in (3, 15, 16, None):
        called(stage, waited)
    stage.wait(days=12)
    overdue.office("OpenDispute", ground="shirking")
    late.completed()
    storm = {"clocks": ["sign", "finish", "citizen"], "reason": "台风", "evidence": "气象局红色预警"}
    stormy.office("RecordForceMajeure", **storm)
    led_anew.office("ChangeLead", lead="350100-health", reason="主要职责在他处")


def test_report_and_gauges_say_what_the_event_log_says(shared_stage: Stage) -> None:
    province = shared_stage
    lived(province)
    log, now = Log.of(log_of(province.databases)), province.clock.now()
    ever = local("2000-01-01")
    everything = families(recount(log, ever, now + timedelta(seconds=1), now))
    of_a_city = {"case_on_time", "instant_answer", "refused", *CALLS}
    assert {kpi for *_, kpi in everything} == {*PER_UNIT, *of_a_city, "supervision_reply"}
    rows = province.call(everywhere(), "sla", "GetKpiReport").rows
    report = {(r.city, r.unit, r.category, r.kpi): (r.numerator, r.denominator) for r in rows}
    # A call has neither unit nor category: it is in the city's own row.
    shown = {key: pair for key, pair in report.items() if key[1] or key[2] or key[3] in CALLS}
    assert shown == everything
    assert [report["350100", "", "", kpi] for kpi in CALLS] == [(3, 4), (2, 4)]
    gauges = gauges_of(province)
    for name, period in months(now).items():
        assert gauges.get(name, {}) == families(recount(log, period.start, period.end, period.as_of)), name


def test_a_case_of_mediation_or_enforcement_is_shown_apart_from_the_satisfaction_rate(stage: Stage) -> None:
    for law in ("mediation", "enforcement", ""):
        Life.begun(stage).completed(handled_as=law).rate("satisfied")
    stage.wait(days=30)  # an opinion counts for the day on which its order was due
    rows = stage.call(everywhere(), "sla", "GetKpiReport").rows
    whole = {row.kpi: (row.numerator, row.denominator) for row in rows if not row.unit and not row.category}
    assert (whole["satisfaction_apart"], whole["satisfaction"]) == ((2, 2), (1, 1))


PLACES = {"huying_sla_kpi_numerator": 0, "huying_sla_kpi_denominator": 1}
PER_UNIT = (
    "on_time_sign",
    "response",
    "on_time",
    "completion",
    "solution",
    "satisfaction",
    "satisfaction_apart",
    "revisit_satisfaction",
)


CALLS = ("call_answer", "prompt_answer")


def called(stage: Stage, waited: int | None) -> None:
    """A call that was answered after so many seconds, or by nobody."""
    portal = Principal("telephones", frozenset({Role.PORTAL}), frozenset({"350100"}))
    now = stage.clock.now()
    answer = {} if waited is None else {"answer_time": now + timedelta(seconds=waited), "seat": "A07"}
    told = {"queue_time": now, "end_time": now + timedelta(minutes=1), "phone": "19900003456", **answer}
    stage.wait(minutes=2)
    told |= {"call_id": f"170.{waited}", "line": "12345", "direction": "inbound"}
    told["outcome"] = "missed" if waited is None else "answered"
    stage.call(portal, "intake", "RecordCall", city="350100", **told)


def everywhere() -> Principal:
    return Principal("province", frozenset({Role.PROVINCE}), frozenset({"*"}))


def gauges_of(stage: Stage) -> dict[str, dict[tuple[str, str, str, str], tuple[int, int]]]:
    """/metrics, by period; this province's gauges take the place of those that a later one has registered."""
    binding = next(job for job in stage.province.runtimes["sla"].service.jobs if job.name == "bind_gauges")
    binding.run.__self__.register()  # type: ignore[attr-defined]
    server = HttpServer("127.0.0.1", 0, REGISTRY, live={}, ready={})
    server.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as page:
        text = page.read().decode()
    server.stop()
    found: dict[str, dict[tuple[str, str, str, str], list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for family in text_string_to_metric_families(text):
        if family.name not in PLACES:
            continue
        for sample in family.samples:
            labels = sample.labels
            key = (labels["city"], labels.get("unit", ""), labels.get("category", ""), labels["kind"])
            found[labels["period"]][key][PLACES[family.name]] = int(sample.value)
    return {p: {k: (n, d) for k, (n, d) in cells.items()} for p, cells in found.items()}
