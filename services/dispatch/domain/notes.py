"""What an order keeps beside its assignments: extensions, clocks, files, sealed texts, the reply."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Sealed
from services.dispatch.domain.states import Bar, ExtensionState, Light, Route


@dataclass
class Extension:
    """延期, filed or applied for; the leader who agreed is sealed with the service's own key."""

    id: str
    assignment_id: str
    round: int
    working_days: int
    filed_at: datetime
    state: ExtensionState = ExtensionState.PENDING
    reason: Sealed | None = None
    agreed_by: bytes = b""
    decided_at: datetime | None = None
    route: Route = Route.ORDINARY
    # Of a long cycle: the rules that it rests on, and the unit's main leader, who confirmed it.
    basis: Sealed | None = None
    confirmed_by: bytes = b""
    # Bars that a supervisor had lifted for it.
    allowed: list[Bar] = field(default_factory=list)
    # When the unit explained it to the citizen.
    explained_at: datetime | None = None


@dataclass
class Allowance:
    """破例: a supervisor lets a unit ask for one extension that the pack would refuse; who, is sealed."""

    assignment_id: str
    bar: Bar
    at: datetime
    by: bytes
    # The application that used it up.
    extension_id: str = ""


@dataclass
class ForceMajeure:
    """不可抗力, as a supervisor recorded it for one round; who, is sealed."""

    round: int
    clocks: list[str]
    at: datetime
    by: bytes


@dataclass
class ClockNote:
    """What sla told of one clock, as far as dispatch shows it or decides by it."""

    kind: str
    assignment_id: str
    due_at: datetime
    last_extension_at: datetime | None = None
    limit_unit: str = ""
    limit_amount: int = 0
    light: Light = Light.GREEN


@dataclass
class AttachmentNote:
    """A file of the case or of this order; intake keeps it, and its name with it."""

    id: str
    media_type: str
    size_bytes: int


@dataclass
class Note:
    """A sealed text of a unit or of the review."""

    kind: str
    by: str
    at: datetime
    text: Sealed | None
    # The unit that the office decided about.
    to: str = ""


@dataclass
class Reply:
    """办理结果: the lead's answer with its closing form; the handler is sealed with the service's own key."""

    assignment_id: str
    result: Sealed | None
    legal_basis: Sealed | None
    handler: bytes
    result_kind: str
    submitted_at: datetime
