"""The commands and queries of IntakeService; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.attachments import MAX_VIDEO_BYTES
from chassis.message import (
    City,
    Code,
    Command,
    Instant,
    Line,
    Message,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalText,
    Query,
    Text,
)
from services.intake.application.clue_messages import (
    AcknowledgeClue,
    ConcludeClue,
    HandOverClue,
    ListClues,
    RevealClue,
)
from services.intake.application.office_messages import (
    BroadcastProgress,
    DeclareMassEvent,
    EndMassEvent,
    JoinMassEvent,
    ListMassEventProposals,
    ListMassEvents,
    MarkCase,
    SplitOffCase,
    UnmarkCase,
)
from services.intake.domain.correcting import MOST_DAYS
from services.intake.domain.numbers import normalise_number
from services.intake.domain.pack import Confidentiality
from services.intake.domain.revisiting import Why
from services.intake.domain.states import Channel, State

# Of a file of their own, and found here with the others.
__all__ = [
    "AcknowledgeClue",
    "BroadcastProgress",
    "ConcludeClue",
    "DeclareMassEvent",
    "EndMassEvent",
    "HandOverClue",
    "JoinMassEvent",
    "ListClues",
    "ListMassEventProposals",
    "ListMassEvents",
    "MarkCase",
    "RevealClue",
    "SplitOffCase",
    "UnmarkCase",
]

AnyChannel = Annotated[Channel, Field(strict=False)]
# Names of facts, never words of people: they travel in clear.
AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
Attributes = Annotated[dict[AttributeName, Line], Field(max_length=20)]
Version = Annotated[int, Field(ge=0)]
Written = Annotated[str, StringConstraints(max_length=60)]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-fA-F]{64})?$")]
CitedArticle = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,4}(\([0-9]{1,2}\))?)?$")]
LimitUnit = Annotated[str, StringConstraints(pattern=r"^(working_day|calendar_day|working_hour|clock_hour)?$")]
DialledNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,12}$")]
KnownSha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]


class CallerFields(Message):
    name: OptionalLine = ""
    phone: OptionalLine = ""
    address: OptionalLine = ""
    identity_number: OptionalLine = ""


class UpstreamFields(Message):
    platform: OptionalCode = ""
    number: OptionalCode = ""
    due_time: Instant | None = None


class RegisterCase(Command):
    city: City
    channel: AnyChannel
    category: OptionalCode = ""
    subject: Line
    text: Text
    caller: CallerFields = CallerFields()
    item: OptionalCode = ""
    area: OptionalCode = ""
    respondent_unit: OptionalCode = ""
    emergency_class: OptionalCode = ""
    attributes: Attributes = {}
    own_rights_claim: bool = False
    confidentiality: Annotated[Confidentiality | None, Field(strict=False)] = None
    upstream: UpstreamFields | None = None
    said_time: Instant | None = None
    dialled_number: Annotated[str, StringConstraints(pattern=r"^([0-9]{3,12})?$")] = ""


class AcceptCase(Command):
    name: Name
    category: OptionalCode = ""
    item: OptionalCode = ""
    area: OptionalCode = ""
    emergency_class: OptionalCode = ""
    attributes: Attributes = {}
    version: Version = 0
    repeated_case: OptionalName = ""


class AnswerCase(Command):
    name: Name
    article: OptionalName = ""
    answer: OptionalText = ""
    version: Version = 0


class RefuseCase(Command):
    name: Name
    ground: Code
    next_authority: OptionalLine = ""
    version: Version = 0


class TransferCase(Command):
    name: Name
    line: Code
    version: Version = 0


class JoinCase(Command):
    name: Name
    main_case: Name
    version: Version = 0


class WithdrawCase(Command):
    name: Name
    reason: OptionalText = ""
    version: Version = 0


class UrgeCase(Command):
    name: Name


class SupplementCase(Command):
    name: Name
    text: Annotated[Text, StringConstraints(max_length=2_000)]


class CorrectCase(Command):
    name: Name
    category: Code | None = None
    item: OptionalCode | None = None
    area: OptionalCode | None = None
    emergency_class: OptionalCode | None = None
    version: Version = 0


class SetCaseLimit(Command):
    name: Name
    ground: Code
    rank: OptionalCode = ""
    title: OptionalLine = ""
    article: CitedArticle = ""
    limit_amount: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0
    limit_unit: LimitUnit = ""
    due_time: Instant | None = None
    version: Version = 0


class LiftCaseLimit(Command):
    name: Name
    ground: Code
    version: Version = 0


class _ByNumber(Message):
    number: Written = ""

    @property
    def city_of(self) -> str:
        """A number tells its city; one that cannot be a number tells none."""
        number = normalise_number(self.number) if self.number else None
        return number[:6] if number else super().city_of


class RateCase(_ByNumber, Command):
    name: OptionalName = ""
    phone: Written = ""
    solved: bool | None = None
    call_score: OptionalCode = ""
    handling_score: OptionalCode = ""
    comment: OptionalText = ""


class RecordRevisit(Command):
    name: Name
    reached: bool = False
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None


class ListRevisitsDue(Query):
    city: City
    why: Annotated[Why | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class UploadAttachment(Command):
    # The pipeline hashes the request as JSON, which knows no bytes.
    model_config = ConfigDict(ser_json_bytes="base64")

    parent: Name
    filename: Line
    content: bytes
    sha256: Sha256 = ""


class DownloadAttachment(Query):
    name: Name


class StartAttachmentUpload(Command):
    parent: Name
    filename: Line
    size_bytes: Annotated[int, Field(ge=1, le=MAX_VIDEO_BYTES)]
    sha256: KnownSha256


class FinishAttachmentUpload(Command):
    parent: Name
    upload: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class GetAttachmentLink(Query):
    name: Name


class GetCase(Query):
    name: Name


class ListCases(Query):
    city: City
    state: Annotated[State | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


class LookUpNumber(Query):
    city: City
    number: DialledNumber
    time: Instant | None = None


class ListNumbers(Query):
    city: City
    time: Instant | None = None


class LookUpProgress(_ByNumber, Query):
    phone: Written = ""


class RevealContact(Query):
    name: Name
    purpose: Purpose


class RevealText(Query):
    name: Name
    purpose: Purpose


class EraseCitizen(Command):
    name: Name
    reason: Purpose
