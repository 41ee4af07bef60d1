"""Events of the supervision ledger; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionOpened(Event):
    """督办, by a rule of the pack or by hand."""

    case_id: str
    pack: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    methods: tuple[str, ...]
    written_reply: bool
    opened_by: str
    rule: str
    article: str
    round: int
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionAnswered(Event):
    """The unit has replied in writing."""

    case_id: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionClosed(Event):
    """The finding of a supervisor, or of the rule that had opened it."""

    case_id: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    finding: str
    why: str
    closes_case: bool
    closed_at: datetime
