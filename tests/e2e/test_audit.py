"""huying audit: what it mends by sending kept events again, what it leaves to a person, and what it says."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from chassis.audit.auditor import TRIES, Auditor
from chassis.audit.job import (
    ENDED,
    EVERY_SECONDS,
    LOOK_AGAIN_SECONDS,
    SENT_AGAIN,
    SENT_AGAIN_AFTER_SECONDS,
    VIOLATIONS,
    PeriodicAudit,
)
from chassis.audit.judging import Violation
from chassis.domain import DomainError
from chassis.events import topology
from chassis.questions import NoAnswer
from cli.audit import Asked, mended, print_json, print_report
from tests.e2e.conftest import Stage, seat
from tests.e2e.invariants import violations
from tests.e2e.test_one_case import accepted

KNOWN = topology.load()
SERVICES = tuple(KNOWN.types)


def auditor_of(stage: Stage, **changed: Any) -> Auditor:
    given = {"grace": timedelta()} | changed
    return Auditor(stage.province.runtimes["intake"].questions, KNOWN.hears, SERVICES, **given)


def deliver(stage: Stage) -> None:
    stage.province.relays.relay_all()
    stage.province.settle()


def here(stage: Stage) -> Asked:
    return Asked(stage.province.runtimes["intake"].questions, lambda: deliver(stage))


def accepted_unheard(stage: Stage) -> str:
    """A case whose acceptance counts as published, and nobody got it: what a broker does that loses its disk."""
    case = stage.province.call(seat(), "intake", "RegisterCase", _registration("reg")).case
    stage.province.call(seat(), "intake", "AcceptCase", {"name": case.name, "request_id": "accept-0001"})
    assert stage.databases.execute("intake", "update outbox set published_at = occurred_at") == 1
    stage.province.settle()
    id: str = case.name.rpartition("/")[2]
    return id


def _registration(request: str) -> dict[str, Any]:
    said = {"subject": "路面坑洼", "text": "门口的城市道路坑坑洼洼，请修补。", "item": "12", "category": "complaint"}
    caller = {"name": "林晓梅", "phone": "19900001234"}
    return {"request_id": f"{request}-0001", "city": "350100", "channel": "phone", "caller": caller, **said}


def of(found: list[Violation], invariant: str) -> list[Violation]:
    return [v for v in found if v.invariant == invariant]


def test_an_event_that_nobody_got_is_sent_again_and_has_its_effect_once(stage: Stage) -> None:
    case = accepted_unheard(stage)
    auditor = auditor_of(stage)
    report = auditor.audit()
    lost = of(report.violations, "event_without_its_effect")
    assert {v.subject for v in lost} == {case}
    assert {v.detail for v in lost} == {f"intake -> {c}, 0 of 1" for c in ("dispatch", "notify", "sla")}
    assert {v.subject for v in of(report.violations, "accepted_case_without_order")} == {case}
    repairs = mended(
        auditor, report, Asked(stage.province.runtimes["intake"].questions, lambda: deliver(stage)), SERVICES
    )
    assert sum(repair.events for repair in repairs) == 1
    assert report.clean
    assert violations(stage.databases) == []
    (order,) = stage.databases.rows("dispatch", "select state from work_order where case_id = :case", case=case)
    assert order[0] == "dispatched"


def test_an_event_that_was_heard_and_came_to_nothing_is_heard_again(stage: Stage) -> None:
    case = accepted_unheard(stage)
    for consumer in ("dispatch", "sla", "notify"):
        stage.databases.execute(
            consumer, "insert into inbox (publisher, subject, last) values ('intake', :case, 1)", case=case
        )
    auditor = auditor_of(stage)
    report = auditor.audit()
    assert {v.invariant for v in report.violations} == {"accepted_case_without_order", "accepted_case_without_clock"}
    mended(auditor, report, here(stage), SERVICES)
    assert report.clean
    assert violations(stage.databases) == []


def test_what_would_be_done_twice_is_left_to_a_person(stage: Stage) -> None:
    case = accepted(stage).name.rpartition("/")[2]
    stage.databases.execute("dispatch", "delete from work_order where case_id = :case", case=case)
    auditor = auditor_of(stage)
    report = auditor.audit()
    (found,) = of(report.violations, "accepted_case_without_order")
    assert (found.subject, found.lacks) == (case, ())
    assert list(auditor.repair([found])) == []


def test_an_event_that_is_no_longer_kept_is_not_mended_and_stays_named(stage: Stage) -> None:
    case = accepted_unheard(stage)
    stage.databases.execute("intake", "delete from outbox where subject = :case", case=case)
    auditor = auditor_of(stage)
    report = auditor.audit()
    repairs = mended(auditor, report, Asked(stage.province.runtimes["intake"].questions), SERVICES)
    assert repairs == []
    assert {v.subject for v in report.violations} == {case}


def test_what_is_younger_than_the_grace_is_still_on_its_way(stage: Stage) -> None:
    accepted_unheard(stage)
    patient = auditor_of(stage, grace=timedelta(seconds=30))
    assert patient.audit().clean
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=31))
    assert not patient.audit().clean


def test_what_was_published_just_now_is_on_its_way_however_long_it_waited_for_its_turn(stage: Stage) -> None:
    accepted_unheard(stage)
    stage.clock.move_to(stage.clock.now() + timedelta(minutes=5))
    stage.databases.execute("intake", "update outbox set bulk = true, published_at = :now", now=stage.clock.now())
    patient = auditor_of(stage, grace=timedelta(seconds=30))
    assert patient.audit().clean
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=31))
    assert not patient.audit().clean


def test_a_service_that_does_not_answer_leaves_nothing_judged(stage: Stage) -> None:
    class Deaf:
        asked = 0

        def ask(self, principal: Any, service: str, question: str, **values: Any) -> Any:
            if service == "sla":
                self.asked += 1
                raise NoAnswer(service=service)
            return stage.province.runtimes["intake"].questions.ask(principal, service, question, **values)

    accepted(stage)
    deaf = Deaf()
    with pytest.raises(DomainError, match="sla did not answer"):
        Auditor(deaf, KNOWN.hears, SERVICES).audit()
    assert deaf.asked == TRIES


def test_only_what_has_news_is_judged_when_asked_so(stage: Stage) -> None:
    from chassis.clock import WallClock

    for number in range(3):
        accepted(stage, caller={"name": "周立", "phone": f"1990000567{number}"})
    auditor = auditor_of(stage, batch=2)
    everything, now = auditor.audit().judged, WallClock().now()
    assert everything >= 3
    assert auditor.audit(since=now - timedelta(hours=1)).judged == everything
    assert auditor.audit(since=now + timedelta(hours=1)).judged == 0
    case = stage.databases.rows("intake", "select min(id) from case_file")[0][0]
    assert auditor.audit(since=now + timedelta(hours=1), also=[case]).judged == 1


class Seconds:
    """The machine's clock, which the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    clock = Seconds()
    monkeypatch.setattr("chassis.audit.job.monotonic", clock)
    return clock


def look(periodic: PeriodicAudit, stage: Stage, seconds: Seconds, *, after: float) -> int:
    """How many events the next audit sends again."""
    seconds.now += after
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=after))
    before = SENT_AGAIN._value.get()
    while periodic.run(stage.province.runtimes["intake"]):
        pass
    return int(SENT_AGAIN._value.get() - before)


def test_by_itself_it_tells_a_metric_and_mends_what_two_looks_have_found(stage: Stage, seconds: Seconds) -> None:
    case = accepted_unheard(stage)
    periodic = PeriodicAudit()
    assert look(periodic, stage, seconds, after=120) == 0
    assert told("event_without_its_effect") == 3
    assert look(periodic, stage, seconds, after=LOOK_AGAIN_SECONDS) == 1
    deliver(stage)
    look(periodic, stage, seconds, after=LOOK_AGAIN_SECONDS)
    assert told("event_without_its_effect") == 0
    assert stage.databases.rows("dispatch", "select case_id from work_order")[0][0] == case


def test_what_it_sent_again_and_is_still_on_its_way_gets_no_copy_at_every_look(stage: Stage, seconds: Seconds) -> None:
    accepted_unheard(stage)
    periodic = PeriodicAudit()
    looks = [look(periodic, stage, seconds, after=EVERY_SECONDS) for _ in range(3)]
    stage.databases.execute("intake", "update outbox set published_at = occurred_at")  # the copy is lost as well
    looks += [look(periodic, stage, seconds, after=EVERY_SECONDS) for _ in range(3)]
    assert looks == [0, 1, 0, 0, 0, 1]
    assert 3 * EVERY_SECONDS < SENT_AGAIN_AFTER_SECONDS < 4 * EVERY_SECONDS


def test_what_waits_for_a_person_is_looked_at_no_oftener_than_everything(stage: Stage, seconds: Seconds) -> None:
    case = accepted_unheard(stage)
    stage.databases.execute("intake", "delete from outbox where subject = :case", case=case)
    periodic = PeriodicAudit()
    judged: list[float] = []
    for _ in range(100):
        before = ENDED._value.get()
        look(periodic, stage, seconds, after=10)
        if ENDED._value.get() != before:
            judged.append(seconds.now)
    assert len(judged) > 3
    assert min(later - earlier for earlier, later in pairwise(judged)) >= EVERY_SECONDS


def test_an_audit_that_broke_off_is_made_up_for_by_the_next(
    stage: Stage, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        def ask(self, *_given: Any, **_values: Any) -> Any:
            raise NoAnswer(service="sla")

    monkeypatch.setattr("chassis.audit.job.OVERLAP", timedelta())
    periodic, runtime = PeriodicAudit(), stage.province.runtimes["intake"]
    accepted_unheard(stage)
    with monkeypatch.context() as broken:
        broken.setattr(runtime, "questions", Deaf())
        with pytest.raises(NoAnswer):
            look(periodic, stage, seconds, after=120)
    VIOLATIONS.labels("event_without_its_effect").set(0)
    look(periodic, stage, seconds, after=1)
    assert told("event_without_its_effect") == 0  # who did not answer has a moment's rest
    look(periodic, stage, seconds, after=LOOK_AGAIN_SECONDS)
    assert told("event_without_its_effect") == 3


def told(invariant: str) -> float:
    return float(VIOLATIONS.labels(invariant)._value.get())


def test_its_report_is_json_for_scripts(
    capsys: pytest.CaptureFixture[str], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUYING_LANG", "en")
    case = accepted_unheard(stage)
    report = auditor_of(stage).audit()
    print_json(report, [])
    said = json.loads(capsys.readouterr().out)
    assert (said["clean"], said["found"]["event_without_its_effect"]) == (False, 3)
    assert {v["subject"] for v in said["violations"]} == {case}
    assert said["counts"]["intake"] == {"unpublished": 0, "parked": 0, "dead": 0, "undecodable": 0}
    print_report(report, [])
    assert f"{report.judged} cases and others judged, 5 violations" in capsys.readouterr().out
