"""What services tell each other for the audit: states and numbers by subject (the case), never a word of a citizen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Published:
    """A subject in a service's outbox; rows that were published long ago may be gone."""

    last: int
    kept: int = 0
    first_kept: int = 0
    last_kept: int = 0
    inverted: bool = False
    unpublished: int = 0
    oldest_unpublished_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(slots=True)
class Heard:
    publisher: str
    last: int
    parked: int


@dataclass(slots=True)
class Parked:
    publisher: str
    sequence: int
    type: str
    state: str
    why: str
    parked_at: datetime


@dataclass(slots=True)
class CaseFact:
    state: str
    accepted: bool
    over: bool
    times_accepted: int


@dataclass(slots=True)
class OrderFact:
    id: str
    index: int
    state: str
    assignments: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    """Those of the assignments that lead, or led, the order."""


@dataclass(slots=True)
class ClockFact:
    id: str
    kind: str
    open: bool
    counted_as_it_stands: bool
    work_order_id: str
    assignment_id: str


@dataclass(slots=True)
class MessageFact:
    id: str
    template: str
    may_repeat: bool
    reference: str
    handed_over: bool
    # None: the provider keeps no book that we could read.
    known_to_provider: bool | None
    handed_over_twice: int


@dataclass(slots=True)
class SubjectFacts:
    """All that one service knows of one subject."""

    subject: str
    published: Published | None = None
    heard: list[Heard] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    case: CaseFact | None = None
    orders: list[OrderFact] = field(default_factory=list)
    clocks: list[ClockFact] = field(default_factory=list)
    messages: list[MessageFact] = field(default_factory=list)

    @property
    def known(self) -> bool:
        return self.published is not None or bool(self.heard) or bool(self.parked)


@dataclass(slots=True)
class Counts:
    """Of a whole service."""

    unpublished: int = 0
    parked: int = 0
    dead: int = 0
    undecodable: int = 0


@dataclass(slots=True)
class AuditPage:
    """A page of subjects, or what is known of those that were asked for. `as_of` is the service's own clock."""

    as_of: datetime
    subjects: list[str] = field(default_factory=list)
    facts: list[SubjectFacts] = field(default_factory=list)
    counts: Counts | None = None
    faults: list[str] = field(default_factory=list)
    """What the service finds wrong with itself, each beginning with its invariant."""


Facts = Mapping[str, SubjectFacts]
"""By service, those of one subject."""
NOTHING = SubjectFacts("")
