"""What an order takes over when its case is corrected, or limited otherwise."""

from datetime import UTC, datetime, timedelta

import pytest

from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.corrections import OwnLimit, correct, lift_limit, set_limit
from services.dispatch.domain.notes import AttachmentNote
from services.dispatch.domain.states import OPEN, AssignmentState, Role, State
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, tzinfo=UTC)
NEW = {"category": "consultation", "item": "", "area": "350102", "emergency_class": ""}


def order(state: State = State.IN_HANDLING, *, co: AssignmentState = AssignmentState.ASSIGNED) -> WorkOrder:
    case = CaseCopy("case-1", "n", "complaint", item="23", area="350102")
    made = WorkOrder("order-1", "350100", "fujian-2016@1.0.0", case, 1, NOW, state=state)
    made.assignments = [
        Assignment("a1", "u1", Role.LEAD, 1, NOW, AssignmentState.SIGNED),
        Assignment("a2", "u2", Role.CO, 1, NOW, co),
    ]
    made.attachments = [AttachmentNote("f1", "image/png", 1)]
    return made


def test_the_copy_follows_the_case_and_every_change_is_noted() -> None:
    one = order()
    told = correct(one, NEW, confidentiality="normal", at=NOW)
    assert (one.case.category, one.case.item) == ("consultation", "")
    assert [(c.field, c.old, c.new) for c in one.corrections] == [
        ("category", "complaint", "consultation"),
        ("item", "23", ""),
    ]
    assert (told.old_category, told.category, told.corrected_at) == ("complaint", "consultation", NOW)
    assert [a.unit for a in told.assignments] == ["u1", "u2"]


def test_a_unit_that_has_replied_need_not_act_any_more() -> None:
    told = correct(order(co=AssignmentState.REPLIED), NEW, confidentiality="normal", at=NOW)
    assert [a.unit for a in told.assignments] == ["u1"]


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_an_order_that_is_over_takes_it_over_for_a_redo_and_asks_nobody(state: State) -> None:
    one = order(state)
    told = correct(one, NEW, confidentiality="normal", at=NOW)
    assert told.assignments == ()
    assert one.case.category == "consultation"


def test_files_of_a_case_that_has_become_confidential_are_shown_no_longer() -> None:
    one = order()
    correct(one, NEW, confidentiality="hidden_from_unit", at=NOW)
    assert one.attachments == []
    assert one.case.hides_citizen


def test_one_limit_of_each_ground_is_shown_until_it_is_lifted() -> None:
    one = order()
    law, newer = OwnLimit("other_law", NOW, "a"), OwnLimit("other_law", NOW + timedelta(hours=1), "b")
    leader = OwnLimit("leader", NOW, due_at=NOW + timedelta(days=1))
    for limit in (law, leader, newer):
        set_limit(one, limit)
    assert one.own_limits == [leader, newer]
    lift_limit(one, "leader")
    assert one.own_limits == [newer]
