"""Commands and queries about reports and circulars; fields are named as in protos/huying/sla/v1/sla.proto."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.message import City, Code, Command, Instant, Line, Name, OptionalCode, OptionalText, Query
from services.sla.domain.circulars import CircularState

PageSize = Annotated[int, Field(ge=0, le=200)]


class MakeSpecialReport(Command):
    city: City
    title: Line
    start_time: Instant
    end_time: Instant
    unit: OptionalCode = ""
    category: OptionalCode = ""
    kpis: Annotated[list[Code], Field(max_length=20)] = []


class GetReport(Query):
    name: Name


class ListReports(Query):
    city: City
    kind: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class ListCircularGrounds(Query):
    city: City
    start_time: Instant
    end_time: Instant


class Naming(BaseModel):
    """A unit that people name, on a ground of the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Code
    ground: Code
    words: OptionalText = ""


class DrawUpCircular(Command):
    city: City
    title: Line
    text: OptionalText = ""
    start_time: Instant
    end_time: Instant
    named: Annotated[list[Naming], Field(max_length=200)] = []


class PublishCircular(Command):
    name: Name


class WithdrawCircular(Command):
    name: Name
    reason: Line


class GetCircular(Query):
    name: Name


class ListCirculars(Query):
    city: City
    state: Annotated[CircularState | None, Field(strict=False)] = None
    page_size: PageSize = 0
    page_token: OptionalCode = ""
