"""Events about cases that are watched, and about many cases of one matter, in the shape that notify needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MarkChanged:
    case_id: str
    city: str
    kind: str


@dataclass(frozen=True)
class MassEventProposed:
    case_id: str
    city: str
    similar_cases: int
    minutes: int


@dataclass(frozen=True)
class MassEventDeclared:
    case_id: str
    city: str
    title: str


@dataclass(frozen=True)
class MassEventEnded:
    case_id: str
    city: str
    title: str
    how: str


@dataclass(frozen=True)
class MassProgressTold:
    case_id: str
    city: str
    mass_event_id: str
    text: str
