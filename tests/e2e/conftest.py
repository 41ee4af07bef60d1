"""A whole province on real databases, in simulated time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis.access import Principal, Role
from chassis.clock import SimulatedClock
from chassis.database import create_engine, migrate
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from cli.province import SERVICES, Province, build_province
from tests.conftest import fresh_databases
from tests.e2e.invariants import Databases

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)  # a Monday
ASKING = ("Get", "Check", "List", "LookUp", "Reveal", "Explain", "Preview", "Search", "Suggest", "Download")


@dataclass
class Stage:
    """A province and the people in it."""

    province: Province
    clock: SimulatedClock
    databases: Databases
    _requests: int = field(default=0, repr=False)

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        answer = self._call(who, service, rpc, fields)
        self.province.settle()
        return answer

    def call_heard_later(self, who: Principal, service: str, rpc: str, seconds: int, **fields: Any) -> Any:
        """Done now; no service hears of it before so many seconds later, while the timers of each go on."""
        answer = self._call(who, service, rpc, fields)
        until = self.clock.now() + timedelta(seconds=seconds)
        while (due := self.province.next_due()) is not None and due <= until:
            self.clock.move_to(due)
            for worker in self.province.workers.values():
                worker.jobs_once()
        self.clock.move_to(until)
        self.province.settle()
        return answer

    def _call(self, who: Principal, service: str, rpc: str, fields: dict[str, Any]) -> Any:
        self._requests += 1
        request = {} if rpc.startswith(ASKING) else {"request_id": f"request-{self._requests:06d}"}
        return self.province.call(who, service, rpc, request | fields)

    def wait(self, **span: float) -> None:
        """Lets simulated time pass, firing what falls due on the way at its own instant."""
        self.move_to(self.clock.now() + timedelta(**span))

    def move_to(self, until: datetime) -> None:
        self.province.settle()
        while (due := self.province.next_due()) is not None and due <= until:
            self.clock.move_to(due)
            self.province.settle()
        self.clock.move_to(until)
        self.province.settle()

    def order_of(self, case: str, city: str = "350100") -> Any:
        orders = self.call(office(city), "dispatch", "ListWorkOrders", city=city, case=case).work_orders
        assert len(orders) == 1, [o.number for o in orders]
        return orders[0]

    def clocks_of(self, case: str) -> list[Any]:
        return list(self.call(office(city_of(case)), "sla", "ListClocks", case=case).clocks)

    def messages_of(self, case: str) -> list[Any]:
        city = city_of(case)
        return list(self.call(office(city), "notify", "ListMessages", city=city, case=case, page_size=200).messages)


def city_of(name: str) -> str:
    return name.split("/")[1]


def seat(city: str = "350100") -> Principal:
    return Principal("seat", frozenset({Role.AGENT}), frozenset({city}))


def office(city: str = "350100") -> Principal:
    roles = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.PROVINCE, Role.AGENT})
    return Principal("office", roles, frozenset({city}))


def unit(unit_id: str, city: str = "350100", *roles: Role) -> Principal:
    """Somebody of it who leads it too, and so reviews what they submit; or in these roles alone."""
    held = frozenset(roles or (Role.UNIT, Role.UNIT_LEADER))
    return Principal(f"{'-'.join(roles) or 'unit'}:{unit_id}", held, frozenset({city}), unit=unit_id)


def citizen(name: str, city: str = "350100") -> Principal:
    return Principal(name, frozenset({Role.CITIZEN}), frozenset({city}), citizen_id=name.removeprefix("citizens/"))


@contextmanager
def new_stage(
    postgres: EmbeddedPostgres, data_dir: Path, start: datetime = START, *, settings: Settings | None = None
) -> Iterator[Stage]:
    """A province of its own."""
    clock = SimulatedClock(start)
    with province_databases(postgres) as urls:
        province = build_province(settings or Settings(data_dir=data_dir), urls, clock=clock, keys=KeyRing.fresh())
        try:
            yield Stage(province, clock, Databases(urls))
        finally:
            province.stop()


@contextmanager
def province_databases(postgres: EmbeddedPostgres) -> Iterator[dict[str, str]]:
    """One for each service; their migrations run once per run, then the result is copied."""
    with fresh_databases(postgres) as database_url:
        yield {name: database_url(f"e2e_{name}", _migrated(name)) for name in SERVICES}


@cache
def _migrated(service: str) -> Callable[[str], None]:
    """What fills the template of a service's database; the same object each time, so that it runs once."""

    def prepare(url: str) -> None:
        import importlib

        engine = create_engine(url)
        migrate(engine, importlib.import_module(f"services.{service}.bootstrap").MIGRATIONS)
        engine.dispose()

    return prepare


@pytest.fixture
def stage(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Stage]:
    with new_stage(postgres, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared_stage(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One province for a whole module, whose tests do not disturb each other."""
    with new_stage(postgres, tmp_path_factory.mktemp("province")) as made:
        yield made
