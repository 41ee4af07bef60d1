"""What callers get to see of experts; fields as in the proto messages."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.expert import Expert, ExpertState
from services.intake.domain.parts import ExpertReached


@dataclass(frozen=True, kw_only=True)
class ExpertHoursView:
    days: list[int]
    start: str
    end: str


@dataclass(frozen=True, kw_only=True)
class ExpertView:
    name: str
    unit: str
    state: ExpertState
    person_name: str
    reached: ExpertReached
    categories: list[str]
    keywords: list[str]
    hours: list[ExpertHoursView]
    start_time: datetime
    end_time: datetime | None
    in_office: bool
    basis: str
    named_by: str
    create_time: datetime
    ended_by: str
    ended_time: datetime | None
    end_reason: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ExpertsView:
    experts: list[ExpertView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class FoundExpertView:
    """For a seat that puts a caller through."""

    expert: ExpertView
    phone: str


@dataclass(frozen=True, kw_only=True)
class FoundExpertsView:
    experts: list[FoundExpertView]


@dataclass(frozen=True, kw_only=True)
class UnitExpertFiguresView:
    unit: str
    asked: int
    reached: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class ExpertFiguresView:
    units: list[UnitExpertFiguresView]


def expert_view(one: Expert, *, person_name: str, now: datetime, version: int | None = None) -> ExpertView:
    term = one.term
    return ExpertView(
        name=f"cities/{one.city}/experts/{one.id}",
        unit=one.unit,
        state=one.state,
        person_name=person_name,
        reached=term.reached,
        categories=list(term.categories),
        keywords=list(term.keywords),
        hours=[ExpertHoursView(days=list(h.days), start=h.start, end=h.end) for h in term.hours],
        start_time=term.since,
        end_time=term.until,
        in_office=one.in_office(now),
        basis=one.basis,
        named_by=one.named_by,
        create_time=one.named_at,
        ended_by=one.ended_by,
        ended_time=one.ended_at,
        end_reason=one.end_reason,
        version=one.version if version is None else version,
    )


def saved_expert(one: Expert, *, person_name: str, now: datetime) -> ExpertView:
    """With the version that the save at the end of the transaction will give."""
    return expert_view(one, person_name=person_name, now=now, version=one.version + 1)
