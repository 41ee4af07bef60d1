"""What is heard of numbers that are kept from the telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class OfRestriction(Protocol):
    @property
    def restriction_id(self) -> str: ...
    @property
    def city(self) -> str: ...


class OfCaller(OfRestriction, Protocol):
    @property
    def pack(self) -> str: ...
    @property
    def citizen_id(self) -> str: ...
    @property
    def citizen_reachable(self) -> bool: ...


@dataclass(frozen=True)
class CallerRestricted:
    restriction_id: str
    city: str
    pack: str
    citizen_id: str
    ends_at: datetime
    citizen_reachable: bool = False
    reason: str = ""
    cited: str = ""
    appeal: str = ""


@dataclass(frozen=True)
class RestrictionLifted:
    restriction_id: str
    city: str
    pack: str
    citizen_id: str
    citizen_reachable: bool = False


@dataclass(frozen=True)
class RestrictionErased:
    restriction_id: str
    city: str
