"""Calls; the subject is the call."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfCall(Event):
    call_id: str

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/calls/{self.call_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecorded(_OfCall):
    pack: str
    line: str
    direction: str
    outcome: str
    seat: str
    queued_at: datetime
    answered_at: datetime | None
    ended_at: datetime
    # A call-back is owed from the end of the call.
    call_back: bool
    recorded_at: datetime
    # The number was restricted as it called.
    restricted_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRecorded(_OfCall):
    attempt: int
    reached: bool
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackEnded(_OfCall):
    how: str
    ended_at: datetime
