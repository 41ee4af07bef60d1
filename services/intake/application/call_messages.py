"""The commands and queries about calls; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import City, Code, Command, Instant, Name, OptionalCode, OptionalLine, OptionalName, Query
from services.intake.application.messages import Purpose, Version
from services.intake.domain.calls import BackState, Direction, Outcome

# It is kept in clear: an id of the telephone system's own making, never the number.
SourceId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:@-]{1,100}$")]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class RecordCall(Command):
    city: City
    call_id: SourceId
    line: Code
    direction: Annotated[Direction, Field(strict=False)]
    outcome: Annotated[Outcome, Field(strict=False)]
    phone: Phone = ""
    seat: OptionalCode = ""
    queue_time: Instant
    answer_time: Instant | None = None
    end_time: Instant
    recording: OptionalLine = ""


class LinkCall(Command):
    name: Name
    case: Name


class RecordCallBack(Command):
    name: Name
    reached: bool = False
    version: Version = 0


class GetCall(Query):
    name: Name


class ListCalls(Query):
    city: City
    call_back: Annotated[BackState | None, Field(strict=False)] = None
    outcome: Annotated[Outcome | None, Field(strict=False)] = None
    case: OptionalName = ""
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class RevealCaller(Query):
    name: Name
    purpose: Purpose
