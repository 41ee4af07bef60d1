"""The commands and queries about disputes and supervisions; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field

from chassis.message import City, Code, Command, Name, OptionalCode, OptionalName, OptionalText, Query, Text
from services.dispatch.application.message_fields import CoUnits, Ground, PageSize, Participants, Version
from services.dispatch.domain.states import DisputeState, SupervisionFinding, SupervisionState
from services.dispatch.domain.supervision_rules import Method as SupervisionMethod


class OpenDispute(Command):
    name: Name
    ground: Ground
    step: OptionalCode = ""
    participants: Participants = []
    reason: OptionalText = ""
    version: Version = 0
    hazard: bool = False


class AdvanceDispute(Command):
    name: Name
    step: Code
    participants: Participants = []
    reason: OptionalText = ""


class RecordDisputeStep(Command):
    name: Name
    record: Text
    present: Participants = []


class SettleDispute(Command):
    name: Name
    lead: Code
    co_units: CoUnits = []
    decided_by: OptionalCode = ""
    record: Text


class GetDispute(Query):
    name: Name


class ListDisputes(Query):
    city: City
    state: Annotated[DisputeState | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""


class OpenSupervision(Command):
    name: Name
    ground: Code
    methods: Annotated[list[Annotated[SupervisionMethod, Field(strict=False)]], Field(max_length=10)] = []
    unit: OptionalCode = ""
    reason: Text


class AnswerSupervision(Command):
    name: Name
    answer: Text


class CloseSupervision(Command):
    name: Name
    finding: Annotated[SupervisionFinding, Field(strict=False)]
    reason: Text


class GetSupervision(Query):
    name: Name


class ListSupervisions(Query):
    city: City
    state: Annotated[SupervisionState | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    ground: OptionalCode = ""
    work_order: OptionalName = ""
    overdue: bool = False
    page_size: PageSize = 0
    page_token: OptionalCode = ""
