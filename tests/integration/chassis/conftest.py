"""The toy province on fresh databases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.clock import SimulatedClock
from chassis.events.envelope import Envelope, decode, encode
from chassis.pipeline import ServiceRuntime
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(toy.START)


@pytest.fixture
def faults() -> toy.Faults:
    return toy.Faults()


@pytest.fixture
def shop(database_url: DatabaseUrl, clock: SimulatedClock, faults: toy.Faults) -> Iterator[ServiceRuntime]:
    runtime = toy.run(toy.shop_service(faults), database_url("shop", toy.prepare_shop), clock=clock)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def depot(database_url: DatabaseUrl, clock: SimulatedClock, faults: toy.Faults) -> Iterator[ServiceRuntime]:
    runtime = toy.run(toy.depot_service(faults), database_url("depot", toy.prepare_depot), clock=clock)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def province(shop: ServiceRuntime, depot: ServiceRuntime) -> toy.Province:
    return toy.Province(shop, depot)


def rows(runtime: ServiceRuntime, query: str, **values: Any) -> list[Any]:
    with runtime.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), values)]


def items(depot: ServiceRuntime, case: str = "c1") -> list[str]:
    """What lies on the shelf of a case, in the order in which it came."""
    with depot.reading() as read:
        found = read.find_by(toy.Shelf, "case_id", case)
    return found[0].items if found else []


@dataclass
class Publisher:
    """Writes the envelopes of a foreign service, numbered per case."""

    name: str = "shop"
    _last: dict[str, int] = field(default_factory=dict)

    def say(self, event: str, case: str = "c1", *, number: int | None = None, **payload: Any) -> Envelope:
        sequence = self._last[case] = number or self._last.get(case, 0) + 1
        body = {"case_id": case, "city": toy.CITY, **payload}
        return decode(
            encode(
                {
                    "event_id": f"{self.name}-{case}-{sequence}", "type": f"{self.name}.{event}.v1", "subject": case,
                    "city": toy.CITY, "occurred_at": toy.START, "sequence": sequence, "payload": body,
                }
            )
        )  # fmt: skip

    def opened(self, case: str = "c1") -> Envelope:
        return self.say("order_opened", case)

    def added(self, item: str, case: str = "c1") -> Envelope:
        return self.say("item_added", case, item=item)

    def closed(self, case: str = "c1") -> Envelope:
        return self.say("order_closed", case)


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


def inbox(depot: ServiceRuntime, case: str = "c1", publisher: str = "shop") -> tuple[int, int]:
    found = rows(depot, "select last, parked from inbox where publisher = :p and subject = :s", p=publisher, s=case)
    return found[0] if found else (0, 0)


def parked(depot: ServiceRuntime, case: str = "c1") -> list[tuple[int, str]]:
    return rows(depot, "select sequence, state from parked where subject = :s order by publisher, sequence", s=case)
