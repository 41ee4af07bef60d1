"""Commands and queries about cases that are watched, and about many cases of one matter."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import (
    City,
    Code,
    Command,
    Instant,
    Line,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalText,
    Query,
    Text,
)
from services.intake.domain.mass_event import MassState

Version = Annotated[int, Field(ge=0)]


class MarkCase(Command):
    name: Name
    kind: Code
    document: OptionalLine = ""
    due_time: Instant | None = None
    version: Version = 0


class UnmarkCase(Command):
    name: Name
    kind: Code
    version: Version = 0


class SplitOffCase(Command):
    name: Name
    version: Version = 0


class ListMassEventProposals(Query):
    city: City
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class ListMassEvents(Query):
    city: City
    state: Annotated[MassState | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class DeclareMassEvent(Command):
    city: City
    main_case: Name
    title: Line
    seat_script: Annotated[Text, StringConstraints(max_length=1_000)]
    voice_notice: Annotated[OptionalText, StringConstraints(max_length=500)] = ""
    proposal: OptionalName = ""


class JoinMassEvent(Command):
    name: Name
    case: Name
    version: Version = 0


class BroadcastProgress(Command):
    name: Name
    text: Annotated[Text, StringConstraints(max_length=300)]
    version: Version = 0


class EndMassEvent(Command):
    name: Name
    version: Version = 0
