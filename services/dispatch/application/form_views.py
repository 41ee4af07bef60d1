"""What callers are shown of statements, proposals and closing forms; the fields are those of the proto responses."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.states import HandledAs
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class StatementView:
    unit: str
    round: int
    claim: str
    submit_time: datetime


@dataclass(frozen=True)
class EndProposalView:
    unit: str
    round: int
    ground: str
    next_authority: str
    outcome: str
    propose_time: datetime
    decide_time: datetime | None


@dataclass(frozen=True)
class ClosingFormView:
    work_order: str
    number: str
    category: str
    unit: str
    unit_name: str
    co_units: list[str]
    round: int
    result_kind: str
    result: str
    legal_basis: str
    handler: str
    section: str
    reviewed_by: str
    filing: str
    filing_number: str
    filing_date: str
    filing_document: str
    not_filed_reason: str
    redo_class: str
    statement: str
    dispatch_time: datetime | None
    sign_time: datetime | None
    contact_time: datetime | None
    answer_time: datetime | None
    answer_method: str
    reply_time: datetime
    accept_time: datetime | None
    handled_as: HandledAs
    leader_review_time: datetime | None


@dataclass(frozen=True)
class CitizenClosingFormView:
    """No name of anybody who works at it, and nothing that units and the office tell each other."""

    number: str
    unit: str
    round: int
    result_kind: str
    result: str
    legal_basis: str
    filing: str
    filing_number: str
    filing_date: str
    not_filed_reason: str
    answer_time: datetime | None
    answer_method: str
    complete_time: datetime | None


@dataclass(frozen=True)
class CitizenClosingFormsView:
    forms: list[CitizenClosingFormView]


def statement_views(order: WorkOrder) -> list[StatementView]:
    return [StatementView(said.unit, said.round, said.claim, said.at) for said in order.statements]


def end_proposal_views(order: WorkOrder) -> list[EndProposalView]:
    return [
        EndProposalView(p.unit, p.round, p.ground, p.next_authority, p.outcome, p.proposed_at, p.decided_at)
        for p in order.end_proposals
    ]
