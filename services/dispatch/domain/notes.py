"""What an order keeps beside its assignments: extensions, clocks, files, sealed texts, the reply."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Sealed
from services.dispatch.domain.states import PASSING, Bar, ExtensionState, HandOverMode, Light, PassingState, Route


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
class Passing:
    """转办: a unit has passed its part on to a section or a town below it, and stays responsible."""

    id: str
    assignment_id: str
    section: str
    # The unit, or the section above, that passed it on and gets the reply.
    by: str
    passed_at: datetime
    state: PassingState = PassingState.PASSED_ON
    # Name of the handler; sealed with the service's own key.
    handler: bytes = b""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is PassingState.PASSED_ON

    def end(self, state: PassingState, now: datetime) -> None:
        PASSING.check(self.state, state)
        self.state, self.ended_at = state, now


@dataclass
class HandedOver:
    """移交: to which tenant an order went, and the order that was opened there."""

    city: str
    linked_order_id: str
    mode: HandOverMode
    # Rule and article, as codes.
    basis: str
    at: datetime
    # "", "answered", "refused" or "ended".
    outcome: str = ""


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
    # Of the unit: the section that handled it, and the leader who reviewed the reply; sealed as the handler.
    section: bytes = b""
    reviewed_by: bytes = b""
    # Of complaints and reports: the decision to file; its date as YYYY-MM-DD, its document as an attachment's id.
    filing: str = ""
    filing_number: Sealed | None = None
    filing_date: str = ""
    filing_document: str = ""
    not_filed_reason: Sealed | None = None
    # Of a redo: the pack's class, and what the unit states of its performance.
    redo_class: str = ""
    statement: Sealed | None = None
    accepted_at: datetime | None = None
    # When the unit's leader approved it, or sent it in person, where the pack asks for that.
    leader_reviewed_at: datetime | None = None

    @property
    def texts(self) -> list[Sealed | None]:
        """All that is sealed to the citizen."""
        return [self.result, self.legal_basis, self.filing_number, self.not_filed_reason, self.statement]

    def erase(self) -> None:
        self.result = self.legal_basis = self.filing_number = self.not_filed_reason = self.statement = None


@dataclass
class Draft:
    """What the handler would reply, while the unit's leader has not approved it or the citizen is not answered yet."""

    reply: Reply
    approved_at: datetime | None = None


@dataclass
class Statement:
    """What a unit states against a dissatisfied rating; its words and evidence are notes of the order."""

    unit: str
    round: int
    claim: str
    at: datetime


@dataclass
class EndProposal:
    """不再办理, as the unit proposes it; "" while it waits, then "agreed", "refused" or "withdrawn"."""

    assignment_id: str
    unit: str
    round: int
    ground: str
    next_authority: str
    proposed_at: datetime
    outcome: str = ""
    decided_at: datetime | None = None
