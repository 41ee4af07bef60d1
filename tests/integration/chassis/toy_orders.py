"""What the toy's two services are about: orders, shelves, their events, and the commands of the shop."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Event, Transitions
from chassis.message import City, Code, Command, Name, Query


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


LIFE = Transitions({State.OPEN: {State.OPEN, State.CLOSED}}, final={State.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOpened(Event):
    case_id: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(Event):
    case_id: str
    item: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClosed(Event):
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFilled(Event):
    case_id: str
    item: str


@dataclass
class Order:
    id: str
    city: str
    case_id: str
    owner: str
    version: int = 0
    state: State = State.OPEN
    total: int = 0

    def add(self, item: str, amount: int) -> ItemAdded:
        LIFE.check(self.state, State.OPEN)
        self.total += amount
        return ItemAdded(city=self.city, case_id=self.case_id, item=item, amount=amount)

    def close(self) -> OrderClosed:
        LIFE.check(self.state, State.CLOSED)
        self.state = State.CLOSED
        return OrderClosed(city=self.city, case_id=self.case_id)


@dataclass
class Shelf:
    id: str
    city: str
    case_id: str
    version: int = 0
    state: State = State.OPEN
    items: list[str] = field(default_factory=list)

    def fill(self, item: str) -> ShelfFilled:
        self.items.append(item)  # before the check: what a refused step leaves behind must not be saved
        LIFE.check(self.state, State.OPEN)
        return ShelfFilled(city=self.city, case_id=self.case_id, item=item)


@dataclass(frozen=True)
class OrderView:
    name: str
    state: State
    total: int
    create_time: datetime


class OpenOrder(Command):
    city: City
    case_id: Code


class AddItem(Command):
    name: Name
    item: Code
    amount: int = 1


class AddToBoth(Command):
    """Two orders in the order of the caller, which may be any."""

    city: City
    first: Code
    second: Code


class CloseOrder(Command):
    name: Name


class GetOrder(Query):
    name: Name


class InspectOrder(Query):
    """A look that is written down."""

    name: Name
