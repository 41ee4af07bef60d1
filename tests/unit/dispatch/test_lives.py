"""Each life told the other way round: from where a state is reached, and where the life is over."""

from typing import Any

import pytest

from chassis.domain import StepNotAllowed, Transitions
from services.dispatch.domain.states import (
    ASSIGNMENT,
    DISPUTE,
    EXTENSION,
    OPEN,
    ORDER,
    PASSING,
    SUPERVISION,
    AssignmentState,
    DisputeState,
    ExtensionState,
    PassingState,
    State,
    SupervisionState,
)


def origins(life: Transitions[Any], state: Any) -> set[Any]:
    def leads_there(before: Any) -> bool:
        try:
            life.check(before, state)
        except StepNotAllowed:
            return False
        return True

    return {before for before in type(state) if leads_there(before)}


ORDERS = {
    # Recalled or returned, before or after somebody signed; refused by the tenant that it was handed over to.
    State.TO_DISPATCH: {State.DISPATCHED, State.IN_HANDLING, State.HANDED_OVER},
    # Out of the queue, by a step of the ladder, or by a redo with a verification or without one.
    State.DISPATCHED: {State.TO_DISPATCH, State.DISPUTED, State.COMPLETED, State.UNDER_VERIFICATION},
    # Signed for, or the reply was sent back.
    State.IN_HANDLING: {State.DISPATCHED, State.REPLIED},
    State.REPLIED: {State.IN_HANDLING},
    # Accepted here or answered there; or the verification found nothing to do again.
    State.COMPLETED: {State.REPLIED, State.HANDED_OVER, State.UNDER_VERIFICATION},
    State.UNDER_VERIFICATION: {State.COMPLETED},
    # Until the answer is accepted.
    State.DISPUTED: {State.TO_DISPATCH, State.DISPATCHED, State.IN_HANDLING, State.REPLIED},
    State.HANDED_OVER: {State.TO_DISPATCH},
    State.ENDED: set(OPEN),
}


@pytest.mark.parametrize("state", list(State))
def test_an_order_gets_somewhere_from_these_states_alone(state: State) -> None:
    assert origins(ORDER, state) == ORDERS[state]


PARTS = {
    # The return was refused to a unit that had not signed.
    AssignmentState.ASSIGNED: {AssignmentState.RETURN_REQUESTED},
    # For the first time, or the reply was sent back, or the return refused.
    AssignmentState.SIGNED: {AssignmentState.ASSIGNED, AssignmentState.REPLIED, AssignmentState.RETURN_REQUESTED},
    AssignmentState.REPLIED: {AssignmentState.SIGNED},
    AssignmentState.RETURN_REQUESTED: {AssignmentState.ASSIGNED, AssignmentState.SIGNED},
    AssignmentState.RELEASED: set(AssignmentState) - {AssignmentState.RELEASED},
}


@pytest.mark.parametrize("state", list(AssignmentState))
def test_a_units_part_gets_somewhere_from_these_states_alone(state: AssignmentState) -> None:
    assert origins(ASSIGNMENT, state) == PARTS[state]


@pytest.mark.parametrize("decision", [ExtensionState.GRANTED, ExtensionState.REFUSED])
def test_an_extension_is_decided_once(decision: ExtensionState) -> None:
    assert origins(EXTENSION, decision) == {ExtensionState.PENDING}


@pytest.mark.parametrize("end", [PassingState.REPLIED, PassingState.DECLINED, PassingState.TAKEN_BACK])
def test_what_was_passed_on_comes_back_once(end: PassingState) -> None:
    assert origins(PASSING, end) == {PassingState.PASSED_ON}


@pytest.mark.parametrize("end", [DisputeState.SETTLED, DisputeState.DROPPED])
def test_a_dispute_ends_once(end: DisputeState) -> None:
    assert origins(DISPUTE, end) == {DisputeState.OPEN}


def test_a_supervision_is_answered_once_and_closed_with_an_answer_or_without() -> None:
    assert origins(SUPERVISION, SupervisionState.ANSWERED) == {SupervisionState.OPEN}
    assert origins(SUPERVISION, SupervisionState.CLOSED) == {SupervisionState.OPEN, SupervisionState.ANSWERED}


@pytest.mark.parametrize(
    ("life", "ends"),
    [
        # What is completed or replied is over unless somebody is dissatisfied with it.
        (ORDER, {State.COMPLETED, State.ENDED}),
        (ASSIGNMENT, {AssignmentState.REPLIED, AssignmentState.RELEASED}),
        (EXTENSION, {ExtensionState.GRANTED, ExtensionState.REFUSED}),
        (PASSING, {PassingState.REPLIED, PassingState.DECLINED, PassingState.TAKEN_BACK}),
        (DISPUTE, {DisputeState.SETTLED, DisputeState.DROPPED}),
        (SUPERVISION, {SupervisionState.CLOSED}),
    ],
)
def test_a_life_is_over_here(life: Transitions[Any], ends: set[Any]) -> None:
    assert life.final == ends
