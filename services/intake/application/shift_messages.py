"""The commands and queries about shifts, hand-overs and promises; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import City, Code, Command, Instant, Name, OptionalCode, Query
from services.intake.domain.promises import PromiseKind
from services.intake.domain.shifts import SeatMode

Version = Annotated[int, Field(ge=0)]
PageSize = Annotated[int, Field(ge=0, le=200)]
# The telephone system's own code of it, as in Call.seat, never a name.
SeatCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:-]{1,40}$")]


class BeginShift(Command):
    city: City
    shift: Code


class SetSeat(Command):
    name: Name
    seat: SeatCode
    mode: Annotated[SeatMode, Field(strict=False)]


class OfferShift(Command):
    name: Name
    version: Version = 0


class TakeOverShift(Command):
    name: Name
    shift: Code
    version: Version = 0


class EndShift(Command):
    name: Name
    version: Version = 0


class GetShift(Query):
    name: Name


class ListShifts(Query):
    city: City
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class ListHandedOver(Query):
    name: Name
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class ListOpenItems(Query):
    city: City
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class MakePromise(Command):
    case: Name
    kind: Annotated[PromiseKind, Field(strict=False)]
    due_time: Instant


class EndPromise(Command):
    name: Name
    needless: bool = False
    version: Version = 0
