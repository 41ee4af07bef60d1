"""A policy that a unit leads in implementing: it must be explained in the knowledge base (S24-36 art. 25)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.knowledge.domain.errors import EffectiveTimeTooFar
from services.knowledge.domain.events import PolicyRegistered

YEARS = 5


@dataclass(kw_only=True)
class Policy:
    id: str
    city: str
    unit: str
    title: str
    effective_at: datetime
    registered_at: datetime
    version: int = 0

    def registered(self) -> PolicyRegistered:
        """Raises EffectiveTimeTooFar."""
        if abs(self.effective_at - self.registered_at) > timedelta(days=365 * YEARS):
            raise EffectiveTimeTooFar(field="effective_time", effective=f"{self.effective_at:%Y-%m-%d}", years=YEARS)
        return PolicyRegistered(
            city=self.city,
            policy_id=self.id,
            unit=self.unit,
            title=self.title,
            effective_at=self.effective_at,
            registered_at=self.registered_at,
        )
