"""ListClocks and explain_deadline for what belongs to no order: call-backs, uploads, corrections."""

from typing import Any

import pytest

from chassis.access import Principal, Role
from chassis.domain import BadFields
from services.sla.application.messages import ListClocks
from services.sla.application.views import ClockView
from tests.integration.sla.conftest import Office, at
from tests.integration.sla.test_calls import recorded

CITY = "230500"
AGENT = Principal("a", frozenset({Role.AGENT}), frozenset({"*"}))


def unit(name: str) -> Principal:
    return Principal(f"u:{name}", frozenset({Role.UNIT}), frozenset({CITY}), unit=name)


def asked(office: Office, who: Principal = AGENT, **named: str) -> list[ClockView]:
    return list(office.runtime.query(who, ListClocks.of(named)).clocks)


def answered(office: Office, **named: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.runtime.answer(AGENT, "explain_deadline", {"city": CITY, **named})
    return found


def questioned(office: Office, article: str = "a1", by: str = "u1") -> None:
    now = office.clock.now()
    office.hears("knowledge.article_questioned", article_id=article, unit=by, question_id="q", questioned_at=now,
                 city=CITY)  # fmt: skip


def test_a_call_back_is_listed_and_explained_with_its_article(office: Office) -> None:
    recorded(office, city=CITY)
    (clock,) = asked(office, subject=f"cities/{CITY}/calls/l1")
    assert (clock.kind, clock.zh, clock.en) == ("call_back", "未接来电回拨", "call-back")
    assert clock.subject == f"cities/{CITY}/calls/l1"
    assert (clock.rule, clock.article) == ("platform-default", "decisions: daily matters, calls")
    assert "30 分钟" in clock.steps[1].zh
    assert "30 minutes" in clock.steps[1].en
    (same,) = answered(office, call_id="l1")
    assert (same["subject"], same["due_time"]) == (clock.subject, clock.due_time.isoformat().replace("+00:00", "Z"))


def test_an_upload_is_listed_by_its_policy_also_for_its_unit_alone(office: Office) -> None:
    policy = {"policy_id": "p1", "unit": "u1", "city": CITY, "title": "新规"}
    now = office.clock.now()
    office.hears("knowledge.policy_registered", effective_at=now, registered_at=now, **policy)
    name = f"cities/{CITY}/policies/p1"
    (clock,) = asked(office, subject=name)
    assert (clock.kind, clock.rule, clock.article, clock.subject) == ("knowledge_upload", "S24-36", "25", name)
    assert "时限 5 个工作日（S24-36，第 25 条）" in [step.zh for step in clock.steps]
    assert asked(office, unit("u1"), subject=name) == [clock]
    assert asked(office, unit("u2"), subject=name) == []
    assert [one["kind"] for one in answered(office, policy_id="p1")] == ["knowledge_upload"]


def test_a_doubted_article_has_a_clock_until_it_is_corrected(office: Office) -> None:
    questioned(office)
    name = f"cities/{CITY}/articles/a1"
    (clock,) = asked(office, unit("u1"), subject=name)
    assert (clock.kind, clock.state, clock.subject) == ("knowledge_correction", "running", name)
    assert clock.due_time == at("09-29 17:30"), "Mid-Autumn does not count"
    assert office.said("clock_started")[0]["article_id"] == "a1"
    office.move_to(at("09-23 10:00"))
    now = office.clock.now()
    office.hears("knowledge.article_approved", article_id="a1", policy_id="", unit="u1", approved_at=now, city=CITY)
    assert [one.state for one in asked(office, subject=name)] == ["met"]
    assert [one["kind"] for one in answered(office, article_id="a1")] == ["knowledge_correction"]


def test_a_doubted_article_that_is_taken_out_late_was_late(office: Office) -> None:
    questioned(office)
    office.move_to(at("09-30 10:00"))
    now = office.clock.now()
    office.hears("knowledge.article_expired", article_id="a1", unit="u1", how="retired", expired_at=now, city=CITY)
    assert [one.state for one in asked(office, subject=f"cities/{CITY}/articles/a1")] == ["late"]


def test_a_correction_that_explains_a_policy_ends_both_duties(office: Office) -> None:
    now = office.clock.now()
    policy = {"policy_id": "p1", "unit": "u1", "city": CITY}
    office.hears("knowledge.policy_registered", effective_at=now, registered_at=now, title="新规", **policy)
    questioned(office)
    office.hears("knowledge.article_approved", article_id="a1", approved_at=now, **policy)
    ended = [*asked(office, subject=f"cities/{CITY}/policies/p1"), *asked(office, subject=f"cities/{CITY}/articles/a1")]
    assert [(one.kind, one.state) for one in ended] == [("knowledge_upload", "met"), ("knowledge_correction", "met")]


def test_an_approval_of_what_nobody_doubted_waits_for_no_doubt(office: Office) -> None:
    now = office.clock.now()
    policy = {"policy_id": "p1", "unit": "u1", "city": CITY}
    office.hears("knowledge.policy_registered", effective_at=now, registered_at=now, title="新规", **policy)
    office.hears("knowledge.article_approved", article_id="a1", approved_at=now, **policy)
    assert office.rows("select why from parked") == []


def test_what_a_clock_of_a_case_watches_is_named(office: Office) -> None:
    office.accepted(city=CITY)
    office.dispatched(city=CITY)
    office.unit("extension_filed", "filed_at", city=CITY, extension_id="e1", how="approval", working_days=3)
    order = f"cities/{CITY}/workOrders/c1-w"
    seen = {clock.kind: clock.subject for clock in asked(office, case=f"cities/{CITY}/cases/c1")}
    assert (seen["citizen"], seen["finish"]) == (f"cities/{CITY}/cases/c1", order)
    assert (seen["sign"], seen["extension_decision"]) == (f"{order}/assignments/c1-a1", f"{order}/extensions/e1")
    mine = {clock.kind for clock in asked(office, unit("u1"), case=f"cities/{CITY}/cases/c1")}
    assert {"sign", "finish"} <= mine
    assert mine.isdisjoint({"citizen", "dispatch", "extension_decision"})


@pytest.mark.parametrize("named", [{}, {"case": "cities/230500/cases/c1", "subject": "cities/230500/calls/l1"}])
def test_one_thing_is_asked_for_at_a_time(office: Office, named: dict[str, str]) -> None:
    with pytest.raises(Exception) as refused:  # noqa: PT011 - without a name there is no city to be allowed in
        asked(office, **named)
    assert not named or isinstance(refused.value, BadFields)


def test_another_citys_name_finds_nothing(office: Office) -> None:
    recorded(office, city=CITY)
    assert asked(office, subject="cities/350100/calls/l1") == []


# -- 不再办理审核 ------------------------------------------------------------------------------------------------------


def proposed(office: Office) -> None:
    office.accepted(city=CITY)
    office.dispatched(city=CITY)
    office.unit("end_proposed", "proposed_at", city=CITY, round=1, occurrence=1, ground="repeated")


def test_the_office_has_one_working_day_to_decide_on_a_proposed_end(office: Office) -> None:
    proposed(office)
    clock = office.clocks()["end_decision"]
    assert (clock.due_at, clock.judges, clock.unit) == (at("09-22 17:30"), "office", "")
    assert office.states()["finish"] == "running", "the unit's clock runs on"
    office.move_to(at("09-22 18:00"))
    assert [e["unit"] for e in office.said("clock_warned", "end_decision")] == [""]
    assert len(office.said("clock_breached", "end_decision")) == 1
    office.unit("end_refused", "refused_at", city=CITY, round=1, occurrence=1)
    assert office.states()["end_decision"] == "late"


@pytest.mark.parametrize(
    ("type", "instant", "more", "state"),
    [
        ("end_refused", "refused_at", {"round": 1, "occurrence": 1}, "met"),
        ("work_order_ended", "ended_at", {"assignment_id": "", "ground": "no_further_action"}, "met"),
        ("reply_submitted", "submitted_at", {"round": 1}, "cancelled"),
        ("assignment_released", "released_at", {"why": "redispatched"}, "cancelled"),
        ("work_order_recalled", "recalled_at", {"assignment_id": ""}, "cancelled"),
        ("dispute_opened", "opened_at", {"assignment_id": "", "round": 1, "dispute_id": "d"}, "cancelled"),
    ],
)
def test_its_clock_ends_with_the_decision_or_with_the_proposal(
    office: Office, type: str, instant: str, more: dict[str, Any], state: str
) -> None:
    proposed(office)
    office.unit(type, instant, city=CITY, **more)
    assert office.states()["end_decision"] == state


def test_a_second_proposal_has_a_clock_of_its_own(office: Office) -> None:
    proposed(office)
    office.unit("end_refused", "refused_at", city=CITY, round=1, occurrence=1)
    office.unit("end_proposed", "proposed_at", city=CITY, round=1, occurrence=2, ground="repeated")
    clock = office.clocks()["end_decision"]
    assert (clock.occurrence, clock.state) == (2, "running")
