"""Escalation: an emergency is phoned up the ladder until somebody acknowledges it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chassis.domain import Transitions
from services.notify.domain.events import CallAcknowledged
from services.notify.domain.message import Audience


class EscalationState(StrEnum):
    RINGING = "ringing"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    STOPPED = "stopped"


LIFE = Transitions(
    {
        EscalationState.RINGING: {
            EscalationState.ACKNOWLEDGED,
            EscalationState.EXHAUSTED,
            EscalationState.STOPPED,
        },
        EscalationState.EXHAUSTED: {EscalationState.ACKNOWLEDGED, EscalationState.STOPPED},
    },
    final={EscalationState.ACKNOWLEDGED, EscalationState.STOPPED},
)


@dataclass
class Rung:
    """One step of the ladder: whose telephone rings."""

    audience: Audience
    recipient: str
    place: int = 0


@dataclass
class Escalation:
    """One per assignment of an emergency order; the first rung is called when it begins."""

    id: str
    city: str
    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    number: str
    patience_minutes: int
    ladder: list[Rung]
    version: int = 0
    state: EscalationState = EscalationState.RINGING
    step: int = 0
    due_at: datetime | None = None
    called: list[str] = field(default_factory=list)
    ended_at: datetime | None = None
    trace: str = ""
    """Of the event that began it."""

    @property
    def rung(self) -> Rung:
        return self.ladder[self.step]

    def ring(self, *, message_id: str, now: datetime) -> None:
        """The present rung is called now, and given its minutes to answer."""
        self.called.append(message_id)
        self.due_at = now + timedelta(minutes=self.patience_minutes)

    def climb(self, *, now: datetime) -> Rung | None:
        """Nobody acknowledged in time: the next rung, or none after the last."""
        if self.step + 1 >= len(self.ladder):
            self._end(EscalationState.EXHAUSTED, now)
            return None
        self.step += 1
        return self.rung

    def acknowledge(self, *, now: datetime) -> CallAcknowledged:
        """Somebody on duty knows, by key or by signing; the ringing stops."""
        self._end(EscalationState.ACKNOWLEDGED, now)
        return CallAcknowledged(
            message_id=self.called[-1], case_id=self.case_id, city=self.city, work_order_id=self.work_order_id,
            unit=self.unit, acknowledged_at=now,
        )  # fmt: skip

    def stop(self, *, now: datetime) -> None:
        """The order was taken from the unit; nobody needs to be called."""
        self._end(EscalationState.STOPPED, now)

    @property
    def open(self) -> bool:
        return self.state in {EscalationState.RINGING, EscalationState.EXHAUSTED}

    def _end(self, state: EscalationState, now: datetime) -> None:
        LIFE.check(self.state, state)
        self.state, self.due_at, self.ended_at = state, None, now
