"""Commands and queries about contested facts; fields are named as in protos/huying/sla/v1/sla.proto."""

from typing import Annotated

from pydantic import Field

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
from services.sla.domain.appeals import AppealState, ExclusionState
from services.sla.domain.counted import FactKind

Kind = Annotated[FactKind, Field(strict=False)]
Round = Annotated[int, Field(ge=0, le=99)]
PageSize = Annotated[int, Field(ge=0, le=200)]


class FileAppeal(Command):
    case: Name
    kind: Kind
    work_order: OptionalName = ""
    clock: OptionalCode = ""
    round: Round = 0
    due_time: Instant | None = None
    reason: Text
    evidence: OptionalText = ""


class DecideAppeal(Command):
    name: Name
    decision: Annotated[AppealState, Field(strict=False)]
    reason: OptionalCode = ""
    basis: OptionalLine = ""
    explanation: Text


class GetAppeal(Query):
    name: Name


class ListAppeals(Query):
    city: City
    state: Annotated[AppealState | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class ExcludeFact(Command):
    case: Name
    kind: Kind
    work_order: OptionalName = ""
    unit: OptionalCode = ""
    clock: OptionalCode = ""
    round: Round = 0
    due_time: Instant | None = None
    reason: Code
    basis: Line


class LiftExclusion(Command):
    name: Name
    reason: Line


class ListExclusions(Query):
    city: City
    state: Annotated[ExclusionState | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    reason: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""
