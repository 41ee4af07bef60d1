"""One unit's part in a work order."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Sealed
from services.dispatch.domain.states import ASSIGNMENT, AssignmentState, ReturnKind, Role


@dataclass
class ReturnRequest:
    """退单: what the unit asked, and what became of it. Its words are sealed to the citizen."""

    kind: ReturnKind
    suggested_unit: str
    requested_at: datetime
    late: bool
    reason: Sealed | None = None
    basis: Sealed | None = None
    # "", "agreed", "refused" or "disputed": it has opened a dispute, or was waiting when one was opened.
    outcome: str = ""
    ground: str = ""


@dataclass
class Assignment:
    """承办: each unit signs, contacts, returns and replies on its own assignment."""

    id: str
    unit: str
    role: Role
    round: int
    assigned_at: datetime
    state: AssignmentState = AssignmentState.ASSIGNED
    signed_at: datetime | None = None
    contacted_at: datetime | None = None
    answered_at: datetime | None = None
    replied_at: datetime | None = None
    released_at: datetime | None = None
    before_return: AssignmentState = AssignmentState.ASSIGNED
    returns: list[ReturnRequest] = field(default_factory=list)
    # How often, and when last, the lead or the office pressed this co-unit.
    pressed: int = 0
    pressed_at: datetime | None = None
    # The step of the ladder that named the unit: it must handle, and may not return.
    fixed_by: str = ""
    # How the citizen was answered the last time: "phone", "sms", "visit" or "app".
    answered_by: str = ""

    @property
    def is_lead(self) -> bool:
        return self.role is not Role.CO

    @property
    def is_active(self) -> bool:
        return self.state is not AssignmentState.RELEASED

    @property
    def returned_late(self) -> bool:
        """Whether it has opened a dispute, or waited when one was opened, by a return that came after its limit."""
        return bool(self.returns) and self.returns[-1].outcome == "disputed" and self.returns[-1].late

    @property
    def pending_return(self) -> ReturnRequest | None:
        if self.state is not AssignmentState.RETURN_REQUESTED:
            return None
        return self.returns[-1]

    def move(self, state: AssignmentState) -> None:
        ASSIGNMENT.check(self.state, state)
        self.state = state
