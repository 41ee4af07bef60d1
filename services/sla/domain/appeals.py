"""申诉、剔除: a unit contests a fact of its figures; an excluded fact is in neither number of the rates it concerns."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chassis.domain import DomainError, Event, Transitions
from services.sla.domain.calendar import local
from services.sla.domain.counted import Fact
from services.sla.domain.events import AppealDecided, AppealFiled, ExclusionLifted, FactExcluded


class AppealState(StrEnum):
    FILED = "filed"
    GRANTED = "granted"
    REFUSED = "refused"


class ExclusionState(StrEnum):
    IN_FORCE = "in_force"
    LIFTED = "lifted"


APPEAL = Transitions(
    {AppealState.FILED: {AppealState.GRANTED, AppealState.REFUSED}},
    final={AppealState.GRANTED, AppealState.REFUSED},
)
# A fact whose exclusion was lifted may be excluded again: that is another exclusion.
EXCLUSION = Transitions({ExclusionState.IN_FORCE: {ExclusionState.LIFTED}}, final={ExclusionState.LIFTED})


class AppealTooLate(DomainError):
    """The time that the pack gives has passed."""

    zh = "申诉期限已于 {last} 届满（{basis}）"
    en = "the time for an appeal ended at {last} ({basis})"


class AlreadyAppealed(DomainError):
    """Each fact is appealed against once."""

    zh = "该事实已提出过申诉"
    en = "the fact has been appealed against already"


class AlreadyExcluded(DomainError):
    """The fact is in no rate as it is."""

    zh = "该事实已被剔除，不计入统计"
    en = "the fact is excluded already"


@dataclass
class Appeal:
    """One per fact. What people wrote is sealed with the service's own key, and gone when the citizen is erased."""

    id: str
    city: str
    fact: Fact
    filed_at: datetime
    last_at: datetime
    filed_by: bytes
    reason: bytes
    evidence: bytes
    state: AppealState = AppealState.FILED
    decided_at: datetime | None = None
    decided_by: bytes = b""
    explanation: bytes = b""
    exclusion_id: str = ""
    exclusion_reason: str = ""
    version: int = 0

    def filed(self, basis: str) -> Event:
        """Raises AppealTooLate."""
        if self.filed_at > self.last_at:
            raise AppealTooLate(last=f"{local(self.last_at):%Y-%m-%d %H:%M}", basis=basis)
        return AppealFiled(**self.fact.named(), appeal_id=self.id, filed_at=self.filed_at)

    def grant(self, exclusion: "Exclusion", *, by: bytes, explanation: bytes, now: datetime) -> Event:
        self.exclusion_id, self.exclusion_reason = exclusion.id, exclusion.reason
        return self._decide(AppealState.GRANTED, by, explanation, now)

    def refuse(self, *, by: bytes, explanation: bytes, now: datetime) -> Event:
        """The fact goes on counting."""
        return self._decide(AppealState.REFUSED, by, explanation, now)

    def erase(self) -> None:
        """What was written may tell of the citizen."""
        self.reason = self.evidence = self.explanation = b""

    def _decide(self, state: AppealState, by: bytes, explanation: bytes, now: datetime) -> Event:
        APPEAL.check(self.state, state)
        self.state, self.decided_at, self.decided_by, self.explanation = state, now, by, explanation
        return AppealDecided(**self.fact.named(), appeal_id=self.id, outcome=str(state), decided_at=now)


@dataclass
class Exclusion:
    """One fact left out of the figures from `excluded_at` until it is lifted: figures of before are not changed."""

    id: str
    city: str
    fact: Fact
    # A code of the pack's assessment.yaml, and what it rests on; numbers in it are masked.
    reason: str
    basis: str
    excluded_at: datetime
    excluded_by: bytes
    appeal_id: str = ""
    state: ExclusionState = ExclusionState.IN_FORCE
    lifted_at: datetime | None = None
    lifted_by: bytes = b""
    lift_reason: str = ""
    version: int = 0

    @property
    def in_force(self) -> bool:
        return self.state is ExclusionState.IN_FORCE

    def excluded(self) -> Event:
        return FactExcluded(
            **self.fact.named(),
            exclusion_id=self.id,
            reason=self.reason,
            appeal_id=self.appeal_id,
            excluded_at=self.excluded_at,
        )

    def lift(self, reason: str, *, by: bytes, now: datetime) -> Event:
        """The fact counts again."""
        EXCLUSION.check(self.state, ExclusionState.LIFTED)
        self.state, self.lifted_at, self.lifted_by, self.lift_reason = ExclusionState.LIFTED, now, by, reason
        return ExclusionLifted(**self.fact.named(), exclusion_id=self.id, reason=self.reason, lifted_at=now)

    def erase(self) -> None:
        """The words of both; the code of the reason stays."""
        self.basis = self.lift_reason = ""
