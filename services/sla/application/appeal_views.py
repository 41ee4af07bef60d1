"""What callers see of appeals and exclusions; field names are those of the proto responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.sla.domain.appeals import Appeal, AppealState, Exclusion, ExclusionState
from services.sla.domain.assessment_rules import ExclusionReason
from services.sla.domain.counted import FactKind


@dataclass(frozen=True)
class Written:
    """What the unit and the office wrote, opened."""

    reason: str = ""
    evidence: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class AppealView:
    name: str
    case: str
    work_order: str
    unit: str
    kind: FactKind
    clock: str
    round: int
    state: AppealState
    file_time: datetime
    last_time: datetime
    decide_time: datetime | None
    exclusion_reason: str
    exclusion: str
    reason: str
    evidence: str
    explanation: str


@dataclass(frozen=True)
class AppealPage:
    appeals: Sequence[AppealView]
    next_page_token: str


@dataclass(frozen=True)
class ExclusionView:
    name: str
    case: str
    work_order: str
    unit: str
    kind: FactKind
    clock: str
    round: int
    state: ExclusionState
    reason: str
    reason_zh: str
    reason_en: str
    basis: str
    exclude_time: datetime
    lift_time: datetime | None
    lift_reason: str
    appeal: str


@dataclass(frozen=True)
class ExclusionPage:
    exclusions: Sequence[ExclusionView]
    next_page_token: str


_NOTHING = Written()


def appeal_view(appeal: Appeal, written: Written = _NOTHING) -> AppealView:
    fact, case = appeal.fact, _case(appeal)
    return AppealView(
        name=f"{case}/appeals/{appeal.id}",
        case=case,
        work_order=_order(appeal),
        unit=fact.unit,
        kind=fact.kind,
        clock=fact.clock,
        round=fact.round,
        state=appeal.state,
        file_time=appeal.filed_at,
        last_time=appeal.last_at,
        decide_time=appeal.decided_at,
        exclusion_reason=appeal.exclusion_reason,
        exclusion=f"{case}/exclusions/{appeal.exclusion_id}" if appeal.exclusion_id else "",
        reason=written.reason,
        evidence=written.evidence,
        explanation=written.explanation,
    )


def exclusion_view(exclusion: Exclusion, reason: ExclusionReason) -> ExclusionView:
    fact, case = exclusion.fact, _case(exclusion)
    return ExclusionView(
        name=f"{case}/exclusions/{exclusion.id}",
        case=case,
        work_order=_order(exclusion),
        unit=fact.unit,
        kind=fact.kind,
        clock=fact.clock,
        round=fact.round,
        state=exclusion.state,
        reason=exclusion.reason,
        reason_zh=reason.zh,
        reason_en=reason.en,
        basis=exclusion.basis,
        exclude_time=exclusion.excluded_at,
        lift_time=exclusion.lifted_at,
        lift_reason=exclusion.lift_reason,
        appeal=f"{case}/appeals/{exclusion.appeal_id}" if exclusion.appeal_id else "",
    )


def _case(about: Appeal | Exclusion) -> str:
    return f"cities/{about.city}/cases/{about.fact.case_id}"


def _order(about: Appeal | Exclusion) -> str:
    order = about.fact.work_order_id
    return f"cities/{about.city}/workOrders/{order}" if order else ""
