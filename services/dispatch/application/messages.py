"""The commands and queries of DispatchService; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field

from chassis.message import (
    City,
    Code,
    Command,
    Line,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalText,
    Query,
    Text,
)
from services.dispatch.application.message_fields import (
    Cited,
    Clocks,
    Competent,
    CoUnits,
    Ground,
    Method,
    PageSize,
    Proof,
    Version,
    WorkingDays,
)
from services.dispatch.application.office_messages import (
    AdvanceDispute,
    AnswerSupervision,
    CloseSupervision,
    GetDispute,
    GetSupervision,
    ListDisputes,
    ListSupervisions,
    OpenDispute,
    OpenSupervision,
    RecordDisputeStep,
    SettleDispute,
)
from services.dispatch.application.reply_messages import (
    ApproveReply,
    GetCitizenClosingForms,
    GetClosingForm,
    ProposeEnd,
    RefuseEnd,
    RejectReply,
    SubmitReply,
    SubmitStatement,
)
from services.dispatch.domain.states import (
    Bar,
    Finding,
    HandledAs,
    ReturnKind,
    State,
)

# Of a file of their own, and found here with the others.
__all__ = [
    "AdvanceDispute",
    "AnswerSupervision",
    "ApproveReply",
    "CloseSupervision",
    "GetCitizenClosingForms",
    "GetClosingForm",
    "GetDispute",
    "GetSupervision",
    "ListDisputes",
    "ListSupervisions",
    "OpenDispute",
    "OpenSupervision",
    "ProposeEnd",
    "RecordDisputeStep",
    "RefuseEnd",
    "RejectReply",
    "SettleDispute",
    "SubmitReply",
    "SubmitStatement",
]


class DispatchWorkOrder(Command):
    name: Name
    lead: Code
    co_units: CoUnits = []
    reason: OptionalText = ""
    version: Version = 0


class RecallWorkOrder(Command):
    name: Name
    reason: Text
    version: Version = 0


class EndWorkOrder(Command):
    name: Name
    ground: Ground
    basis: Cited
    next_authority: Competent = ""
    version: Version = 0


class SignAssignment(Command):
    name: Name
    version: Version = 0


class RecordContact(Command):
    name: Name
    method: Method
    proof: Proof


class ReportProgress(Command):
    name: Name
    note: Text


class AnswerCitizen(Command):
    name: Name
    method: Method
    proof: Proof


class RequestReturn(Command):
    name: Name
    kind: Annotated[ReturnKind, Field(strict=False)]
    reason: OptionalText = ""
    basis: OptionalText = ""
    suggested_unit: OptionalCode = ""


class AgreeReturn(Command):
    name: Name
    lead: OptionalCode = ""
    reason: OptionalText = ""


class RefuseReturn(Command):
    name: Name
    ground: Code
    reason: Text


class RequestExtension(Command):
    name: Name
    working_days: WorkingDays
    reason: OptionalText = ""
    agreed_by: OptionalLine = ""


class FileLongCycle(Command):
    name: Name
    working_days: WorkingDays
    reason: OptionalText = ""
    basis: OptionalText = ""
    confirmed_by: OptionalLine = ""


class AllowExtension(Command):
    name: Name
    bar: Annotated[Bar, Field(strict=False)]
    reason: Text


class RecordExplanation(Command):
    name: Name
    method: Method
    proof: Proof


class GrantExtension(Command):
    name: Name


class RefuseExtension(Command):
    name: Name
    reason: Text


class RecordForceMajeure(Command):
    name: Name
    clocks: Clocks
    reason: OptionalText = ""
    evidence: OptionalText = ""
    version: Version = 0


class ChangeLead(Command):
    name: Name
    lead: Code
    keep_former: bool = False
    reason: Text
    version: Version = 0


class PressCoUnit(Command):
    name: Name
    note: OptionalText = ""


class SubmitCoReply(Command):
    name: Name
    result: Text


class SendBackReply(Command):
    name: Name
    reason: Text
    version: Version = 0


class CompleteWorkOrder(Command):
    name: Name
    version: Version = 0
    handled_as: Annotated[HandledAs, Field(strict=False)] = HandledAs.ORDINARY


class VerifyRating(Command):
    name: Name
    finding: Annotated[Finding, Field(strict=False)]
    evidence: OptionalText = ""


class GetWorkOrder(Query):
    name: Name


class ListWorkOrders(Query):
    city: City
    state: Annotated[State | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""
    case: OptionalName = ""


class FollowOrders(Query):
    city: City
    cursor: OptionalCode = ""
    page_size: Annotated[int, Field(ge=0, le=100)] = 0


class RevealCitizenContact(Query):
    name: Name
    purpose: Line


class RevealCitizenText(Query):
    name: Name
    purpose: Line


class RevealPassages(Query):
    name: Name
    purpose: Line
    page_size: PageSize = 0
    page_token: Annotated[str, Field(pattern=r"^[0-9]{0,6}$")] = ""


class ExplainRoute(Query):
    name: Name


class PreviewRoute(Query):
    city: City
    category: OptionalCode = ""
    item: OptionalCode = ""
    area: OptionalCode = ""
    respondent_unit: OptionalCode = ""
    emergency_class: OptionalCode = ""
    attributes: Annotated[dict[Code, Line], Field(max_length=20)] = {}
    text: OptionalText = ""


class ListUnits(Query):
    city: City
    page_size: PageSize = 0
    page_token: OptionalCode = ""
