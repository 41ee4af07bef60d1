"""Whose an order is: who may ask it, by which steps it is settled, and what holds for the unit that is named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, product
from pathlib import Path

import pytest
import yaml

from chassis.domain import DomainError, Event, StepNotAllowed
from chassis.packs import load_packs
from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import disputes, errors, events, extensions, handling, redo, returns
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.disputes import MOST_RECORDS, Opening
from services.dispatch.domain.notes import ClockNote, Extension, Reply
from services.dispatch.domain.regime import DisputeRules, Regime
from services.dispatch.domain.states import DISPUTE, OPEN, ORDER, AssignmentState, DisputeState, ReturnKind, Role, State
from services.dispatch.domain.work_order import Choice, WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
FUJIAN, PINGLI, SHUANGYASHAN = "fujian-2016", "pingli-2018", "shuangyashan-2024"
NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def ids() -> Iterator[str]:
    return (f"id-{n}" for n in count(1))


def regime(pack: str) -> tuple[Regime, DisputeRules]:
    ladder = PACKS[pack].disputes
    assert ladder
    return PACKS[pack], ladder


def dispatched(ids: Iterator[str], *, co: tuple[str, ...] = (), emergency: str = "") -> WorkOrder:
    case = CaseCopy("case-1", "350100-20260924-000001-7", "complaint", emergency_class=emergency)
    order = WorkOrder("order-1", "350100", "p", case, 1, NOW)
    order.dispatch(Choice("a", co), ids=ids, now=NOW)
    return order


def signed(ids: Iterator[str], *, co: tuple[str, ...] = (), emergency: str = "") -> WorkOrder:
    order = dispatched(ids, co=co, emergency=emergency)
    handling.sign(order, lead_of(order), now=NOW)
    return order


def lead_of(order: WorkOrder) -> Assignment:
    assert order.lead
    return order.lead


def opened(order: WorkOrder, pack: str, opening: Opening | None = None) -> tuple[Dispute, list[Event]]:
    ladder = regime(pack)[1]
    return disputes.open_dispute(order, opening or Opening("unclear_duty"), id="d-1", rules=ladder, now=NOW)


def settled(order: WorkOrder, dispute: Dispute, pack: str, ids: Iterator[str], lead: str = "b") -> list[Event]:
    step = disputes.deciding_step(dispute, "", regime(pack)[1])
    return disputes.settle(order, dispute, step, lead=lead, co_units=["c"], ids=ids, now=LATER)


def refused(step: object) -> str:
    with pytest.raises(DomainError) as error:
        step()  # type: ignore[operator]
    return error.value.reason


# -- the state tables --------------------------------------------------------------------------------------------------


def test_any_open_order_may_be_disputed_and_leads_back_to_a_unit_or_to_its_end() -> None:
    assert {state for state in State if State.DISPUTED in ORDER.table.get(state, ())} == OPEN - {State.DISPUTED}
    assert ORDER.table[State.DISPUTED] == {State.DISPATCHED, State.ENDED}


@pytest.mark.parametrize(("state", "step"), [*product(DisputeState, DisputeState)])
def test_a_dispute_is_settled_or_dropped_once(state: DisputeState, step: DisputeState) -> None:
    if state is DisputeState.OPEN and step is not DisputeState.OPEN:
        DISPUTE.check(state, step)
        return
    with pytest.raises(StepNotAllowed):
        DISPUTE.check(state, step)


@pytest.mark.parametrize("state", [State.COMPLETED, State.UNDER_VERIFICATION, State.ENDED, State.DISPUTED])
def test_an_order_that_is_not_open_is_not_disputed(ids: Iterator[str], state: State) -> None:
    order = dispatched(ids)
    order.state = state
    assert refused(lambda: opened(order, SHUANGYASHAN)) == "STEP_NOT_ALLOWED"


def test_nothing_is_led_on_once_it_is_settled(ids: Iterator[str]) -> None:
    order, ladder = signed(ids), regime(SHUANGYASHAN)[1]
    dispute, _ = opened(order, SHUANGYASHAN)
    settled(order, dispute, SHUANGYASHAN, ids)
    steps = [
        lambda: disputes.advance(order, dispute, "consultation", participants=[], rules=ladder, now=LATER),
        lambda: disputes.record(order, dispute, present=[], now=LATER),
        lambda: disputes.deciding_step(dispute, "", ladder),
        lambda: dispute.close(DisputeState.DROPPED, LATER),
    ]
    assert {refused(step) for step in steps} == {"STEP_NOT_ALLOWED"}


@pytest.mark.parametrize("pack", PACKS)
def test_a_disputed_order_is_the_offices_alone(ids: Iterator[str], pack: str) -> None:
    order, rules = signed(ids, co=("c",)), PACKS[pack]
    lead = lead_of(order)
    opened(order, pack)
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    longer = Extension("e", lead.id, 1, 1, NOW)
    reply = Reply(lead.id, None, None, b"", "", NOW)
    steps = [
        lambda: order.dispatch(Choice("b"), ids=ids, now=NOW),
        lambda: order.recall(now=NOW),
        lambda: returns.ask(order, lead, asked, rules=rules.returns, ladder=rules.disputes),
        lambda: extensions.request(order, lead, longer, rules=rules.extensions, now=NOW),
        lambda: handling.answer_citizen(order, lead, method="phone", proof="p", now=NOW),
        lambda: handling.submit_reply(order, lead, reply),
        lambda: handling.send_back(order, reason=None, now=NOW),
        lambda: handling.complete(order, now=NOW),
        lambda: handling.sign(order, lead, now=NOW),
        lambda: handling.report_progress(order, lead, note=None, now=NOW),
    ]
    before = str(order)
    for step in steps:
        refused(step)
    assert str(order) == before


# -- opening -----------------------------------------------------------------------------------------------------------


def test_opening_releases_the_units_and_forgets_the_deadline(ids: Iterator[str]) -> None:
    order = signed(ids, co=("c",))
    order.clocks["f"] = ClockNote("finish", "", LATER)
    dispute, happened = opened(order, SHUANGYASHAN, Opening("shirking", participants=("d", "a")))
    assert [type(e).__name__ for e in happened] == [
        "AssignmentReleased",
        "AssignmentReleased",
        "DisputeOpened",
        "DisputeStepBegun",
    ]
    assert (order.state, order.active(), order.clocks, order.dispute_id) == (State.DISPUTED, [], {}, "d-1")
    assert dispute.participants == ["a", "c", "d"]
    assert dispute.current.code == "coordination"


@pytest.mark.parametrize(
    ("pack", "opening", "reason"),
    [
        (SHUANGYASHAN, Opening("weather"), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", step="prayer"), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", hazard=True), "VALUE_NOT_ALLOWED"),
        (SHUANGYASHAN, Opening("unclear_duty", step="special_report"), "DISPUTE_STEP_TOO_EARLY"),
        (PINGLI, Opening("unclear_area", step="government"), "DISPUTE_STEP_TOO_EARLY"),
        (FUJIAN, Opening("overlap", step="government"), "DISPUTE_STEP_TOO_EARLY"),
    ],
)
def test_an_opening_that_the_pack_does_not_know_changes_nothing(
    ids: Iterator[str], pack: str, opening: Opening, reason: str
) -> None:
    order = signed(ids)
    before = str(order)
    assert refused(lambda: opened(order, pack, opening)) == reason
    assert str(order) == before


def test_a_return_that_waits_is_taken_into_the_dispute(ids: Iterator[str]) -> None:
    order, rules = signed(ids), PACKS[SHUANGYASHAN]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "b", NOW, late=True)
    returns.request(order, lead_of(order), asked, rules=rules.returns, now=NOW, ladder=rules.disputes)
    _, happened = opened(order, SHUANGYASHAN)
    assert asked.outcome == "disputed"
    released = next(e for e in happened if isinstance(e, events.AssignmentReleased))
    # S24 art. 18: a late return counts as overdue; the dispute does not wash that off.
    assert (released.why, released.late) == ("disputed", True)


@pytest.mark.parametrize("pack", PACKS)
def test_a_third_return_is_a_dispute_and_no_return(ids: Iterator[str], pack: str) -> None:
    order, rules = signed(ids), PACKS[pack]
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    order.agreed_returns = 1
    assert not returns.opens_dispute(order, lead_of(order), asked, rules.returns, rules.disputes)
    order.agreed_returns = 2
    assert returns.opens_dispute(order, lead_of(order), asked, rules.returns, rules.disputes)
    asking = {"rules": rules.returns, "now": NOW}
    assert refused(lambda: returns.request(order, lead_of(order), asked, **asking)) == "NO_FURTHER_RETURN"  # type: ignore[arg-type]


@pytest.mark.parametrize(("role", "round"), [(Role.FALLBACK_LEAD, 1), (Role.LEAD, 2)])
def test_a_fallback_unit_and_a_redo_are_refused_as_ever(ids: Iterator[str], role: Role, round: int) -> None:
    order, rules = signed(ids), PACKS[SHUANGYASHAN]
    order.assignments[0].round = order.round = round
    order.assignments[0].role, order.agreed_returns = role, 2
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    lead = order.assignments[0]
    assert refused(lambda: returns.ask(order, lead, asked, rules=rules.returns, ladder=rules.disputes)) == (
        "NO_FURTHER_RETURN"
    )


def _returned(order: WorkOrder, suggested: str, rules: Regime, ids: Iterator[str], next_lead: str = "") -> Assignment:
    lead = lead_of(order)
    asked = ReturnRequest(ReturnKind.NOT_OURS, suggested, NOW, late=False)
    returns.request(order, lead, asked, rules=rules.returns, now=NOW, ladder=rules.disputes)
    returns.agree(order, lead, now=NOW)
    order.move(State.TO_DISPATCH, NOW)
    if next_lead:
        order.dispatch(Choice(next_lead), ids=ids, now=NOW)
    return lead


def test_two_units_that_name_each_other_are_a_dispute_by_rule(ids: Iterator[str]) -> None:
    order, (rules, ladder) = signed(ids), regime(SHUANGYASHAN)
    generous = rules.returns.__class__(
        **{k: getattr(rules.returns, k) for k in rules.returns.__slots__} | {"agreed_at_most": 9}
    )
    first = _returned(order, "b", rules, ids, next_lead="b")
    assert disputes.ground_after(order, first, generous, ladder) == ""
    second = _returned(order, "a", rules, ids)
    assert disputes.ground_after(order, second, generous, ladder) == "equal_claims"
    assert disputes.ground_after(order, second, rules.returns, ladder) == "returns_used_up"
    assert disputes.ground_after(order, second, rules.returns, None) == ""


# -- the ladder --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pack", "codes"),
    [
        (SHUANGYASHAN, ["coordination", "county_fallback", "consultation", "special_report"]),
        (
            PINGLI,
            ["meeting", "site_visit", "guiding_department", "establishment_or_legal_office", "government"],
        ),
        (FUJIAN, ["list_fallback", "county_fallback", "government"]),
    ],
)
def test_the_ladder_is_taken_downwards_and_may_leave_out_what_does_not_fit(
    ids: Iterator[str], pack: str, codes: list[str]
) -> None:
    ladder = regime(pack)[1]
    assert [step.code for step in ladder.steps] == codes
    order = signed(ids)
    dispute, _ = opened(order, pack)
    for code in codes[2:]:
        disputes.advance(order, dispute, code, participants=["x"], rules=ladder, now=LATER)
    again = {"participants": [], "rules": ladder, "now": LATER}
    for code in codes:
        step = partial(disputes.advance, order, dispute, code, **again)
        assert refused(step) == "DISPUTE_STEP_NOT_NEXT"
    assert (
        refused(lambda: disputes.advance(order, dispute, "prayer", participants=[], rules=ladder, now=LATER))
        == "VALUE_NOT_ALLOWED"
    )
    assert "x" in dispute.participants


def test_whoever_was_at_a_meeting_takes_part_and_records_have_an_end(ids: Iterator[str]) -> None:
    order = signed(ids)
    dispute, _ = opened(order, SHUANGYASHAN)
    for _ in range(MOST_RECORDS):
        disputes.record(order, dispute, present=["a", "x"], now=LATER)
    assert (dispute.current.present, dispute.current.recorded_at) == (["a", "x"], LATER)
    assert "x" in dispute.participants
    assert refused(lambda: disputes.record(order, dispute, present=[], now=LATER)) == "TOO_MANY_RECORDS"


def test_only_a_step_that_was_taken_names_a_unit(ids: Iterator[str]) -> None:
    order, ladder = signed(ids), regime(SHUANGYASHAN)[1]
    dispute, _ = opened(order, SHUANGYASHAN)
    assert refused(lambda: disputes.deciding_step(dispute, "consultation", ladder)) == "DISPUTE_STEP_NOT_TAKEN"
    assert refused(lambda: disputes.deciding_step(dispute, "prayer", ladder)) == "VALUE_NOT_ALLOWED"
    disputes.advance(order, dispute, "consultation", participants=[], rules=ladder, now=LATER)
    assert disputes.deciding_step(dispute, "coordination", ladder).code == "coordination"
    assert disputes.deciding_step(dispute, "", ladder).code == "consultation"


# -- the unit that is named --------------------------------------------------------------------------------------------


def test_naming_a_unit_dispatches_the_order_anew(ids: Iterator[str]) -> None:
    order = signed(ids)
    dispute, _ = opened(order, SHUANGYASHAN)
    happened = settled(order, dispute, SHUANGYASHAN, ids)
    assert [type(e).__name__ for e in happened] == ["DisputeSettled", "WorkOrderDispatched"]
    assert [(a.unit, a.role, a.fixed_by) for a in order.active()] == [
        ("b", Role.LEAD, "coordination"),
        ("c", Role.CO, "coordination"),
    ]
    assert (order.state, order.dispute_id, dispute.lead) == (State.DISPATCHED, "", "b")


def test_a_fallback_step_names_a_fallback_unit(ids: Iterator[str]) -> None:
    order = signed(ids)
    dispute, _ = opened(order, FUJIAN)
    settled(order, dispute, FUJIAN, ids)
    assert lead_of(order).role is Role.FALLBACK_LEAD


@pytest.mark.parametrize(
    ("pack", "basis"),
    [(FUJIAN, "F16-15, 16"), (PINGLI, "P18-11, 9"), (SHUANGYASHAN, "S24-26, 19(4)")],
)
@pytest.mark.parametrize("unit", ["b", "c"])
@pytest.mark.parametrize("kind", ReturnKind)
def test_whom_a_step_has_named_may_not_return(
    ids: Iterator[str], pack: str, basis: str, unit: str, kind: ReturnKind
) -> None:
    order, rules = signed(ids), PACKS[pack]
    dispute, _ = opened(order, pack)
    settled(order, dispute, pack, ids)
    mine = next(a for a in order.active() if a.unit == unit)
    if kind not in rules.returns.kinds:
        pytest.skip("the pack knows no such return")
    asked = ReturnRequest(kind, "", NOW, late=False)
    with pytest.raises(errors.UnitFixedByLadder) as error:
        returns.ask(order, mine, asked, rules=rules.returns, ladder=rules.disputes)
    assert basis in error.value.message_zh
    assert refused(lambda: opened(order, pack)) == "UNIT_FIXED_BY_LADDER"


def test_a_unit_stays_named_in_a_redo(ids: Iterator[str]) -> None:
    order, rules = signed(ids), PACKS[PINGLI]
    dispute, _ = opened(order, PINGLI)
    settled(order, dispute, PINGLI, ids)
    lead_of(order).move(AssignmentState.SIGNED)
    lead_of(order).move(AssignmentState.REPLIED)
    order.state = State.COMPLETED
    redo.rated_dissatisfied(order, rules=rules.redo, ids=ids, now=LATER)
    assert (order.round, lead_of(order).unit, lead_of(order).fixed_by) == (2, "b", "meeting")


# -- making safe (F16 art. 19) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("emergency", "hazard", "kept"), [("urgent", False, ["a"]), ("", True, ["a"]), ("", False, [])]
)
def test_the_first_unit_makes_a_hazard_safe_while_ownership_is_open(
    ids: Iterator[str], emergency: str, hazard: bool, kept: list[str]
) -> None:
    order = signed(ids, co=("c",), emergency=emergency)
    dispute, _ = opened(order, FUJIAN, Opening("unclear_duty", hazard=hazard))
    assert [a.unit for a in order.active()] == kept
    assert dispute.made_safe_by == "".join(kept)


@pytest.mark.parametrize("pack", [PINGLI, SHUANGYASHAN])
def test_a_pack_that_does_not_say_so_keeps_nobody(ids: Iterator[str], pack: str) -> None:
    classes = {PINGLI: "sudden", SHUANGYASHAN: "special_urgent"}
    order = signed(ids, emergency=classes[pack])
    opened(order, pack)
    assert order.active() == []


def test_whoever_makes_safe_signs_calls_and_reports_and_no_more(ids: Iterator[str]) -> None:
    order, rules = dispatched(ids, emergency="urgent"), PACKS[FUJIAN]
    unit = lead_of(order)
    opened(order, FUJIAN)
    handling.sign(order, unit, now=LATER)
    handling.contact(order, unit, method="phone", proof="p", now=LATER)
    handling.report_progress(order, unit, note=None, now=LATER)
    assert order.state is State.DISPUTED
    asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
    reply = Reply(unit.id, None, None, b"", "", LATER)
    assert refused(lambda: handling.submit_reply(order, unit, reply)) == "ORDER_NOT_IN_HANDLING"
    assert refused(lambda: returns.ask(order, unit, asked, rules=rules.returns)) == "ORDER_NOT_IN_HANDLING"


def test_whoever_made_safe_is_released_or_named_when_the_dispute_is_settled(ids: Iterator[str]) -> None:
    order = signed(ids, emergency="urgent")
    dispute, _ = opened(order, FUJIAN)
    happened = settled(order, dispute, FUJIAN, ids, lead="a")
    assert [type(e).__name__ for e in happened] == ["DisputeSettled", "AssignmentReleased", "WorkOrderDispatched"]
    assert [(a.unit, a.state) for a in order.active()] == [
        ("a", AssignmentState.ASSIGNED),
        ("c", AssignmentState.ASSIGNED),
    ]


@pytest.mark.parametrize("state", [AssignmentState.RETURN_REQUESTED, AssignmentState.REPLIED])
def test_whoever_makes_safe_goes_back_to_work(ids: Iterator[str], state: AssignmentState) -> None:
    order = signed(ids, emergency="urgent")
    unit = lead_of(order)
    if state is AssignmentState.REPLIED:
        handling.submit_reply(order, unit, Reply(unit.id, None, None, b"", "", NOW))
    else:
        asked = ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False)
        returns.request(order, unit, asked, rules=PACKS[FUJIAN].returns, now=NOW)
    opened(order, FUJIAN)
    assert (unit.state, order.reply) == (AssignmentState.SIGNED, None)


# -- the files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("may_not_return: already_determined", "may_not_return: tired", "no ground of refusing a return tired"),
        ("emergency_classes: [urgent]", "emergency_classes: [urgnet]", "no emergency class urgnet"),
        ("{code: county_fallback", "{code: list_fallback", "each step of the ladder stands once"),
        ("names: area", "names: aria", "names"),
        ("make_safe:", "make_sure:", "unknown key"),
    ],
)
def test_a_fault_in_a_ladder_stops_the_start_with_file_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = load_packs(ROOT / "policies").current[FUJIAN]
    for file in folder.path.iterdir():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_regime(type(folder)(**{**folder.__dict__, "path": tmp_path}))
    assert caught.value.problems[0].file == tmp_path / "dispatch.yaml"
    assert said in str(caught.value)


@pytest.mark.parametrize("pack", PACKS)
def test_every_step_of_a_ladder_has_a_clock_against_the_office(pack: str) -> None:
    folder = load_packs(ROOT / "policies").current[pack]
    rules = yaml.safe_load((folder.path / "sla.yaml").read_text(encoding="utf-8"))["clocks"]
    found = {r["when"]["dispute_step"]: r for r in rules if r["kind"].startswith("dispute_")}
    assert set(found) == {step.code for step in regime(pack)[1].steps}
    assert all(r["kind"] == f"dispute_{code}" and r["judges"] == "office" for code, r in found.items())
