"""Commands and queries about matters that are handled at a partner's; fields as in the proto requests."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.message import City, Command, Line, Name, OptionalLine, Query
from services.intake.application.messages import Purpose, Version
from services.intake.domain.parts import PartnerDecision

PartnerNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:/-]{1,64}$")]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Identity = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9A-Za-z]{6,20})?$")]
Told = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


class TellPartnerMatter(Command):
    city: City
    number: PartnerNumber
    phone: Phone = ""
    identity_number: Identity = ""
    person_name: OptionalLine = ""
    subject: Line
    text: Told = ""
    place: OptionalLine = ""


class EndPartnerMatter(Command):
    city: City
    number: PartnerNumber


class FindHotlineMatters(Query):
    city: City
    phone: Phone
    subject: Line
    text: Told = ""
    purpose: Purpose


class FindPartnerMatters(Query):
    name: Name


class WeighPartnerMatter(Command):
    name: Name
    matter: Name
    decision: Annotated[PartnerDecision, Field(strict=False)]
    reason: OptionalLine = ""
    version: Version = 0
