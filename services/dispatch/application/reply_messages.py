"""The commands and queries about replies and the closing form; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field

from chassis.message import Command, Line, Name, OptionalCode, OptionalLine, OptionalText, Query, Text
from services.dispatch.application.message_fields import Competent, Ground, SeenVersion, Version
from services.dispatch.domain.states import Filing, Finding, ResultKind

Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class SubmitReply(Command):
    name: Name
    result: OptionalText = ""
    legal_basis: OptionalText = ""
    handler: OptionalLine = ""
    result_kind: Annotated[ResultKind, Field(strict=False)]
    section: OptionalLine = ""
    reviewed_by: OptionalLine = ""
    filing: Annotated[Filing, Field(strict=False)] = Filing.UNSAID
    filing_number: OptionalLine = ""
    filing_date: Day = ""
    filing_document: OptionalCode = ""
    not_filed_reason: OptionalText = ""
    redo_class: OptionalCode = ""
    statement: OptionalText = ""


class ApproveReply(Command):
    name: Name
    reviewed_by: OptionalLine = ""
    version: SeenVersion


class RejectReply(Command):
    name: Name
    reason: Text
    version: SeenVersion


class SubmitStatement(Command):
    name: Name
    claim: Annotated[Finding, Field(strict=False)]
    statement: OptionalText = ""
    evidence: OptionalText = ""


class ProposeEnd(Command):
    name: Name
    ground: Ground
    next_authority: Competent = ""
    reason: Text


class RefuseEnd(Command):
    name: Name
    reason: Text
    version: Version = 0


class GetClosingForm(Query):
    name: Name
    purpose: Line


class GetCitizenClosingForms(Query):
    name: Name
