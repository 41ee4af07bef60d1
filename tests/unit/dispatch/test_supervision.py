"""The supervision ledger: the state table with its refusals, and every ground of every pack that can be reached."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.domain import StepNotAllowed
from chassis.packs import load_packs
from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.adapters.supervision_packs import SupervisionEntry, supervision_problems, supervision_rules
from services.dispatch.domain import supervision
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import AlreadySupervised, AnswerMissing
from services.dispatch.domain.regime import Regime
from services.dispatch.domain.states import Light, State, SupervisionFinding, SupervisionState
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.supervision_rules import Method, Opener, Opening, SupervisionGround, Trigger, months_over
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
FOLDERS = load_packs(ROOT / "policies").current
PACKS = {name: load_regime(folder) for name, folder in FOLDERS.items()}
OVERDUE = SupervisionGround("overdue", "逾期", "overdue", (Method.NOTICE,), True, Basis("P18-26", "24(6)"))
PHONED = SupervisionGround("urgent", "紧迫", "urgent", (Method.PHONE,), False, Basis("P18-27", "25(1)"))
GROUNDS = [
    pytest.param(regime, g, id=f"{name}-{g.code}")
    for name, regime in PACKS.items()
    for g in regime.supervision.grounds.values()
]


@pytest.fixture
def order() -> WorkOrder:
    case = CaseCopy("case-1", "350100-20260924-000001-7", "complaint")
    order = WorkOrder("order-1", "350100", "pack@1", case, 1, NOW)
    order.dispatch(Choice("a", ("b",)), ids=iter(["as-1", "as-2"]), now=NOW)
    return order


def opened(order: WorkOrder, ground: SupervisionGround = OVERDUE, id: str = "s-1") -> Supervision:
    entry, _ = supervision.open_on(order, ground, id=id, part=order.lead, by="rule", now=NOW)
    return entry


def test_an_entry_has_a_number_of_its_own_and_the_unit_that_leads(order: WorkOrder) -> None:
    first, second = opened(order), opened(order, PHONED, "s-2")
    assert [first.number, second.number] == ["350100-20260924-000001-7-01-1-D01", "350100-20260924-000001-7-01-1-D02"]
    assert (first.unit, first.state, first.written_reply) == ("a", SupervisionState.OPEN, True)


def test_an_order_is_supervised_once_on_one_ground_until_it_is_closed(order: WorkOrder) -> None:
    first = opened(order)
    before = str(order)
    with pytest.raises(AlreadySupervised):
        opened(order, id="s-2")
    assert str(order) == before
    supervision.close(order, first, finding=SupervisionFinding.NOT_RECTIFIED, now=NOW)
    assert opened(order, id="s-3").number.endswith("-D02")


def test_without_a_unit_nobody_owes_a_written_reply() -> None:
    waiting = WorkOrder("order-1", "350100", "pack@1", CaseCopy("case-1", "n", "complaint"), 1, NOW)
    assert not opened(waiting).written_reply


ALLOWED = {
    SupervisionState.OPEN: {"answer", "close"},
    SupervisionState.ANSWERED: {"close"},
    SupervisionState.CLOSED: set[str](),
}


@pytest.mark.parametrize("state", SupervisionState)
@pytest.mark.parametrize("step", ["answer", "close"])
def test_a_step_that_the_table_does_not_know_is_refused(order: WorkOrder, state: SupervisionState, step: str) -> None:
    entry = opened(order, PHONED)
    entry.state = state

    def take() -> object:
        if step == "answer":
            return supervision.answer(order, entry, text=None, now=NOW)
        return supervision.close(order, entry, finding=SupervisionFinding.RECTIFIED, now=NOW)

    if step in ALLOWED[state]:
        take()
        return
    before = str(entry), str(order)
    with pytest.raises(StepNotAllowed):
        take()
    assert (str(entry), str(order)) == before


def test_what_is_owed_in_writing_is_not_rectified_before_it_is_answered(order: WorkOrder) -> None:
    entry = opened(order)
    with pytest.raises(AnswerMissing):
        supervision.close(order, entry, finding=SupervisionFinding.RECTIFIED, now=NOW)
    assert order.supervised == {"overdue": "s-1"}
    supervision.answer(order, entry, text=None, now=NOW)
    supervision.close(order, entry, finding=SupervisionFinding.RECTIFIED, now=NOW + timedelta(days=1))
    assert (entry.state, entry.finding, order.supervised) == (SupervisionState.CLOSED, "rectified", {})


def test_an_unanswered_one_may_be_found_not_rectified_or_withdrawn(order: WorkOrder) -> None:
    for number, finding in enumerate((SupervisionFinding.NOT_RECTIFIED, SupervisionFinding.WITHDRAWN)):
        supervision.close(order, opened(order, id=f"s-{number}"), finding=finding, now=NOW)
    assert order.supervised == {}


def test_a_late_reply_is_overdue_until_it_comes(order: WorkOrder) -> None:
    entry = opened(order)
    entry.light = Light.RED
    assert entry.overdue
    supervision.answer(order, entry, text=None, now=NOW)
    assert not entry.overdue


def test_nothing_is_left_to_supervise_of_an_ended_order_or_a_unit_without_a_part(order: WorkOrder) -> None:
    entry = opened(order)
    assert supervision.let_go(order, entry) == ""
    order.recall(now=NOW)
    assert supervision.let_go(order, entry) == "unit_released"
    order.state = State.ENDED
    assert supervision.let_go(order, entry) == "order_ended"


def test_what_the_province_asks_is_left_to_the_province(order: WorkOrder) -> None:
    entry, _ = supervision.open_on(order, PHONED, id="s-1", part=None, by=supervision.BY_HAND[Opener.PROVINCE], now=NOW)
    order.state = State.ENDED
    assert supervision.let_go(order, entry) == ""


def test_departments_of_two_lines_may_supervise_one_order_for_the_same_reason(order: WorkOrder) -> None:
    by = supervision.BY_HAND[Opener.LINE_DEPARTMENT]
    entries = [
        supervision.open_on(order, PHONED, id=f"s-{line}", part=order.lead, by=by, line=line, now=NOW)[0]
        for line in ("12333", "12393")
    ]
    assert {entry.opener for entry in entries} == {Opener.LINE_DEPARTMENT}
    with pytest.raises(AlreadySupervised):
        supervision.open_on(order, PHONED, id="s-3", part=order.lead, by=by, line="12333", now=NOW)
    supervision.close(order, entries[0], finding=SupervisionFinding.WITHDRAWN, now=NOW)
    assert list(order.supervised.values()) == ["s-12393"]


def test_a_line_departments_ground_is_opened_by_no_rule() -> None:
    told = {"code": "x", "zh": "x", "en": "x", "methods": ["notice"], "written_reply": True, "by": "line_department",
            "opens": {"on": "reply_sent_back"}, "basis": {"rule": "F21-06b", "article": "2(2)2"}}  # fmt: skip
    entry = SupervisionEntry.model_validate_json(json.dumps({"grounds": [told]}))
    assert any("no rule opens it" in str(one) for one in supervision_problems(FOLDERS["fujian-2016"], entry))


# -- the packs ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("regime", "ground"), GROUNDS)
def test_every_ground_of_every_pack_can_be_reached(regime: Regime, ground: SupervisionGround) -> None:
    """By a rule that can come true under the pack, or by a supervisor (through the handlers: integration tests)."""
    if ground.opens is None:
        assert not ground.decides_case
        return
    clock, mark = next(iter(ground.opens.clocks), ""), next(iter(ground.opens.marks), "")
    many = {"times": ground.opens.times, "months": ground.opens.months}
    found = regime.supervision.opened_by(ground.opens.on, clock=clock, mark=mark, **many)
    assert ground in list(found)
    redo = regime.redo
    if ground.opens.on is Trigger.REDO_ORDERED:
        assert ground.opens.times <= redo.at_most, "the redo that opens it is never ordered"
    if ground.opens.on is Trigger.REDO_EXHAUSTED:
        assert redo.waits_for_finding
        assert not redo.at_once, "without a verification nobody finds the unit at fault"
    if ground.opens.on is Trigger.RETURN_AGREED:
        assert ground.opens.times <= regime.returns.agreed_at_most, "so many returns are never agreed"
    if ground.opens.on is Trigger.REVISIT_DISSATISFIED:
        assert not redo.on_revisit, "such a visit leads to a redo already"


def test_a_trigger_that_no_pack_uses_has_no_place_in_the_code() -> None:
    used = {g.opens.on for regime in PACKS.values() for g in regime.supervision.grounds.values() if g.opens}
    assert used == set(Trigger)


@pytest.mark.parametrize(
    ("pack", "rules"),
    [
        ("fujian-2016", {"F16-06", "F16-26", "F16-27", "F16-28", "F21-06b", "F21-17"}),
        ("pingli-2018", {"P18-26", "P18-27", "P18-30"}),
        ("shuangyashan-2024", {"S24-43", "S24-44", "S24-45", "S24-46"}),
    ],
)
def test_what_the_articles_name_is_in_the_pack(pack: str, rules: set[str]) -> None:
    found = PACKS[pack].supervision
    based = {m.basis.rule for m in found.methods.values()} | {g.basis.rule for g in found.grounds.values()}
    assert based == {*rules, "platform-default"}


def test_a_pack_released_before_there_was_a_ledger_supervises_nothing() -> None:
    rules = supervision_rules(SupervisionEntry())
    assert not any(list(rules.opened_by(trigger)) for trigger in Trigger)
    assert not rules.decides_after_redo


def test_pingli_names_all_eight_matters_of_article_24() -> None:
    articles = " ".join(g.basis.article for g in PACKS["pingli-2018"].supervision.grounds.values())
    assert all(f"24({number})" in articles for number in range(1, 9))


def test_an_opening_fits_only_its_event_clocks_and_count() -> None:
    opening = Opening(Trigger.CLOCK_BREACHED, frozenset({"finish"}), 2)
    assert opening.fits(Trigger.CLOCK_BREACHED, "finish", 2)
    assert opening.fits(Trigger.CLOCK_BREACHED, "finish", 3)
    assert not opening.fits(Trigger.CLOCK_BREACHED, "finish", 1)
    assert not opening.fits(Trigger.CLOCK_BREACHED, "sign", 2)
    assert not opening.fits(Trigger.CLOCK_WARNED, "finish", 2)


_BASIS = {"rule": "F16-28", "article": "24"}


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        ({"opens": {"on": "clock_breached", "clocks": ["tea"]}}, "there is no clock tea"),
        ({"opens": {"on": "clock_breached"}}, "names clocks"),
        ({"opens": {"on": "redo_ordered", "clocks": ["finish"]}}, "names clocks"),
        ({"ends_with_clock": True}, "names clocks"),
        ({"methods": ["interview"]}, "no method of supervision interview"),
    ],
)
def test_a_ground_that_could_not_be_applied_stops_the_start(ground: dict[str, object], says: str) -> None:
    named = {"zh": "督办", "en": "supervision", "basis": _BASIS}
    given = {"code": "x", **named, "methods": ["notice"], "written_reply": False} | ground
    file = {"methods": [{"code": "notice", **named}], "grounds": [given]}
    entry = SupervisionEntry.model_validate_json(json.dumps(file))
    (problem,) = supervision_problems(FOLDERS["fujian-2016"], entry)
    assert says in str(PolicyError([problem]))


@pytest.mark.parametrize(
    ("times", "overdue", "opens"), [(1, False, False), (2, False, False), (3, False, True), (1, True, True)]
)
def test_the_third_urging_or_one_of_an_overdue_order_is_heard(times: int, overdue: bool, opens: bool) -> None:
    for regime in PACKS.values():
        found = regime.supervision.opened_by(Trigger.CASE_URGED, times=times, overdue=overdue)
        assert [g.code for g in found] == (["urged"] if opens else [])


@pytest.mark.parametrize(("times", "months", "opens"), [(2, 6, True), (2, 7, True), (1, 6, False), (2, 5, False)])
def test_six_months_without_effect_and_urged_again_are_reported_in_pingli(times: int, months: int, opens: bool) -> None:
    for ref, regime in PACKS.items():
        found = [g.code for g in regime.supervision.opened_by(Trigger.CASE_URGED, times=times, months=months)]
        assert found == (["no_effect"] if opens and "pingli" in ref else []), ref


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        ("2026-01-15", "2026-07-15", 5),
        ("2026-01-15", "2026-07-16", 6),
        ("2025-08-31", "2026-02-28", 5),
        ("2025-08-31", "2026-03-01", 6),
        ("2026-01-15", "2026-01-15", 0),
        ("2025-12-01", "2026-12-02", 12),
    ],
)
def test_a_month_is_over_with_the_day_of_its_number(since: str, today: str, months: int) -> None:
    assert months_over(date.fromisoformat(since), date.fromisoformat(today)) == months
