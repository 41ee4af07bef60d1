"""What callers are shown of a dispute; the fields are those of the proto responses."""

from dataclasses import dataclass, field
from datetime import datetime

from services.dispatch.application.views import order_name
from services.dispatch.domain.dispute import Dispute, StepTaken
from services.dispatch.domain.regime import DisputeRules
from services.dispatch.domain.states import DisputeState
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class DisputeStepView:
    step: str
    zh: str
    en: str
    begin_time: datetime
    record_time: datetime | None
    present: list[str]


@dataclass(frozen=True)
class DisputeView:
    name: str
    state: DisputeState
    ground: str
    by_rule: bool
    asked_by: str
    participants: list[str]
    made_safe_by: str
    steps: list[DisputeStepView]
    due_time: datetime | None
    open_time: datetime
    lead: str
    co_units: list[str]
    decided_by: str
    settle_time: datetime | None
    version: int


@dataclass(frozen=True)
class DisputePage:
    disputes: list[DisputeView] = field(default_factory=list)
    next_page_token: str = ""


def saved_dispute(order: WorkOrder, dispute: Dispute, rules: DisputeRules | None) -> DisputeView:
    """The view of a dispute that is saved in this transaction, with the version it will have then."""
    return dispute_view(order, dispute, rules, version=dispute.version + 1)


def dispute_view(order: WorkOrder, dispute: Dispute, rules: DisputeRules | None, *, version: int = 0) -> DisputeView:
    settled = dispute.state is DisputeState.SETTLED
    return DisputeView(
        name=f"{order_name(order)}/disputes/{dispute.id}",
        state=dispute.state,
        ground=dispute.ground,
        by_rule=dispute.by_rule,
        asked_by=dispute.asked_by,
        participants=dispute.participants,
        made_safe_by=dispute.made_safe_by,
        steps=[_step(step, rules) for step in dispute.steps],
        due_time=_due(order, dispute),
        open_time=dispute.opened_at,
        lead=dispute.lead,
        co_units=dispute.co_units,
        decided_by=dispute.decided_by,
        settle_time=dispute.closed_at if settled else None,
        version=version or dispute.version,
    )


def _step(taken: StepTaken, rules: DisputeRules | None) -> DisputeStepView:
    step = rules.step(taken.code) if rules else None
    zh, en = (step.zh, step.en) if step else (taken.code, taken.code)
    return DisputeStepView(taken.code, zh, en, taken.begun_at, taken.recorded_at, taken.present)


def _due(order: WorkOrder, dispute: Dispute) -> datetime | None:
    """Of the present step, as sla told it; of a closed dispute none."""
    if dispute.state is not DisputeState.OPEN:
        return None
    kind = f"dispute_{dispute.current.code}"
    return max((note.due_at for note in order.clocks.values() if note.kind == kind), default=None)
