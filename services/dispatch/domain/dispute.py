"""The question whose an order is (权责争议): who takes part, which steps were taken, who must take it."""

from dataclasses import dataclass, field
from datetime import datetime

from services.dispatch.domain.states import DISPUTE, DisputeState


@dataclass
class StepTaken:
    """One step of the ladder; what was written at it stands among the sealed notes of the order."""

    code: str
    begun_at: datetime
    recorded_at: datetime | None = None
    present: list[str] = field(default_factory=list)


@dataclass
class Dispute:
    id: str
    city: str
    case_id: str
    work_order_id: str
    # Of the order when it was opened.
    round: int
    ground: str
    opened_at: datetime
    participants: list[str]
    steps: list[StepTaken]
    by_rule: bool = False
    # The unit whose return opened it.
    asked_by: str = ""
    # The unit that makes the place safe meanwhile (F16 art. 19).
    made_safe_by: str = ""
    state: DisputeState = DisputeState.OPEN
    records: int = 0
    lead: str = ""
    co_units: list[str] = field(default_factory=list)
    decided_by: str = ""
    closed_at: datetime | None = None
    version: int = 0

    @property
    def current(self) -> StepTaken:
        return self.steps[-1]

    def taken(self, code: str) -> bool:
        return any(step.code == code for step in self.steps)

    def involves(self, unit: str) -> bool:
        return bool(unit) and unit in {*self.participants, self.lead, *self.co_units}

    def invite(self, units: list[str]) -> None:
        """Each once, in the order of their coming."""
        self.participants = list(dict.fromkeys([*self.participants, *units]))

    def close(self, state: DisputeState, now: datetime) -> None:
        DISPUTE.check(self.state, state)
        self.state, self.closed_at = state, now
