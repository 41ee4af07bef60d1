"""What callers are shown; the fields are those of the proto responses."""

from dataclasses import dataclass, field
from datetime import datetime

from services.dispatch.application.form_views import EndProposalView, StatementView, end_proposal_views, statement_views
from services.dispatch.application.level_views import (
    HandOverView,
    PassingView,
    hand_over_views,
    linked_to,
    passing_views,
)
from services.dispatch.domain import leader_review
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.evaluations import Evaluation
from services.dispatch.domain.force_majeure import excused
from services.dispatch.domain.notes import Extension
from services.dispatch.domain.states import AssignmentState, Light, Role, State
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class ReturnView:
    kind: str
    suggested_unit: str
    request_time: datetime
    late: bool
    outcome: str
    ground: str


@dataclass(frozen=True)
class AssignmentView:
    name: str
    unit: str
    role: Role
    state: AssignmentState
    assign_time: datetime
    sign_time: datetime | None
    contact_time: datetime | None
    answer_time: datetime | None
    reply_time: datetime | None
    returns: list[ReturnView]
    press_time: datetime | None
    fixed_by: str


@dataclass(frozen=True)
class ExtensionView:
    name: str
    working_days: int
    state: str
    file_time: datetime
    route: str
    decide_time: datetime | None
    explain_time: datetime | None
    allowed: list[str]


@dataclass(frozen=True)
class AttachmentView:
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True)
class CorrectionView:
    field: str
    old: str
    new: str
    correct_time: datetime


@dataclass(frozen=True)
class OwnLimitView:
    ground: str
    cited: str
    limit_amount: int
    limit_unit: str
    due_time: datetime | None
    set_time: datetime


@dataclass(frozen=True)
class EvaluationView:
    kind: str
    round: int
    solved: bool | None
    satisfied: bool | None
    score: str
    evaluate_time: datetime


@dataclass(frozen=True)
class WorkOrderView:
    name: str
    number: str
    case: str
    state: State
    category: str
    item: str
    area: str
    emergency_class: str
    masked_subject: str
    masked_text: str
    round: int
    assignments: list[AssignmentView]
    light: Light
    due_time: datetime | None
    create_time: datetime
    dispatch_time: datetime | None
    why: str
    candidates: list[str]
    extensions: list[ExtensionView]
    pack: str
    version: int
    attachments: list[AttachmentView]
    result_kind: str
    handled_as: str
    explain_only: bool
    urgings: int
    force_majeure: list[str]
    dispute: str
    supervisions: list[str]
    corrections: list[CorrectionView]
    own_limits: list[OwnLimitView]
    redo_class: str
    redo_classes: list[str]
    statements: list[StatementView]
    end_proposals: list[EndProposalView]
    passings: list[PassingView]
    hand_overs: list[HandOverView]
    linked_to: str
    leader_review: str
    joined_cases: int = 0
    evaluations: list[EvaluationView] = field(default_factory=list)


@dataclass(frozen=True)
class WorkOrderPage:
    work_orders: list[WorkOrderView] = field(default_factory=list)
    next_page_token: str = ""


@dataclass(frozen=True)
class CitizenContactView:
    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class CitizenTextView:
    subject: str
    text: str


@dataclass(frozen=True)
class PassageView:
    kind: str
    unit: str
    create_time: datetime
    text: str


@dataclass(frozen=True)
class PassagePage:
    passages: list[PassageView]
    next_page_token: str


def order_name(order: WorkOrder) -> str:
    return f"cities/{order.city}/workOrders/{order.id}"


def case_name(order: WorkOrder) -> str:
    return f"cities/{order.home_city}/cases/{order.case.case_id}"


def saved(order: WorkOrder) -> WorkOrderView:
    """The view of an order that is saved in this transaction, with the version it will have then."""
    return order_view(order, version=order.version + 1)


def order_view(order: WorkOrder, *, version: int = 0) -> WorkOrderView:
    clock = order.finish_clock
    return WorkOrderView(
        name=order_name(order),
        number=order.number,
        case=case_name(order),
        state=order.state,
        category=order.case.category,
        item=order.case.item,
        area=order.case.area,
        emergency_class=order.case.emergency_class,
        masked_subject=order.case.masked_subject,
        masked_text=order.case.masked_text,
        round=order.round,
        assignments=[_assignment(order, a) for a in order.assignments],
        light=order.light,
        due_time=clock.due_at if clock else None,
        create_time=order.created_at,
        dispatch_time=order.dispatched_at,
        why=order.why,
        candidates=order.candidates,
        extensions=[_extension(order, e) for e in order.extensions],
        pack=order.pack,
        version=version or order.version,
        attachments=[
            AttachmentView(f"{case_name(order)}/attachments/{a.id}", a.media_type, a.size_bytes)
            for a in order.attachments
        ],
        result_kind=order.reply.result_kind if order.reply else "",
        handled_as=order.handled_as,
        explain_only=order.case.explain_only,
        urgings=order.urgings,
        force_majeure=excused(order),
        dispute=f"{order_name(order)}/disputes/{order.dispute_id}" if order.dispute_id else "",
        supervisions=[f"{order_name(order)}/supervisions/{id}" for id in sorted(order.supervised.values())],
        corrections=[CorrectionView(c.field, c.old, c.new, c.at) for c in order.corrections],
        own_limits=[
            OwnLimitView(own.ground, own.cited, own.amount, own.unit, own.due_at, own.set_at)
            for own in order.own_limits
        ],
        redo_class=order.reply.redo_class if order.reply else "",
        redo_classes=order.redo_classes,
        statements=statement_views(order),
        end_proposals=end_proposal_views(order),
        passings=passing_views(order, order_name(order)),
        hand_overs=hand_over_views(order),
        linked_to=linked_to(order),
        leader_review=str(here.review) if (here := leader_review.stage(order)) else "",
        joined_cases=order.joined_cases,
        evaluations=[_evaluation(said) for said in order.evaluations],
    )


def _evaluation(said: Evaluation) -> EvaluationView:
    return EvaluationView(said.kind, said.round, said.solved, said.satisfied, said.score, said.at)


def _assignment(order: WorkOrder, assignment: Assignment) -> AssignmentView:
    return AssignmentView(
        name=f"{order_name(order)}/assignments/{assignment.id}",
        unit=assignment.unit,
        role=assignment.role,
        state=assignment.state,
        assign_time=assignment.assigned_at,
        sign_time=assignment.signed_at,
        contact_time=assignment.contacted_at,
        answer_time=assignment.answered_at,
        reply_time=assignment.replied_at,
        returns=[
            ReturnView(str(r.kind), r.suggested_unit, r.requested_at, r.late, r.outcome, r.ground)
            for r in assignment.returns
        ],
        press_time=assignment.pressed_at,
        fixed_by=assignment.fixed_by,
    )


def _extension(order: WorkOrder, extension: Extension) -> ExtensionView:
    return ExtensionView(
        name=f"{order_name(order)}/extensions/{extension.id}",
        working_days=extension.working_days,
        state=str(extension.state),
        file_time=extension.filed_at,
        route=str(extension.route),
        decide_time=extension.decided_at,
        explain_time=extension.explained_at,
        allowed=[str(bar) for bar in extension.allowed],
    )
