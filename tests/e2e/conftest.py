"""A whole province on real databases, in simulated time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis.access import Principal, Role
from chassis.clock import SimulatedClock
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from cli.province import SERVICES, Province, build_province

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)  # a Monday


@dataclass
class Stage:
    """A province and the people in it."""

    province: Province
    clock: SimulatedClock
    _requests: int = 0

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        self._requests += 1
        method_has_id = rpc.startswith(("Get", "List", "LookUp", "Reveal", "Explain", "Preview", "Search", "Suggest"))
        request = {} if method_has_id or rpc == "DownloadAttachment" else {"request_id": f"request-{self._requests:06d}"}
        answer = self.province.call(who, service, rpc, request | fields)
        self.province.settle()
        return answer

    def wait(self, **span: float) -> None:
        """Lets simulated time pass, firing what falls due on the way at its own instant."""
        until = self.clock.now() + timedelta(**span)
        self.move_to(until)

    def move_to(self, until: datetime) -> None:
        while (due := self.province.next_due()) is not None and due <= until:
            self.clock.move_to(due)
            self.province.settle()
        self.clock.move_to(until)
        self.province.settle()

    def order_of(self, case: str, city: str = "350100") -> Any:
        orders = self.call(office(city), "dispatch", "ListWorkOrders", city=city, case=case).work_orders
        assert len(orders) == 1, [o.number for o in orders]
        return orders[0]


def seat(city: str = "350100") -> Principal:
    return Principal("seat", frozenset({Role.AGENT}), frozenset({city}))


def office(city: str = "350100") -> Principal:
    roles = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.PROVINCE, Role.AGENT})
    return Principal("office", roles, frozenset({city}))


def unit(unit_id: str, city: str = "350100") -> Principal:
    return Principal(f"unit:{unit_id}", frozenset({Role.UNIT}), frozenset({city}), unit=unit_id)


def citizen(name: str, city: str = "350100") -> Principal:
    return Principal(name, frozenset({Role.CITIZEN}), frozenset({city}), citizen_id=name.removeprefix("citizens/"))


@pytest.fixture
def stage(database_url: Callable[[str], str], tmp_path: Path) -> Iterator[Stage]:
    clock = SimulatedClock(START)
    settings = Settings(data_dir=tmp_path)
    urls = {name: database_url(f"e2e_{name}") for name in SERVICES}
    province = build_province(settings, urls, clock=clock, keys=KeyRing.fresh())
    yield Stage(province, clock)
    province.stop()
