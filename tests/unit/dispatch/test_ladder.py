"""The ladder of a dispute: its steps, its end, and what holds for the unit that is named."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml

from chassis.packs import PackFolder, load_packs
from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import disputes, errors, redo, returns
from services.dispatch.domain.assignment import ReturnRequest
from services.dispatch.domain.disputes import MOST_RECORDS
from services.dispatch.domain.states import AssignmentState, Role, State
from tests.unit.dispatch.disputed import (
    FUJIAN,
    LATER,
    NOW,
    PACKS,
    PINGLI,
    SHUANGYASHAN,
    lead_of,
    opened,
    refused,
    regime,
    settled,
    signed,
)

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
def test_whom_a_step_has_named_may_not_return(ids: Iterator[str], pack: str, basis: str, unit: str) -> None:
    order, rules = signed(ids), PACKS[pack]
    dispute, _ = opened(order, pack)
    settled(order, dispute, pack, ids)
    mine = next(a for a in order.active() if a.unit == unit)
    for kind in rules.returns.kinds:
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
    for file in folder.path.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_regime(PackFolder((replace(folder.layers[-1], path=tmp_path),)))
    assert caught.value.problems[0].file == tmp_path / "dispatch.yaml"
    assert said in str(caught.value)


@pytest.mark.parametrize("pack", PACKS)
def test_every_step_of_a_ladder_has_a_clock_against_the_office(pack: str) -> None:
    folder = load_packs(ROOT / "policies").current[pack]
    rules = yaml.safe_load((folder.path / "sla.yaml").read_text(encoding="utf-8"))["clocks"]
    found = {r["when"]["dispute_step"]: r for r in rules if r["kind"].startswith("dispute_")}
    assert set(found) == {step.code for step in regime(pack)[1].steps}
    assert all(r["kind"] == f"dispute_{code}" and r["judges"] == "office" for code, r in found.items())
