"""A toy province of two services: the shop takes orders by command, the depot hears of them and fills shelves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from chassis.access import Principal, Role
from chassis.application import Answers, Commands, Ignored, Queries, Reactions, Service
from chassis.clock import SimulatedClock, uuid7
from chassis.database import Projection, Store, aggregate_table, chassis_tables, create_engine
from chassis.domain import NotYet
from chassis.events.bus import InProcessBus
from chassis.events.receiver import Receiver
from chassis.events.relay import Relay
from chassis.events.topology import Topology
from chassis.message import id_of
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions, Questions
from chassis.work import By, Read, Work
from tests.integration.chassis.toy_orders import (
    LIFE,
    AddItem,
    AddToBoth,
    CloseOrder,
    GetOrder,
    InspectOrder,
    ItemAdded,
    OpenOrder,
    Order,
    OrderClosed,
    OrderOpened,
    OrderView,
    Shelf,
    ShelfFilled,
    State,
)

__all__ = [
    "LIFE",
    "AddItem",
    "AddToBoth",
    "CloseOrder",
    "GetOrder",
    "InspectOrder",
    "ItemAdded",
    "OpenOrder",
    "Order",
    "OrderClosed",
    "OrderOpened",
    "OrderView",
    "Shelf",
    "ShelfFilled",
    "State",
]

START = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
CITY, OTHER_CITY = "350100", "350200"
KEYS = KeyRing.parse("k1:" + "A" * 43 + "=")


@dataclass
class Faults:
    """Items whose reaction fails as long as they stand here."""

    broken: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    before: Callable[[str], None] = lambda _item: None


def view(order: Order) -> OrderView:
    return OrderView(f"cities/{order.city}/orders/{order.id}", order.state, order.total, START)


# -- shop --------------------------------------------------------------------------------------------------------------

shop_tables = sa.MetaData()
chassis_tables(shop_tables)
orders = aggregate_table(shop_tables, "orders", sa.Column("case_id", sa.Text, nullable=False))
totals = sa.Table(
    "totals", shop_tables, sa.Column("order_id", sa.Text, primary_key=True), sa.Column("total", sa.BigInteger)
)
looks = sa.Table("looks", shop_tables, sa.Column("order_id", sa.Text), sa.Column("who", sa.Text))

commands = Commands()
queries = Queries()


def owns(command: Any, work: Work) -> bool:
    order = work.find(Order, id_of(command.name, "orders"))
    return order is not None and order.owner == work.principal.id


@commands.on(OpenOrder, roles={Role.AGENT})
def open_order(command: OpenOrder, work: Work, *, faults: Faults) -> OrderView:
    faults.before("open")
    order = Order(id=work.new_id(), city=command.city, case_id=command.case_id, owner=work.principal.id)
    work.save(order, OrderOpened(city=order.city, case_id=order.case_id, owner=order.owner))
    return view(order)


@commands.on(AddItem, roles={Role.AGENT}, relation=owns)
def add_item(command: AddItem, work: Work, *, faults: Faults) -> OrderView:
    order = work.get(Order, id_of(command.name, "orders"))
    work.save(order, order.add(command.item, command.amount))
    faults.before(command.item)
    return view(order)


@commands.on(AddToBoth, roles={Role.AGENT})
def add_to_both(command: AddToBoth, work: Work) -> OrderView:
    work.preload([By(Order, "id", command.first), By(Order, "id", command.second)])
    first, second = work.get(Order, command.first), work.get(Order, command.second)
    work.save(first, first.add("both", 1))
    work.save(second, second.add("both", 1))
    return view(first)


@commands.on(CloseOrder, roles={Role.AGENT}, relation=owns)
def close_order(command: CloseOrder, work: Work) -> OrderView:
    order = work.get(Order, id_of(command.name, "orders"))
    work.save(order, order.close())
    return view(order)


@queries.on(GetOrder, roles={Role.AGENT})
def get_order(query: GetOrder, read: Read) -> OrderView:
    return view(read.get(Order, id_of(query.name, "orders")))


@queries.on(InspectOrder, roles={Role.AGENT}, writes=True)
def inspect_order(query: InspectOrder, work: Work) -> OrderView:
    order = work.get(Order, id_of(query.name, "orders"))
    work.write(looks, {"order_id": order.id, "who": work.principal.id})
    return view(order)


# -- depot -------------------------------------------------------------------------------------------------------------

depot_tables = sa.MetaData()
chassis_tables(depot_tables)
shelves = aggregate_table(depot_tables, "shelves", sa.Column("case_id", sa.Text, nullable=False, unique=True))
reactions = Reactions()


@dataclass(frozen=True)
class Opened:
    case_id: str
    city: str


@dataclass(frozen=True)
class Added:
    case_id: str
    item: str


def shelf_of(event: Opened | Added) -> list[By]:
    return [By(Shelf, "case_id", event.case_id)]


@reactions.on("shop.order_opened.v1", loads=shelf_of)
def prepare_shelf(event: Opened, work: Work) -> None:
    if not work.find_by(Shelf, "case_id", event.case_id):
        work.save(Shelf(id=work.new_id(), city=event.city, case_id=event.case_id))


@reactions.on("shop.item_added.v1", loads=shelf_of)
@reactions.on("truck.item_arrived.v1", loads=shelf_of)
def fill_shelf(event: Added, work: Work, *, faults: Faults) -> None:
    found = work.find_by(Shelf, "case_id", event.case_id)
    if not found or event.item in faults.missing:
        raise NotYet("no shelf yet")
    shelf = found[0]
    faults.before(event.item)
    if event.item == "news-of-yesterday":
        work.save(shelf, shelf.fill(event.item))
        raise Ignored("came too late")
    filled = shelf.fill(event.item)
    if event.item in faults.broken:
        raise RuntimeError("a defect")
    work.save(shelf, filled)


@reactions.on("shop.order_closed.v1", loads=shelf_of)
def close_shelf(event: Opened, work: Work) -> None:
    shelf = work.find_by(Shelf, "case_id", event.case_id)[0]
    LIFE.check(shelf.state, State.CLOSED)
    shelf.state = State.CLOSED
    work.save(shelf)


TOPOLOGY = Topology(
    types={
        "shop": frozenset(
            {"shop.order_opened.v1", "shop.item_added.v1", "shop.order_closed.v1", "shop.weather_told.v1"}
        ),
        "truck": frozenset({"truck.item_arrived.v1"}),
        "depot": frozenset({"depot.shelf_filled.v1"}),
    },
    hears={"depot": frozenset({"shop", "truck"})},
)


def shop_service(faults: Faults | None = None) -> Service:
    stores: dict[type, Any] = {
        Order: Store(
            Order, orders, columns=lambda o: {"case_id": o.case_id},
            projections=[Projection(totals, lambda o: [{"order_id": o.id, "total": o.total}], key=("order_id",))],
        )
    }  # fmt: skip
    dependencies = {"faults": faults or Faults()}
    return Service("shop", shop_tables, stores, commands, queries, Reactions(), Answers(), dependencies=dependencies)


def depot_service(faults: Faults | None = None) -> Service:
    stores: dict[type, Any] = {Shelf: Store(Shelf, shelves, columns=lambda s: {"case_id": s.case_id})}
    return Service(
        "depot", depot_tables, stores, Commands(), Queries(), reactions, Answers(),
        hears=("shop", "truck"), dependencies={"faults": faults or Faults()},
    )  # fmt: skip


# -- running them ------------------------------------------------------------------------------------------------------


def prepare_shop(url: str) -> None:
    _create(url, shop_tables)


def prepare_depot(url: str) -> None:
    _create(url, depot_tables)


def _create(url: str, metadata: sa.MetaData) -> None:
    engine = create_engine(url, pool_size=1)
    metadata.create_all(engine)
    engine.dispose()


def run(
    service: Service, url: str, *, clock: SimulatedClock | None = None, questions: Questions | None = None
) -> ServiceRuntime:
    return ServiceRuntime(
        service=service,
        engine=create_engine(url, pool_size=8, application=service.name),
        clock=clock or SimulatedClock(START),
        ids=uuid7,
        questions=questions or CannedQuestions(),
        keys=KEYS,
    )


@dataclass
class Province:
    """Shop and depot on one bus."""

    shop: ServiceRuntime
    depot: ServiceRuntime

    def __post_init__(self) -> None:
        self.receiver = Receiver(self.depot, TOPOLOGY)
        self.bus = InProcessBus(TOPOLOGY)
        self.bus.subscribe({"depot": self.receiver})
        self.relay = Relay(self.shop, self.bus)

    def settle(self) -> None:
        while self.relay.relay_batch() or self.receiver.retry_parked():
            pass


def agent(name: str = "agent-1", *cities: str) -> Principal:
    return Principal(id=name, roles=frozenset({Role.AGENT}), cities=frozenset(cities or {CITY}))


def later(clock: SimulatedClock, **span: float) -> None:
    clock.move_to(clock.now() + timedelta(**span))
