"""What happened, and the file of one clock with what a lawyer finds in it. Nothing here is taken from services/sla."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.law.pack import Facts, Own, Rule, Timing


@dataclass
class Happened:
    """What another service tells; instants are local. `told` holds the event's own fields by name."""

    type: str
    at: datetime
    told: dict[str, Any]

    def says(self, name: str) -> Any:
        return self.told.get(name)


@dataclass
class Clock:
    """The file of one clock."""

    rule: Rule
    facts: Facts
    started: datetime
    timing: Timing
    watched: str
    round: int
    occurrence: int
    order: str = ""
    assignment: str = ""
    first_due: datetime | None = None
    pending: set[str] = field(default_factory=set)
    """What was asked in time and is not decided yet."""
    judged: datetime | None = None
    """When the unit acted, by its own act."""
    cancelled: datetime | None = None
    dropped: bool = False
    """It should never have run: the corrected facts do not ask for it."""
    excused: bool = False
    """Force majeure is on record."""
    voided: bool = False
    overdue_return: bool = False
    granted: dict[str, int] = field(default_factory=dict)
    """Working days of extensions, by order."""
    used: int = 0
    """Extensions granted, or asked for, as the pack counts them."""
    upstream: datetime | None = None
    """The deadline of the platform that sent the case, past which no extension goes."""
    own: dict[str, Own] = field(default_factory=dict)
    """Limits that the case has for itself, by ground."""
    restarted: datetime | None = None
    """The act from which the limit counts too, if that is earlier."""
    ended_in_silence: bool = False

    @property
    def is_over(self) -> bool:
        ended = self.dropped or self.voided or self.ended_in_silence
        return ended or self.judged is not None or self.cancelled is not None

    @property
    def key(self) -> str:
        return f"{self.rule.kind} {self.watched} round {self.round}, {self.occurrence}."

    @property
    def days_granted(self) -> int:
        """Of several orders of a case the longest counts, not the sum."""
        return max(self.granted.values(), default=0)

    def last_extension(self) -> datetime | None:
        """Until when another extension may be asked for; never, once they are used up."""
        count = (self.rule.extension or {}).get("count")
        return None if count and self.used >= count else self.timing.last_extension

    def is_overdue(self, at: datetime) -> bool:
        """A limit that nobody is to decide about has passed, and nothing excuses it."""
        return at > self.timing.due and not self.pending and not self.excused

    def state(self, now: datetime) -> str:
        """What is to be said of it now."""
        if self.voided or (self.judged is not None and self.judged > self.timing.due and self.excused):
            return "voided"
        if self.judged is not None:
            return "met" if self.judged <= self.timing.due else "late"
        if self.dropped or self.cancelled is not None or self.ended_in_silence:
            return "cancelled"
        if self.pending:
            return "held"
        if now >= self.timing.due:
            return "breached"
        return "warned" if now >= self.timing.warn and not self.rule.window else "running"

    def breach_stands(self, now: datetime) -> bool:
        """A limit that was passed stays passed, unless the act or the end turn out to have come before it."""
        if self.excused or self.dropped:
            return False
        if self.rule.window:
            return self.judged is not None and self.judged > self.timing.due
        if self.judged is not None:
            return self.judged > self.timing.due
        if self.pending:
            return False
        # What ended at the last instant ended in time.
        return self.cancelled > self.timing.due if self.cancelled is not None else now >= self.timing.due
