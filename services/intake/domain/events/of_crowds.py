"""Watched cases, and many that are about one matter."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMarked(Event):
    case_id: str
    kind: str
    marked_by: str
    marked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUnmarked(Event):
    case_id: str
    kind: str
    unmarked_by: str
    unmarked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSplitOff(Event):
    case_id: str
    main_case_id: str
    split_off_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MassEventProposed(Event):
    case_id: str
    mass_event_id: str
    area: str
    similar_cases: int
    minutes: int
    proposed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MassEventDeclared(Event):
    case_id: str
    mass_event_id: str
    area: str
    title: str
    declared_by: str
    declared_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MassEventEnded(Event):
    case_id: str
    mass_event_id: str
    title: str
    how: str
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MassProgressTold(Event):
    case_id: str
    mass_event_id: str
    number: int
    text: str
    told_at: datetime
