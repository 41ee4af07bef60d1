"""Commands and queries about numbers that are kept from the telephone; fields as in the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import City, Code, Command, Instant, Line, Name, OptionalCode, Query
from services.intake.application.messages import Version
from services.intake.domain.restriction import RestrictionState

AtMost = Field(max_length=50)


class RestrictCaller(Command):
    city: City
    calls: Annotated[list[Name], AtMost] = []
    cases: Annotated[list[Name], AtMost] = []
    ground: Code
    reason: Line
    end_time: Instant


class LiftRestriction(Command):
    name: Name
    reason: Line
    version: Version = 0


class ListRestrictions(Query):
    city: City
    state: Annotated[RestrictionState | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class CheckCaller(Query):
    city: City
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
