"""Commands and queries about what goes to the police."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.message import City, Command, Line, Name, OptionalCode, Query, Text
from services.intake.domain.clue import ClueState

Version = Annotated[int, Field(ge=0)]
# The number of a receipt: no room for a name.
Receipt = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z ._:/#+-]{0,99}$")]


class HandOverClue(Command):
    name: Name
    evidence: Text
    version: Version = 0


class AcknowledgeClue(Command):
    name: Name
    receipt: Receipt
    version: Version = 0


class ConcludeClue(Command):
    name: Name
    result: Literal["punished", "warned", "not_established", "not_taken"]
    version: Version = 0


class ListClues(Query):
    city: City
    state: Annotated[ClueState | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class RevealClue(Query):
    name: Name
    purpose: Line
