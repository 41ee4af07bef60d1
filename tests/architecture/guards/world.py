"""A small province with one of everything, for guards that need objects which exist."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.access import Principal, Role
from chassis.clock import SimulatedClock
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from cli.province import SERVICES, Province, build_province
from tests.architecture.guards.access import CITY, START

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@dataclass
class World:
    province: Province
    names: dict[str, str]
    """A resource that exists, by collection."""
    unit: str
    _requests: int = 0

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        self._requests += 1
        if rpc in self.province.runtimes[service].service.commands.by_name:
            fields["request_id"] = f"world-{self._requests:06d}"
        answer = self.province.call(who, service, rpc, fields)
        self.province.settle()
        return answer


@contextmanager
def one_of_everything(
    postgres: EmbeddedPostgres, folder: Path, run: str, *, keys: KeyRing | None = None
) -> Iterator[World]:
    """A case with attachment, signed order, pending extension, supervision and messages; one in dispute; an article."""
    databases = {name: f"world_{run}_{name}" for name in SERVICES}
    urls = {name: postgres.create_database(database) for name, database in databases.items()}
    keys = keys or KeyRing.fresh()
    province = build_province(Settings(data_dir=folder), urls, clock=SimulatedClock(START), keys=keys)
    try:
        yield _furnished(province)
    finally:
        province.stop()
        for database in databases.values():
            postgres.drop_database(database)


def _furnished(province: Province) -> World:
    world = World(province, {}, "")
    _with_case(world)
    _with_order(world)
    _with_dispute(world)
    agent = somebody(Role.AGENT)
    case = world.names["cases"]
    world.call(agent, "intake", "UploadAttachment", parent=case, filename="a.png", content=_PNG)
    seen = world.call(agent, "intake", "GetCase", name=case)
    world.names |= {"attachments": seen.attachments[0].name, "citizens": seen.citizen}
    messages = world.call(somebody(Role.DISPATCHER), "notify", "ListMessages", city=CITY, case=case).messages
    world.names["messages"] = next(m.name for m in messages if m.audience.startswith("unit"))
    unit = somebody(Role.UNIT, unit=world.unit)
    text = {"title": "路面修补", "question": "路面坏了找谁？", "answer": "拨打12345。", "source": "城市道路管理条例"}
    article = world.call(unit, "knowledge", "DraftArticle", city=CITY, unit=world.unit, **text)
    world.names["articles"] = article.name
    return world


def _with_case(world: World) -> None:
    said = {"subject": "路面坑洼", "text": "门口的城市道路坑坑洼洼，请修补。", "item": "12", "category": "complaint"}
    caller = {"name": "林晓梅", "phone": "19900001234"}
    agent = somebody(Role.AGENT)
    registered = world.call(agent, "intake", "RegisterCase", city=CITY, channel="phone", caller=caller, **said)
    world.names["cases"] = registered.case.name
    world.call(agent, "intake", "AcceptCase", name=registered.case.name)


def _with_order(world: World) -> None:
    office = somebody(Role.DISPATCHER)
    order = world.call(office, "dispatch", "ListWorkOrders", city=CITY, case=world.names["cases"]).work_orders[0]
    assignment = order.assignments[0]
    world.unit = assignment.unit
    world.names |= {"workOrders": order.name, "assignments": assignment.name}
    unit = somebody(Role.UNIT, unit=world.unit)
    world.call(unit, "dispatch", "SignAssignment", name=assignment.name)
    asked = {"working_days": 3, "reason": "材料未到", "agreed_by": "陈主任"}
    order = world.call(unit, "dispatch", "RequestExtension", name=assignment.name, **asked)
    world.names["extensions"] = order.extensions[0].name
    pressed = {"ground": "leader_instruction", "reason": "请限期整改"}
    supervisor = somebody(Role.SUPERVISOR)
    world.names["supervisions"] = world.call(supervisor, "dispatch", "OpenSupervision", name=order.name, **pressed).name


def _with_dispute(world: World) -> None:
    agent, office = somebody(Role.AGENT), somebody(Role.DISPATCHER)
    said = {"subject": "井盖缺失", "text": "小区外有个井盖不见了，不知道归谁管。", "category": "complaint"}
    caller = {"name": "周建国", "phone": "19900005678"}
    registered = world.call(agent, "intake", "RegisterCase", city=CITY, channel="phone", caller=caller, **said)
    world.call(agent, "intake", "AcceptCase", name=registered.case.name)
    orders = world.call(office, "dispatch", "ListWorkOrders", city=CITY, case=registered.case.name).work_orders
    opened = world.call(office, "dispatch", "OpenDispute", name=orders[0].name, ground="unclear_duty")
    world.names["disputes"] = opened.name


def somebody(role: Role, *, unit: str = "") -> Principal:
    return Principal(id=f"{role}:{unit or 'one'}", roles=frozenset({role}), cities=frozenset({CITY}), unit=unit)
