"""交接班记录: what was open when a shift was handed over, as the one lead offered it and the other took it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.intake.domain import shift_errors as errors
from services.intake.domain.promises import PromiseKind


class OpenKind(StrEnum):
    """A case that nobody has decided, one that waits for a unit, a call-back that is owed, a promise."""

    DRAFT = "draft"
    QUEUED = "queued"
    CALL_BACK = "call_back"
    PROMISE = "promise"


@dataclass(frozen=True)
class OpenItem:
    kind: OpenKind
    id: str
    since: datetime
    due_at: datetime | None = None
    # Of a promise: what of which case.
    case_id: str = ""
    promise: PromiseKind | None = None


@dataclass
class Handed:
    """An open thing of the list; `settled`: done between offer and take-over, `came_later`: open since then only."""

    item: OpenItem
    settled: bool = False
    came_later: bool = False


@dataclass
class ShiftHandOver:
    """Of one shift, whose id it has. It is confirmed by two people: who offered it, and who took it."""

    id: str
    city: str
    offered_by: str = ""
    offered_at: datetime | None = None
    taken_by: str = ""
    taken_at: datetime | None = None
    items: list[Handed] = field(default_factory=list)
    version: int = 0


def offer(record: ShiftHandOver, items: Iterable[OpenItem], *, by: str, now: datetime) -> None:
    """The list as it is now; an earlier one that nobody took is gone."""
    record.items = [Handed(item) for item in items]
    record.offered_by, record.offered_at = by, now


def take(record: ShiftHandOver, items: Iterable[OpenItem], *, by: str, now: datetime) -> None:
    """What has come since the offer is taken as well: it was nobody else's. Raises TwoPeopleNeeded."""
    if by == record.offered_by:
        raise errors.TwoPeopleNeeded()
    present = {(item.kind, item.id): item for item in items}
    for handed in record.items:
        handed.settled = present.pop((handed.item.kind, handed.item.id), None) is None
    record.items += [Handed(item, came_later=True) for item in present.values()]
    record.taken_by, record.taken_at = by, now
