"""What the handlers of dispatch need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.domain import Sealed
from chassis.work import Read, Work
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.work_order import WorkOrder


class Sealing(Protocol):
    """Seals at once; what belongs to a citizen only intake can open."""

    def to_citizen(self, order: WorkOrder, field: str, text: str) -> Sealed | None:
        """Nothing when there is no text, or no key because the citizen is erased."""

    def own(self, order: WorkOrder, field: str, text: str) -> bytes:
        """Names of staff, sealed with the service's own key."""

    def open_own(self, order: WorkOrder, field: str, sealed: bytes) -> str:
        """Raises CannotOpen."""

    def of_staff(self, id: str, text: str) -> bytes:
        """What a unit registers of its people, with the service's own key, bound to that registration."""

    def open_staff(self, id: str, sealed: bytes) -> str:
        """Raises CannotOpen."""


@dataclass(frozen=True)
class Page:
    """Which orders are wanted; `after` is the last id of the page before."""

    city: str
    state: str = ""
    unit: str = ""
    case_id: str = ""
    after: str = ""
    size: int = 50


class Orders(Protocol):
    """Orders by their query columns."""

    def page(self, read: Read, page: Page) -> Sequence[WorkOrder]:
        """At most `size` orders in order of their ids."""


@dataclass(frozen=True)
class DisputePageAsked:
    """Which disputes are wanted; `after` is the last id of the page before."""

    city: str
    state: str = ""
    unit: str = ""
    after: str = ""
    size: int = 50


class Disputes(Protocol):
    """Disputes by their query columns."""

    def page(self, read: Read, page: DisputePageAsked) -> Sequence[Dispute]:
        """At most `size` disputes in order of their ids."""


@dataclass(frozen=True)
class LedgerPage:
    """Which supervisions are wanted; `overdue` is "true" or empty, `after` the last id of the page before."""

    city: str
    state: str = ""
    unit: str = ""
    ground: str = ""
    work_order_id: str = ""
    overdue: str = ""
    after: str = ""
    size: int = 50


class Ledger(Protocol):
    """Supervisions by their query columns."""

    def page(self, read: Read, page: LedgerPage) -> Sequence[Supervision]:
        """At most `size` entries in order of their ids."""


class StaffLooks(Protocol):
    def log(self, work: Work, *, city: str, unit: str, purpose: str) -> None:
        """Writes down who read the people of a unit and why, in the same transaction."""


class News(Protocol):
    def tell(self, work: Work, order: WorkOrder, what: str) -> None:
        """For those who follow it: the order has changed without an event of ours."""


@dataclass(frozen=True)
class Change:
    """Of an order that the unit has, or had, something to do with; `named`: units and sections it speaks of."""

    number: int
    order_id: str
    what: str
    at: datetime
    named: Sequence[str | None] = ()


@dataclass(frozen=True)
class Changes:
    changes: Sequence[Change]
    cursor: str
    more: bool


class Feed(Protocol):
    def after(self, read: Read, cursor: str, *, city: str, unit: str, size: int) -> Changes:
        """What has come since, in order, nothing left out. Raises CursorUnknown, CursorTooOld."""

    def left(self, unit: str) -> None:
        """It follows no more."""
