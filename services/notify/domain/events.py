"""What notify tells the others. Without a case the subject is the message's resource name."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _AboutMessage(Event):
    message_id: str
    case_id: str
    work_order_id: str

    @property
    def subject(self) -> str:
        return self.case_id or f"cities/{self.city}/messages/{self.message_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(_AboutMessage):
    template: str
    provider: str
    attempts: int
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(_AboutMessage):
    template: str
    provider: str
    attempts: int
    reason: str
    failed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAcknowledged(_AboutMessage):
    unit: str
    acknowledged_at: datetime
