"""The notice before the last moment at which a unit may return an order or ask for more time."""

from dataclasses import dataclass
from datetime import datetime

from services.sla.domain.rules import Asks


@dataclass(slots=True)
class Reminder:
    """One for each last moment: a new deadline brings a new one."""

    of: Asks
    at: datetime
    last_at: datetime
    done: bool = False

    def fire(self, now: datetime) -> bool:
        """Whether it is to be told, once and never early; what can no longer be asked for is not reminded of."""
        if self.done or self.at > now:
            return False
        self.done = True
        return now < self.last_at
