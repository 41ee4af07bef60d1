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
from chassis.regulations import CODE
from services.dispatch.domain.states import (
    Bar,
    DisputeState,
    Finding,
    HandledAs,
    ResultKind,
    ReturnKind,
    State,
    SupervisionFinding,
    SupervisionState,
)
from services.dispatch.domain.supervision_rules import Method as SupervisionMethod

Version = Annotated[int, Field(ge=0)]
Method = Annotated[str, Field(pattern=r"^(phone|sms|visit|app)$")]
# The reference of a call record or message: no room for a name.
Proof = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z ._:/#+-]{0,99}$")]
# A code: it is published and shown, and words could tell of whom.
Ground = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
# A rule of the catalogue and its articles, as in "F16-24 20" or "P18-04, 7, 10(2)": no words either.
_ARTICLE = r"[0-9]{1,3}(\([0-9]{1,2}\))?"
Cited = Annotated[str, Field(pattern=rf"^{CODE}-[0-9]{{2}}[a-z]?,? {_ARTICLE}(, {_ARTICLE}){{0,9}}$")]
# A unit of the city or a code of AUTHORITIES.
Competent = Annotated[str, Field(pattern=r"^([0-9a-z][0-9a-z_-]{0,63})?$")]
WorkingDays = Annotated[int, Field(ge=1, le=250)]
CoUnits = Annotated[list[str], Field(max_length=20)]
# Kinds of clocks, in the pack's words.
Clocks = Annotated[list[Ground], Field(min_length=1, max_length=20)]
Participants = Annotated[list[Code], Field(max_length=30)]
PageSize = Annotated[int, Field(ge=0, le=200)]


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


class SubmitReply(Command):
    name: Name
    result: OptionalText = ""
    legal_basis: OptionalText = ""
    handler: OptionalLine = ""
    result_kind: Annotated[ResultKind, Field(strict=False)]


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


class GetWorkOrder(Query):
    name: Name


class ListWorkOrders(Query):
    city: City
    state: Annotated[State | None, Field(strict=False)] = None
    unit: OptionalCode = ""
    page_size: PageSize = 0
    page_token: OptionalCode = ""
    case: OptionalName = ""


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
