"""What callers get to see; the fields are those of the proto messages."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.domain.case import Case
from services.intake.domain.parts import (
    Attachment,
    CaseLimit,
    ExpertOutcome,
    ExpertReached,
    PartnerDecision,
    PartnerLink,
    ProgressLine,
)
from services.intake.domain.states import Channel, State


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    name: str
    filename: str
    media_type: str
    size_bytes: int
    sha256: str
    create_time: datetime


@dataclass(frozen=True, kw_only=True)
class AttachmentContentView:
    attachment: AttachmentView
    content: bytes


@dataclass(frozen=True, kw_only=True)
class UploadView:
    upload: str
    url: str
    fields: dict[str, str]
    expire_time: datetime


@dataclass(frozen=True, kw_only=True)
class AttachmentLinkView:
    attachment: AttachmentView
    url: str
    expire_time: datetime


@dataclass(frozen=True, kw_only=True)
class SupplementView:
    create_time: datetime
    masked_text: str


@dataclass(frozen=True, slots=True)
class CaseLimitView:
    ground: str
    rank: str
    title: str
    article: str
    limit_amount: int
    limit_unit: str
    due_time: datetime | None
    set_time: datetime


@dataclass(frozen=True, slots=True)
class AttentionMarkView:
    kind: str
    document: str
    set_by: str
    set_time: datetime


@dataclass(frozen=True, slots=True)
class MarkChangeView:
    kind: str
    change: str
    document: str
    changed_by: str
    change_time: datetime


@dataclass(frozen=True, slots=True)
class PartnerLinkView:
    matter: str
    platform: str
    number: str
    decision: PartnerDecision
    reason: str
    weighed_by: str
    weigh_time: datetime


@dataclass(frozen=True, slots=True)
class ExpertCallView:
    expert: str
    unit: str
    reached: ExpertReached
    outcome: ExpertOutcome
    asked_by: str
    ask_time: datetime


@dataclass(frozen=True, kw_only=True)
class CaseView:
    name: str
    number: str
    state: State
    channel: Channel
    category: str
    subject: str
    masked_text: str
    item: str
    area: str
    emergency_class: str
    pack: str
    citizen: str
    create_time: datetime
    accept_time: datetime | None
    outcome: str
    basis: str
    next_authority: str
    reply: str
    attachments: list[AttachmentView]
    round: int
    version: int
    urgings: int
    supplements: list[SupplementView]
    own_limits: list[CaseLimitView] = field(default_factory=list)
    dialled_number: str = ""
    attention_marks: list[AttentionMarkView] = field(default_factory=list)
    mark_changes: list[MarkChangeView] = field(default_factory=list)
    joined_cases: int = 0
    expert_calls: list[ExpertCallView] = field(default_factory=list)
    partner_links: list[PartnerLinkView] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SuggestionView:
    article: str
    title: str
    snippet: str
    score: float


@dataclass(frozen=True, kw_only=True)
class SimilarView:
    name: str
    number: str
    subject: str
    score: float


@dataclass(frozen=True, kw_only=True)
class CasesView:
    cases: list[CaseView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    number: str
    state: State
    category: str
    accept_time: datetime | None
    due_time: datetime | None
    lines: list[ProgressLine]
    reply: str
    can_rate: bool


@dataclass(frozen=True, kw_only=True)
class ContactView:
    name: str = ""
    phone: str = ""
    address: str = ""
    identity_number: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseTextView:
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ErasedView:
    cases: int


def case_name(city: str, id: str) -> str:
    return f"cities/{city}/cases/{id}"


# A leader's instruction is seen by right; whom it concerns otherwise reads the deadline.
OPEN_GROUNDS = frozenset({"other_law", "agreement"})


def saved(case: Case, *, to_staff: bool = False, marks: Collection[str] = ()) -> CaseView:
    """With the version that the save at the end of the transaction will give."""
    return shown(case, version=case.version + 1, to_staff=to_staff, marks=marks)


def shown(
    case: Case,
    *,
    version: int | None = None,
    reply: str = "",
    to_staff: bool = False,
    marks: Collection[str] = (),
) -> CaseView:
    """`marks`: the kinds of attention marks that the caller may see."""
    return CaseView(
        name=case_name(case.city, case.id),
        number=case.number,
        state=case.state,
        channel=case.channel,
        category=case.category,
        subject=case.masked_subject,
        masked_text=case.masked_text,
        item=case.item,
        area=case.area,
        emergency_class=case.emergency_class,
        pack=case.pack,
        citizen=f"citizens/{case.citizen_id}",
        create_time=case.registered_at,
        accept_time=case.accepted_at,
        outcome=case.outcome,
        basis=case.basis,
        next_authority=case.next_authority,
        reply=reply,
        attachments=[attachment_view(case, a) for a in case.attachments],
        round=case.round,
        version=case.version if version is None else version,
        urgings=case.urgings,
        supplements=[SupplementView(create_time=s.at, masked_text=s.masked_text) for s in case.supplements],
        own_limits=[_limit_view(one) for one in case.own_limits if to_staff or one.ground in OPEN_GROUNDS],
        dialled_number=case.dialled,
        attention_marks=[
            AttentionMarkView(m.kind, m.document, m.by, m.set_at) for m in case.attention.marks if m.kind in marks
        ],
        mark_changes=[
            MarkChangeView(c.kind, c.change, c.document, c.by, c.at) for c in case.attention.changes if c.kind in marks
        ],
        joined_cases=case.joined_cases if to_staff else 0,
        expert_calls=[
            ExpertCallView(f"cities/{case.city}/experts/{c.expert_id}", c.unit, c.reached, c.outcome, c.by, c.at)
            for c in case.expert_calls
            if to_staff
        ],
        partner_links=[_link_view(case, link) for link in case.partner_links if to_staff],
    )


def _link_view(case: Case, link: PartnerLink) -> PartnerLinkView:
    name = f"cities/{case.city}/partnerMatters/{link.matter_id}"
    return PartnerLinkView(name, link.platform, link.number, link.decision, link.reason, link.by, link.at)


def _limit_view(limit: CaseLimit) -> CaseLimitView:
    return CaseLimitView(
        ground=limit.ground,
        rank=limit.rank,
        title=limit.title,
        article=limit.article,
        limit_amount=limit.amount,
        limit_unit=limit.unit,
        due_time=limit.due_at,
        set_time=limit.set_at,
    )


def attachment_view(case: Case, attachment: Attachment, filename: str = "") -> AttachmentView:
    """The name of a file may tell a person; it is opened for those who download it."""
    return AttachmentView(
        name=f"{case_name(case.city, case.id)}/attachments/{attachment.id}",
        filename=filename or f"{attachment.id[:8]}.{attachment.media_type.rpartition('/')[2]}",
        media_type=attachment.media_type,
        size_bytes=attachment.size_bytes,
        sha256=attachment.sha256,
        create_time=attachment.added_at,
    )
