"""Commands and queries about experts; fields as in the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import (
    City,
    Code,
    Command,
    Instant,
    Line,
    Message,
    Name,
    OptionalCode,
    OptionalName,
    OptionalText,
    Query,
)
from services.intake.application.messages import Version
from services.intake.domain.expert import ExpertState
from services.intake.domain.parts import ExpertOutcome, ExpertReached

WorkPhone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+][0-9 -]{2,19}$")]
"""Also an extension of the hotline's own switchboard."""
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
DayOfWeek = Annotated[int, Field(ge=1, le=7)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=20)]
PageSize = Annotated[int, Field(ge=0, le=200)]


class ExpertHours(Message):
    days: Annotated[list[DayOfWeek], Field(min_length=1, max_length=7)]
    start: TimeOfDay
    end: TimeOfDay


class NameExpert(Command):
    city: City
    unit: Code
    person_name: Line
    phone: WorkPhone
    reached: Annotated[ExpertReached, Field(strict=False)]
    categories: Annotated[list[Code], Field(max_length=20)] = []
    keywords: Annotated[list[Word], Field(max_length=50)] = []
    hours: Annotated[list[ExpertHours], Field(max_length=14)] = []
    start_time: Instant | None = None
    end_time: Instant | None = None


class EndExpert(Command):
    name: Name
    reason: Line
    version: Version = 0


class ListExperts(Query):
    city: City
    unit: OptionalCode = ""
    state: Annotated[ExpertState | None, Field(strict=False)] = None
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class FindExperts(Query):
    city: City
    case: OptionalName = ""
    category: OptionalCode = ""
    unit: OptionalCode = ""


class RecordExpertCall(Command):
    name: Name
    expert: Name
    outcome: Annotated[ExpertOutcome, Field(strict=False)]
    answer: OptionalText = ""
    version: Version = 0


class ListExpertFigures(Query):
    city: City
    unit: OptionalCode = ""
    start_time: Instant
    end_time: Instant
