"""The commands and queries about the people of a unit; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import City, Command, Line, Message, Name, OptionalCode, OptionalLine, Query
from services.dispatch.application.message_fields import PageSize, Version
from services.dispatch.domain.staff import Part

Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9+][0-9 -]{4,19})?$")]


class StaffPerson(Message):
    part: Annotated[Part, Field(strict=False)]
    name: Line
    post: OptionalLine = ""
    staffing: OptionalLine = ""
    office_phone: Number = ""
    mobile: Number = ""


class RegisterUnitStaff(Command):
    name: Name
    section: OptionalLine = ""
    persons: Annotated[list[StaffPerson], Field(max_length=30)]
    version: Version = 0


class GetUnitStaff(Query):
    name: Name
    purpose: Line


class ListUnitStaffing(Query):
    city: City
    incomplete: bool = False
    page_size: PageSize = 0
    page_token: OptionalCode = ""
