"""What people may say to notify, field by field as in the proto, and what they see."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from chassis.message import City, Command, Name, OptionalCode, OptionalName, Query
from services.notify.domain.message import Message, State

Reason = Annotated[str, Field(pattern=r"^([a-z][a-z_]{0,39})?$")]
"""A code: it is published, and words could tell of whom."""


class AcknowledgeCall(Command):
    name: Name


class ResolveMessage(Command):
    name: Name
    decision: Literal["send_again", "failed"]
    reason: Reason = ""


class GetMessage(Query):
    name: Name


class ListMessages(Query):
    city: City
    case: OptionalName = ""
    state: Annotated[State | None, Field(strict=False)] = None
    page_size: Annotated[int, Field(ge=0, le=200)] = 0
    page_token: OptionalCode = ""


@dataclass(frozen=True)
class MessageView:
    """A message as people see it."""

    name: str
    state: State
    medium: str
    template: str
    audience: str
    recipient: str
    text: str
    case: str
    attempts: int
    create_time: datetime
    send_time: datetime
    version: int


@dataclass(frozen=True)
class ListMessagesView:
    messages: list[MessageView] = field(default_factory=list)
    next_page_token: str = ""


def view_of(message: Message) -> MessageView:
    return MessageView(
        name=f"cities/{message.city}/messages/{message.id}",
        state=message.state,
        medium=message.medium,
        template=message.template,
        audience=message.audience,
        recipient=message.recipient,
        text=message.text,
        case=f"cities/{message.city}/cases/{message.case_id}" if message.case_id else "",
        attempts=message.attempts,
        create_time=message.queued_at,
        send_time=message.handed_over_at or message.send_at,
        version=message.version,
    )
