"""The events of other services as sla sees them: one shape, since clocks ask every event the same few questions."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from services.sla.domain.rules import Watches


@dataclass(frozen=True)
class Assigned:
    """One assignment of a dispatched order."""

    assignment_id: str
    unit: str
    role: str


@dataclass(frozen=True)
class Happening:
    """What may be known of an event that touches clocks; fields are named as in the publishers' protos."""

    city: str
    case_id: str = ""
    pack: str = ""
    work_order_id: str = ""
    assignment_id: str = ""
    extension_id: str = ""
    supervision_id: str = ""
    policy_id: str = ""
    call_id: str = ""
    article_id: str = ""
    unit: str = ""
    role: str = ""
    round: int = 0
    category: str = ""
    item: str = ""
    area: str = ""
    main_case_id: str = ""
    emergency_class: str = ""
    kind: str = ""
    how: str = ""
    route: str = ""
    why: str = ""
    ground: str = ""
    finding: str = ""
    dispute_step: str = ""
    handled_as: str = ""
    late: bool = False
    explain_only: bool = False
    written_reply: bool = False
    call_back: bool = False
    citizen_reachable: bool | None = None
    working_days: int = 0
    # Kinds of clocks, where an event names some.
    clocks: list[str] = field(default_factory=list)
    assignments: list[Assigned] = field(default_factory=list)
    upstream_due_at: datetime | None = None
    # Corrected facts of the case, as they were.
    old_category: str = ""
    old_item: str = ""
    old_emergency_class: str = ""
    # Another limit of the case: what is cited, and how long it is or when it ends.
    rank: str = ""
    title: str = ""
    cited_article: str = ""
    limit_amount: int = 0
    limit_unit: str = ""
    due_at: datetime | None = None
    # The instants; each event has its own.
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    joined_at: datetime | None = None
    closed_at: datetime | None = None
    rated_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    contacted_at: datetime | None = None
    reported_at: datetime | None = None
    answered_at: datetime | None = None
    requested_at: datetime | None = None
    agreed_at: datetime | None = None
    refused_at: datetime | None = None
    released_at: datetime | None = None
    filed_at: datetime | None = None
    begun_at: datetime | None = None
    recorded_at: datetime | None = None
    settled_at: datetime | None = None
    granted_at: datetime | None = None
    submitted_at: datetime | None = None
    sent_back_at: datetime | None = None
    replied_at: datetime | None = None
    completed_at: datetime | None = None
    ended_at: datetime | None = None
    recalled_at: datetime | None = None
    opened_at: datetime | None = None
    verified_at: datetime | None = None
    ordered_at: datetime | None = None
    declined_at: datetime | None = None
    registered_at: datetime | None = None
    approved_at: datetime | None = None
    effective_at: datetime | None = None
    corrected_at: datetime | None = None
    set_at: datetime | None = None
    lifted_at: datetime | None = None
    handed_over_at: datetime | None = None
    linked_at: datetime | None = None
    returned_at: datetime | None = None
    proposed_at: datetime | None = None
    questioned_at: datetime | None = None
    expired_at: datetime | None = None


# The fields that a pack may name as the instant of a start or of an act.
INSTANTS = frozenset(part.name for part in fields(Happening) if part.name.endswith("_at")) - {"due_at"}

# Which field holds the instant of each event that packs may name.
INSTANT: dict[str, str] = {
    "intake.case_accepted": "accepted_at",
    "intake.case_withdrawn": "withdrawn_at",
    "intake.case_joined": "joined_at",
    "intake.case_closed": "closed_at",
    "intake.case_replied": "replied_at",
    "intake.case_rated": "rated_at",
    "intake.case_corrected": "corrected_at",
    "intake.case_limit_set": "set_at",
    "intake.case_limit_lifted": "lifted_at",
    "intake.call_recorded": "ended_at",
    "intake.call_back_ended": "ended_at",
    "dispatch.work_order_corrected": "corrected_at",
    "dispatch.work_order_dispatched": "dispatched_at",
    "dispatch.assignment_signed": "signed_at",
    "dispatch.citizen_contacted": "contacted_at",
    "dispatch.progress_reported": "reported_at",
    "dispatch.citizen_answered": "answered_at",
    "dispatch.return_requested": "requested_at",
    "dispatch.return_agreed": "agreed_at",
    "dispatch.return_refused": "refused_at",
    "dispatch.assignment_released": "released_at",
    "dispatch.extension_filed": "filed_at",
    "dispatch.extension_granted": "granted_at",
    "dispatch.extension_refused": "refused_at",
    "dispatch.co_reply_submitted": "submitted_at",
    "dispatch.reply_submitted": "submitted_at",
    "dispatch.reply_sent_back": "sent_back_at",
    "dispatch.work_order_completed": "completed_at",
    "dispatch.work_order_ended": "ended_at",
    "dispatch.work_order_recalled": "recalled_at",
    "dispatch.order_handed_over": "handed_over_at",
    "dispatch.work_order_linked": "linked_at",
    "dispatch.hand_over_returned": "returned_at",
    "dispatch.dispute_opened": "opened_at",
    "dispatch.dispute_step_begun": "begun_at",
    "dispatch.dispute_step_recorded": "recorded_at",
    "dispatch.dispute_settled": "settled_at",
    "dispatch.rating_verified": "verified_at",
    "dispatch.end_proposed": "proposed_at",
    "dispatch.end_refused": "refused_at",
    "dispatch.verification_opened": "opened_at",
    "dispatch.redo_ordered": "ordered_at",
    "dispatch.redo_declined": "declined_at",
    "dispatch.force_majeure_recorded": "recorded_at",
    "dispatch.supervision_opened": "opened_at",
    "dispatch.supervision_answered": "answered_at",
    "dispatch.supervision_closed": "closed_at",
    "knowledge.policy_registered": "registered_at",
    "knowledge.article_approved": "approved_at",
    "knowledge.article_questioned": "questioned_at",
    "knowledge.article_expired": "expired_at",
}


def watched_by(event: Happening, watches: Watches, assignment_id: str = "") -> str:
    """The id of what a clock of that event watches; of an assignment, the one that is given."""
    return {
        Watches.CASE: event.case_id,
        Watches.ORDER: event.work_order_id,
        Watches.ASSIGNMENT: assignment_id,
        Watches.EXTENSION: event.extension_id,
        Watches.SUPERVISION: event.supervision_id,
        Watches.POLICY: event.policy_id,
        Watches.CALL: event.call_id,
        Watches.ARTICLE: event.article_id,
    }[watches]


def subjects_of(event: Happening) -> list[tuple[str, str]]:
    """By which columns and values the clocks are found that the event may touch: an article may explain a policy."""
    if event.case_id:
        return [("case_id", event.case_id)]
    return [(column, value) for column in ("policy_id", "call_id", "article_id") if (value := getattr(event, column))]


def instant_of(type: str, event: Happening, field_name: str = "") -> datetime:
    """The instant of an event, or of one of its fields. Raises ValueError when the publisher left it out."""
    found: datetime | None = getattr(event, field_name or INSTANT[type])
    if found is None:
        raise ValueError(f"{type} has no {field_name or INSTANT[type]}")
    return found


@dataclass(frozen=True)
class CaseDecided:
    """What became of a case at the counter, for the counts."""

    city: str
    case_id: str
    category: str = ""
    pack: str = ""
    accepted_at: datetime | None = None
    refused_at: datetime | None = None
    answered_at: datetime | None = None
    transferred_at: datetime | None = None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class RevisitRecorded:
    """One attempt of a return visit."""

    city: str
    case_id: str
    work_order_id: str
    round: int
    reached: bool
    recorded_at: datetime
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    category: str = ""


@dataclass(frozen=True)
class CaseRated:
    """The citizen's rating of one order and round."""

    city: str
    case_id: str
    work_order_id: str
    round: int
    rated_at: datetime
    solved: bool | None = None
    handling_score: str = ""
    handling_satisfied: bool = False
    category: str = ""


@dataclass(frozen=True)
class RatingVerified:
    """What the platform found after a dissatisfied rating."""

    city: str
    case_id: str
    work_order_id: str
    round: int
    finding: str
    verified_at: datetime


@dataclass(frozen=True)
class CallRecorded:
    """A call that is over."""

    city: str
    call_id: str
    pack: str
    direction: str
    queued_at: datetime
    ended_at: datetime
    answered_at: datetime | None = None
    call_back: bool = False
    restricted_until: datetime | None = None


@dataclass(frozen=True)
class CitizenErased:
    """One for each case of a citizen."""

    city: str
    case_id: str
