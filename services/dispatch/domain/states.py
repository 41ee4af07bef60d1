"""The life-cycles of dispatch: one table each."""

from datetime import datetime
from enum import StrEnum

from chassis.domain import Transitions


class State(StrEnum):
    """Of a work order. `to_dispatch` is the dispatchers' queue; `disputed`: whose it is, is being settled."""

    TO_DISPATCH = "to_dispatch"
    DISPATCHED = "dispatched"
    IN_HANDLING = "in_handling"
    REPLIED = "replied"
    COMPLETED = "completed"
    UNDER_VERIFICATION = "under_verification"
    ENDED = "ended"
    DISPUTED = "disputed"
    # With another tenant, which has an order of its own for it.
    HANDED_OVER = "handed_over"


# While ownership is disputed the hotline office owns the order.
OPEN = frozenset(
    {State.TO_DISPATCH, State.DISPATCHED, State.IN_HANDLING, State.REPLIED, State.DISPUTED, State.HANDED_OVER}
)

ORDER = Transitions(
    {
        State.TO_DISPATCH: {State.DISPATCHED, State.DISPUTED, State.HANDED_OVER, State.ENDED},
        State.DISPATCHED: {State.IN_HANDLING, State.TO_DISPATCH, State.DISPUTED, State.ENDED},
        State.IN_HANDLING: {State.REPLIED, State.TO_DISPATCH, State.DISPUTED, State.ENDED},
        State.REPLIED: {State.IN_HANDLING, State.COMPLETED, State.DISPUTED, State.ENDED},
        # A unit is named, or nobody needs one any more.
        State.DISPUTED: {State.DISPATCHED, State.ENDED},
        # Refused there, it waits for a dispatcher again; answered there, it is done.
        State.HANDED_OVER: {State.TO_DISPATCH, State.COMPLETED, State.ENDED},
        # P18 art. 18 redoes at once, without a verification.
        State.COMPLETED: {State.UNDER_VERIFICATION, State.DISPATCHED},
        State.UNDER_VERIFICATION: {State.DISPATCHED, State.COMPLETED},
    },
    final={State.COMPLETED, State.ENDED},
)


class AssignmentState(StrEnum):
    """Of one unit's part in an order."""

    ASSIGNED = "assigned"
    SIGNED = "signed"
    REPLIED = "replied"
    RETURN_REQUESTED = "return_requested"
    RELEASED = "released"


ASSIGNMENT = Transitions(
    {
        AssignmentState.ASSIGNED: {AssignmentState.SIGNED, AssignmentState.RETURN_REQUESTED, AssignmentState.RELEASED},
        AssignmentState.SIGNED: {AssignmentState.REPLIED, AssignmentState.RETURN_REQUESTED, AssignmentState.RELEASED},
        AssignmentState.REPLIED: {AssignmentState.SIGNED, AssignmentState.RELEASED},
        AssignmentState.RETURN_REQUESTED: {
            AssignmentState.RELEASED,
            AssignmentState.ASSIGNED,
            AssignmentState.SIGNED,
        },
    },
    final={AssignmentState.REPLIED, AssignmentState.RELEASED},
)


class Role(StrEnum):
    """What a unit is in an order: 牵头, 协办, or 兜底 in place of the lead."""

    LEAD = "lead"
    CO = "co"
    FALLBACK_LEAD = "fallback_lead"


class ExtensionState(StrEnum):
    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"


class Route(StrEnum):
    """Which extension: the usual one, or that of a matter that needs a longer cycle (P18 art. 13)."""

    ORDINARY = "ordinary"
    LONG_CYCLE = "long_cycle"


class Bar(StrEnum):
    """What stands against an extension and may be lifted by a supervisor, where the pack says so."""

    # Asked for after the last moment.
    LATE = "late"
    # Of a category, or an emergency, that is not extended.
    BARRED = "barred"


EXTENSION = Transitions(
    {ExtensionState.PENDING: {ExtensionState.GRANTED, ExtensionState.REFUSED}},
    final={ExtensionState.GRANTED, ExtensionState.REFUSED},
)


class PassingState(StrEnum):
    """Of what a unit has passed on to a section or a town below it."""

    PASSED_ON = "passed_on"
    REPLIED = "replied"
    # Not the section's own matter: it is the unit's again.
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


PASSING = Transitions(
    {PassingState.PASSED_ON: {PassingState.REPLIED, PassingState.DECLINED, PassingState.TAKEN_BACK}},
    # Passed on once more, it is another passing.
    final={PassingState.REPLIED, PassingState.DECLINED, PassingState.TAKEN_BACK},
)


class HandOverMode(StrEnum):
    """上推 to a tenant above, or 跨地区 to one beside or below."""

    PUSH_UP = "push_up"
    ACROSS = "across"


class LeaderReview(StrEnum):
    """Of a reply that the unit's own leader must approve; approved, it still waits for the citizen to be answered."""

    WAITING = "waiting"
    APPROVED = "approved"


class DisputeState(StrEnum):
    """Of the question whose an order is; `dropped`: the order ended before it was settled."""

    OPEN = "open"
    SETTLED = "settled"
    DROPPED = "dropped"


DISPUTE = Transitions(
    {DisputeState.OPEN: {DisputeState.SETTLED, DisputeState.DROPPED}},
    final={DisputeState.SETTLED, DisputeState.DROPPED},
)


class SupervisionState(StrEnum):
    """Of an entry of the supervision ledger."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


SUPERVISION = Transitions(
    {
        # Only what was asked in writing must be answered first; the rest is closed when it is done.
        SupervisionState.OPEN: {SupervisionState.ANSWERED, SupervisionState.CLOSED},
        SupervisionState.ANSWERED: {SupervisionState.CLOSED},
    },
    final={SupervisionState.CLOSED},
)


class SupervisionFinding(StrEnum):
    """How a supervision ends: 已整改, 未整改, 撤销."""

    RECTIFIED = "rectified"
    NOT_RECTIFIED = "not_rectified"
    WITHDRAWN = "withdrawn"


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def light_at(now: datetime, *, warn_at: datetime, due_at: datetime) -> Light:
    """The light that an open clock shows; its last instant is still in time."""
    if now > due_at:
        return Light.RED
    return Light.YELLOW if now >= warn_at else Light.GREEN


class ReturnKind(StrEnum):
    """不属于本单位, or 不属于受理范围 (P18 art. 10(2), S24 art. 18), or 属于部门职责 by a town (N25)."""

    NOT_OURS = "not_ours"
    OUT_OF_SCOPE = "out_of_scope"
    DEPARTMENT_DUTY = "department_duty"


class Finding(StrEnum):
    """What was found after a dissatisfied rating."""

    UNIT_AT_FAULT = "unit_at_fault"
    REASONABLE = "reasonable"
    UNREASONABLE = "unreasonable"
    OBJECTIVE_LIMITS = "objective_limits"


class ResultKind(StrEnum):
    """How a reply ends the matter; a suggestion is adopted, partly or not (F16 art. 6)."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    NOT_ADOPTED = "not_adopted"
    CANNOT_NOW = "cannot_now"


class Filing(StrEnum):
    """立案: what was decided about a complaint or report; `none`: the law knows no such decision here."""

    UNSAID = ""
    FILED = "filed"
    NOT_FILED = "not_filed"
    NONE = "none"


class HandledAs(StrEnum):
    """By which law it was handled, where satisfaction is not pursued one-sidedly (F21 3(6), S24 art. 22)."""

    ORDINARY = ""
    MEDIATION = "mediation"
    ENFORCEMENT = "enforcement"


ADOPTIONS = frozenset({ResultKind.ADOPTED, ResultKind.PARTLY_ADOPTED, ResultKind.NOT_ADOPTED})
