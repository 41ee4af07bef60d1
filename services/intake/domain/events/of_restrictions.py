"""Numbers that are kept from the telephone for a short time; the subject is the restriction."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRestriction(Event):
    restriction_id: str

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/restrictions/{self.restriction_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerRestricted(_OfRestriction):
    pack: str
    citizen_id: str
    citizen_reachable: bool
    ground: str
    basis: str
    # For people, in Chinese: the ground by its name, the regulation with its article, where to complain.
    reason: str
    cited: str
    appeal: str
    restricted_by: str
    restricted_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLifted(_OfRestriction):
    pack: str
    citizen_id: str
    citizen_reachable: bool
    lifted_by: str
    lifted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionErased(_OfRestriction):
    erased_at: datetime
