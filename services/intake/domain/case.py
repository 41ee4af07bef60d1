"""A case (诉求): what a citizen wants, from the first contact to the rating. Its texts are masked or sealed."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.attachments import check_room
from chassis.domain import Event, Sealed, StepNotAllowed
from services.intake.domain import errors, events, parts, progress
from services.intake.domain.pack import Confidentiality, IntakePack
from services.intake.domain.parts import Attachment, Order, OrderState, ProgressLine, Rating, Supplement, Upstream
from services.intake.domain.states import LIFE, OPEN, Channel, State

TEXT, SUBJECT, ANSWER, COMMENT = "case.text", "case.subject", "case.answer", "case.comment"
FILENAME, REASON, REPLY = "case.filename", "case.reason", "case.reply"


@dataclass
class Case:
    id: str
    city: str
    pack: str
    channel: Channel
    category: str
    citizen_id: str
    citizen_key: bytes
    reachable: bool
    named: bool
    masked_subject: str
    masked_text: str
    sealed_subject: Sealed | None
    sealed_text: Sealed | None
    registered_at: datetime
    said_at: datetime
    # What this caller said of themselves; the citizen, who may be an office with one telephone, keeps the newest.
    contact: dict[str, Sealed] = field(default_factory=dict)
    confidentiality: Confidentiality = Confidentiality.NORMAL
    state: State = State.REGISTERED
    version: int = 0
    number: str = ""
    item: str = ""
    area: str = ""
    respondent_unit: str = ""
    emergency_class: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    own_rights_claim: bool = False
    # The number that the caller dialled, where it was that of another line.
    dialled: str = ""
    upstream: Upstream | None = None
    accepted_at: datetime | None = None
    outcome: str = ""
    basis: str = ""
    next_authority: str = ""
    article_id: str = ""
    main_case_id: str = ""
    repeated_case_id: str = ""
    expert_calls: list[parts.ExpertCall] = field(default_factory=list)
    partner_links: list[parts.PartnerLink] = field(default_factory=list)
    answer: Sealed | None = None
    reason: Sealed | None = None
    due_at: datetime | None = None
    round: int = 1
    orders: list[Order] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    lines: list[ProgressLine] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    own_limits: list[parts.CaseLimit] = field(default_factory=list)
    attention: parts.Attention = field(default_factory=parts.Attention)
    # How many follow it.
    joined_cases: int = 0
    revisits: int = 0
    visits: parts.Visits = field(default_factory=parts.Visits)
    urgings: int = 0
    supplements: list[Supplement] = field(default_factory=list)
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: bool = False
    erased: bool = False

    def _move_to(self, state: State) -> None:
        LIFE.check(self.state, state)
        self.state = state

    def note(self, what: str, at: datetime) -> None:
        """A line of progress for the citizen."""
        self.lines = progress.added(self.lines, progress.line(what, at))

    # -- the seat's decision -----------------------------------------------------------------------------------------

    def accept(self, pack: IntakePack, *, number: str, now: datetime) -> list[Event]:
        """受理. Raises AnonymousOwnRightsClaim where the pack refuses those."""
        self._check_anonymity(pack)
        if self.state is State.TRANSFERRED:
            self._check_transfer_goes_on(pack)
        self._move_to(State.ACCEPTED)
        self.number, self.accepted_at, self.closed_at = self.number or number, now, None
        self.outcome = self.main_case_id = ""
        self.note("accepted", now)
        return [self._accepted(now)]

    def _check_anonymity(self, pack: IntakePack) -> None:
        rule = pack.anonymity
        if rule.own_rights_claims == "refused" and self.own_rights_claim and not (self.named and self.reachable):
            raise errors.AnonymousOwnRightsClaim(field="caller", basis=str(rule.basis), ground=rule.ground)

    def _check_transfer_goes_on(self, pack: IntakePack) -> None:
        allowed = self.emergency_class and pack.emergency_class(self.emergency_class).also_transfer
        if not allowed:
            # Only where the pack dispatches what it transfers (P18 art. 22(4)); elsewhere a transfer is the end.
            raise StepNotAllowed(state=self.state, step=State.ACCEPTED)

    def _accepted(self, now: datetime) -> events.CaseAccepted:
        upstream = self.upstream or Upstream("", "")
        return events.CaseAccepted(
            case_id=self.id,
            city=self.city,
            pack=self.pack,
            number=self.number,
            channel=self.channel,
            category=self.category,
            item=self.item,
            area=self.area,
            respondent_unit=self.respondent_unit,
            emergency_class=self.emergency_class,
            attributes=dict(self.attributes),
            confidentiality=self.confidentiality,
            upstream_platform=upstream.platform,
            upstream_number=upstream.number,
            upstream_due_at=upstream.due_at,
            citizen_id=self.citizen_id,
            citizen_key=self.citizen_key,
            citizen_reachable=self.reachable,
            masked_text=self.masked_text,
            sealed_text=self.sealed_text,
            registered_at=self.registered_at,
            accepted_at=now,
            masked_subject=self.masked_subject,
            attachments=tuple(
                events.AttachedFile(attachment_id=a.id, media_type=a.media_type, size_bytes=a.size_bytes)
                for a in self.attachments
                if a.owner == "case"
            ),
            explain_only=bool(self.repeated_case_id),
            repeated_case_id=self.repeated_case_id,
            attention_marks=tuple(mark.kind for mark in self.attention.marks),
        )

    def refuse(self, pack: IntakePack, code: str, *, next_authority: str, now: datetime) -> list[Event]:
        """不予受理, explained in the pack's words. Raises UnknownGround, GroundNotForEmergencies."""
        ground = pack.ground(code)
        if ground.never_in_emergency and self.emergency_class:
            raise errors.GroundNotForEmergencies(field="ground", ground=ground.code)
        self._move_to(State.REFUSED)
        self.outcome, self.basis = ground.code, str(ground.basis)
        self.next_authority, self.closed_at = next_authority or ground.next_authority, now
        return [
            events.CaseRefused(
                case_id=self.id,
                city=self.city,
                pack=self.pack,
                category=self.category,
                channel=self.channel,
                ground=ground.code,
                basis=self.basis,
                next_authority=self.next_authority,
                citizen_id=self.citizen_id,
                citizen_reachable=self.reachable,
                refused_at=now,
                reason=ground.text.zh,
                cited=pack.cited(self.basis),
                guidance=f"请向{next_authority}反映。" if next_authority else ground.script.zh,
            )
        ]

    def answer_now(self, *, article_id: str, answer: Sealed | None, now: datetime) -> list[Event]:
        """Answered during the contact."""
        self._move_to(State.ANSWERED)
        self.article_id, self.answer, self.outcome, self.closed_at = article_id, answer, "answered", now
        return [
            events.CaseAnswered(
                case_id=self.id,
                city=self.city,
                pack=self.pack,
                category=self.category,
                channel=self.channel,
                article_id=article_id,
                answered_at=now,
            )
        ]

    def transfer(self, line: str, *, now: datetime) -> list[Event]:
        """一键转接."""
        self._move_to(State.TRANSFERRED)
        self.outcome, self.closed_at = line, now
        return [
            events.CaseTransferred(
                case_id=self.id,
                city=self.city,
                pack=self.pack,
                category=self.category,
                channel=self.channel,
                line=line,
                transferred_at=now,
            )
        ]

    def join(self, main: "Case", *, number: str, now: datetime) -> list[Event]:
        """Follows the case that it repeats. Raises CannotJoinItself, MainCaseNotOpen."""
        if main.id == self.id:
            raise errors.CannotJoinItself(field="main_case")
        if main.state not in OPEN:
            raise errors.MainCaseNotOpen(field="main_case")
        self._move_to(State.JOINED)
        self.main_case_id, self.number, self.outcome = main.id, self.number or number, "joined"
        self.note("joined", now)
        return [self._joined(now)]

    def follow_instead(self, main: "Case", *, now: datetime) -> list[Event]:
        """The main case was withdrawn; another of those that followed it leads now."""
        self.main_case_id = main.id
        return [self._joined(now)]

    def go_on_alone(self, *, now: datetime) -> list[Event]:
        """The case that it followed was withdrawn: it is handled for itself."""
        self._move_to(State.ACCEPTED)
        self.outcome, self.main_case_id, self.accepted_at = "", "", now
        self.leave_orders()
        self.note("accepted", now)
        return [self._accepted(now)]

    def leave_orders(self) -> None:
        """Dispatch ends them because the case joined, and may tell so only after it has gone on alone."""
        for order in self.orders:
            if order.state is OrderState.OPEN:
                order.state = OrderState.ENDED

    def _joined(self, now: datetime) -> events.CaseJoined:
        return events.CaseJoined(
            case_id=self.id,
            city=self.city,
            pack=self.pack,
            category=self.category,
            channel=self.channel,
            main_case_id=self.main_case_id,
            citizen_id=self.citizen_id,
            citizen_reachable=self.reachable,
            joined_at=now,
            number=self.number,
        )

    def withdraw(self, pack: IntakePack, *, reason: Sealed | None, now: datetime) -> list[Event]:
        """Raises HazardIsHandledOn for the pack's emergency classes."""
        if self.emergency_class in pack.withdrawal.handled_on:
            raise errors.HazardIsHandledOn()
        self._move_to(State.WITHDRAWN)
        self.outcome, self.reason, self.closed_at = "withdrawn", reason, now
        self.note("withdrawn", now)
        return [events.CaseWithdrawn(case_id=self.id, city=self.city, citizen_id=self.citizen_id, withdrawn_at=now)]

    # -- what belongs to it ------------------------------------------------------------------------------------------

    def check_attachable(self) -> None:
        """Raises NoMoreAttachments once the case is over."""
        if self.state in LIFE.final or self.state is State.CLOSED:
            raise errors.NoMoreAttachments()

    def attach(self, attachment: Attachment) -> list[Event]:
        """Raises NoMoreAttachments, TooManyAttachments: files may be on their way at the same time."""
        self.check_attachable()
        check_room(len(self.attachments))
        self.attachments.append(attachment)
        return [
            events.AttachmentAdded(
                case_id=self.id,
                city=self.city,
                attachment_id=attachment.id,
                owner=attachment.owner,
                media_type=attachment.media_type,
                size_bytes=attachment.size_bytes,
                sha256=attachment.sha256,
                added_at=attachment.added_at,
            )
        ]

    def order(self, id: str) -> Order | None:
        return next((o for o in self.orders if o.id == id), None)

    def is_assigned(self, unit: str) -> bool:
        """Whether a unit has, or has had, a part in this round and may see what it needs (never what is hidden)."""
        return any(unit in o.units for o in self.orders if o.state is not OrderState.ENDED)

    def erase(self, *, now: datetime) -> list[Event]:
        """Forgets every word of the citizen; the facts that statistics need stay."""
        self.masked_subject = self.masked_text = ""
        self.attributes, self.contact, self.attachments, self.supplements, self.partner_links = {}, {}, [], [], []
        self.sealed_subject = self.sealed_text = self.answer = self.reason = None
        self.citizen_key, self.reachable, self.erased = b"", False, True
        for order in self.orders:
            order.reply = None
        self.ratings = [replace(rating, comment=None) for rating in self.ratings]
        return [events.CitizenErased(case_id=self.id, city=self.city, citizen_id=self.citizen_id, erased_at=now)]
