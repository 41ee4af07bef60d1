"""What is kept of a clock, and what it says of itself."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chassis.domain import Step
from services.sla.domain.beyond import Beyond
from services.sla.domain.events import ClockStarted
from services.sla.domain.facts import Facts
from services.sla.domain.life import FINAL, State
from services.sla.domain.own_limits import OwnLimit
from services.sla.domain.reminder import Reminder
from services.sla.domain.rules import Judges, Kpi, Watches


@dataclass
class ClockRecord:
    """All that is kept of one limit that runs. All instants are UTC."""

    id: str
    city: str
    pack: str
    kind: str
    watches: Watches
    watched_id: str
    round: int
    occurrence: int
    judges: Judges
    kpi: Kpi
    window: bool
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    rule: str
    article: str
    limit: str
    calendar: str
    provisional: bool
    # What was left of the limit where the published calendar ended.
    beyond: Beyond | None = None
    # The kind of clock of the same order before whose deadline this one lies; None: an older version did not say.
    ahead_of: str | None = None
    last_extension_at: datetime | None = None
    # The first deadline, once it has been moved.
    first_due_at: datetime | None = None
    case_id: str = ""
    policy_id: str = ""
    call_id: str = ""
    article_id: str = ""
    work_order_id: str = ""
    assignment_id: str = ""
    unit: str = ""
    role: str = ""
    category: str = ""
    item: str = ""
    emergency_class: str = ""
    citizen_reachable: bool = True
    # Limits that the case has for itself, and the deadline that an upstream platform gave with it.
    own: list[OwnLimit] = field(default_factory=list)
    upstream_due_at: datetime | None = None
    # Where its limit and extensions end, while a moment that somebody has set governs instead.
    counted_due_at: datetime | None = None
    # The act from which its limit counts too, where that ends earlier.
    restarted_at: datetime | None = None
    # Working days granted, by work order.
    extended: dict[str, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    state: State = State.RUNNING
    holds: list[str] = field(default_factory=list)
    warned: bool = False
    reminder: Reminder | None = None
    # How many extensions were granted, or applied for, as the pack counts them.
    grants: int = 0
    judged_at: datetime | None = None
    stopped_at: datetime | None = None
    # When what a case waits for was done, by a publisher who cannot know whether we have heard of its acceptance anew.
    acts: list[datetime] = field(default_factory=list)
    late_return: bool = False
    # Force majeure was recorded: its breach is void.
    excused: bool = False
    # The order left the unit in a way that no rate counts, whatever the unit had done by then.
    left_out: bool = False
    explain_only: bool = False
    # The ground of the supervision that it watches.
    supervision: str = ""
    # When the citizen said in a return visit that nobody had called.
    denied_at: datetime | None = None
    # Of the event that started it: its lights belong to the same.
    trace: str = ""
    version: int = 0

    @property
    def natural_key(self) -> str:
        """One clock for each; the key of its KPI fact."""
        return f"{self.watches}/{self.watched_id}/{self.kind}/{self.round}/{self.occurrence}"

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL

    @property
    def counted(self) -> datetime:
        """The deadline, whatever moment somebody has set."""
        return self.counted_due_at or self.due_at

    @property
    def facts(self) -> Facts:
        """What it keeps of the facts of its start."""
        return Facts(
            category=self.category,
            item=self.item,
            emergency_class=self.emergency_class,
            round=self.round,
            explain_only=self.explain_only,
            citizen_reachable=self.citizen_reachable,
            role=self.role,
            supervision=self.supervision,
        )

    @property
    def next_at(self) -> datetime | None:
        """When the timer must look at it; nothing runs while it is held."""
        if self.state not in (State.RUNNING, State.WARNED):
            return None
        light = self.state is State.RUNNING and not self.warned and not self.window
        coming = self.warn_at if light else self.due_at
        waits = self.reminder is not None and not self.reminder.done
        return min(coming, self.reminder.at) if self.reminder and waits else coming

    def started(self) -> ClockStarted:
        return ClockStarted(
            **self.named(),
            round=self.round,
            occurrence=self.occurrence,
            started_at=self.started_at,
            due_at=self.due_at,
            warn_at=self.warn_at,
            last_extension_at=self.last_extension_at,
            **self.limited(),
            steps=self.steps,
            provisional=self.provisional,
        )

    def limited(self) -> dict[str, Any]:
        """What it is measured by."""
        amount, _, unit = self.limit.partition(" ")
        return {"rule": self.rule, "article": self.article, "limit_unit": unit, "limit_amount": int(amount)}

    def named(self) -> dict[str, Any]:
        """How every event of it names it."""
        return {
            "city": self.city,
            "case_id": self.case_id,
            "clock_id": self.id,
            "kind": self.kind,
            "work_order_id": self.work_order_id,
            "assignment_id": self.assignment_id,
            "unit": self.unit,
            "policy_id": self.policy_id,
            "call_id": self.call_id,
            "article_id": self.article_id,
            "supervision_id": self.watched_id if self.watches is Watches.SUPERVISION else "",
        }
