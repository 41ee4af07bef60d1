"""A small province with one of everything, for guards that need objects which exist."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from chassis.access import Principal, Role
from chassis.clock import SimulatedClock
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.settings import Settings
from cli.province import SERVICES, Province, build_province
from services.intake.domain.restriction import Restriction
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
    """A case with attachment, signed order, section, extension, supervision and messages; a dispute; an article;
    a call, a clue, a restriction, a shift, an expert.

    The first leads a mass event.
    """
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
    _with_call(world)
    _with_shift(world)
    _with_clue(world)
    _with_restriction(world)
    _with_expert(world)
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
    _with_appeal(world)
    return world


def _with_case(world: World) -> None:
    said = {"subject": "路面坑洼", "text": "门口的城市道路坑坑洼洼，请修补。", "item": "12", "category": "complaint"}
    caller = {"name": "林晓梅", "phone": "19900001234"}
    agent = somebody(Role.AGENT)
    registered = world.call(agent, "intake", "RegisterCase", city=CITY, channel="phone", caller=caller, **said)
    world.names["cases"] = registered.case.name
    world.call(agent, "intake", "AcceptCase", name=registered.case.name)
    told = {"title": "路面大面积坑洼", "seat_script": "该路段正在抢修。"}
    supervisor, main = somebody(Role.SUPERVISOR), registered.case.name
    event = world.call(supervisor, "intake", "DeclareMassEvent", city=CITY, main_case=main, **told)
    world.names["massEvents"] = event.name


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
    order = world.call(unit, "dispatch", "PassOn", name=assignment.name, section=f"{world.unit}-roads")
    world.names["passings"] = order.passings[0].name
    pressed = {"ground": "leader_instruction", "reason": "请限期整改"}
    supervisor = somebody(Role.SUPERVISOR)
    leading = {
        "part": "leader",
        "name": "周建",
        "post": "副局长",
        "staffing": "行政",
        "office_phone": "059100000001",
        "mobile": "19900002222",
    }
    staff = [leading, leading | {"part": "responsible", "name": "吴昊", "post": "科长"}]
    leader, of = somebody(Role.UNIT_LEADER, unit=world.unit), f"cities/{CITY}/units/{world.unit}"
    world.names["units"] = world.call(leader, "dispatch", "RegisterUnitStaff", name=of, persons=staff).name
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


def _with_call(world: World) -> None:
    told = {"call_id": "170.1", "line": "12345", "direction": "inbound", "outcome": "missed", "phone": "19900009012"}
    portal = somebody(Role.PORTAL)
    call = world.call(portal, "intake", "RecordCall", city=CITY, queue_time=START, end_time=START, **told)
    world.names["calls"] = call.name


def _with_shift(world: World) -> None:
    lead, case = somebody(Role.AGENT), world.names["cases"]
    shift = world.call(lead, "intake", "BeginShift", city=CITY, shift="early")
    world.call(lead, "intake", "OfferShift", name=shift.name)
    later = world.province.clock.now() + timedelta(days=1)
    promise = world.call(lead, "intake", "MakePromise", case=case, kind="call", due_time=later)
    world.names |= {"shifts": shift.name, "promises": promise.name}


def _with_clue(world: World) -> None:
    agent, supervisor = somebody(Role.AGENT), somebody(Role.SUPERVISOR)
    said = {"subject": "无实质内容", "text": "反复拨打并辱骂话务员。", "category": "complaint"}
    caller = {"name": "钱某", "phone": "19900003456"}
    registered = world.call(agent, "intake", "RegisterCase", city=CITY, channel="phone", caller=caller, **said)
    world.call(agent, "intake", "RefuseCase", name=registered.case.name, ground="other_law")
    evidence = {"name": registered.case.name, "evidence": "当日拨打四十余次"}
    world.names["clues"] = world.call(supervisor, "intake", "HandOverClue", **evidence).name


def _with_restriction(world: World) -> None:
    """Written down as it is: the regulation of this city gives nobody the power."""
    call = world.call(somebody(Role.AGENT), "intake", "GetCall", name=world.names["calls"])
    one = Restriction(
        id="0199a1b2-0000-7000-8000-0000000000aa", city=CITY, pack=call.pack, citizen_id=call.citizen.split("/")[1],
        ground="harassment", basis="", reason="", restricted_by="supervisor:one", restricted_at=START,
        ends_at=START + timedelta(hours=24),
    )  # fmt: skip
    world.province.runtimes["intake"].in_work(lambda work: work.save(one))
    world.names["restrictions"] = f"cities/{CITY}/restrictions/{one.id}"


def _with_expert(world: World) -> None:
    leader = somebody(Role.UNIT_LEADER, unit=world.unit)
    hours = [{"days": [1, 2, 3, 4, 5], "start": "09:00", "end": "17:00"}]
    told = {"person_name": "郑工", "phone": "8012", "reached": "seat", "keywords": ["路面"], "hours": hours}
    named = world.call(leader, "intake", "NameExpert", city=CITY, unit=world.unit, **told)
    world.names["experts"] = named.name


def _with_appeal(world: World) -> None:
    """The unit has not called the citizen, and contests that: last, for time goes by."""
    clock, case = world.province.clock, world.names["cases"]
    assert isinstance(clock, SimulatedClock)
    clock.move_to(clock.now() + timedelta(days=10))
    world.province.settle()
    contested = {"case": case, "kind": "breach", "clock": "contact"}
    leader = somebody(Role.UNIT_LEADER, unit=world.unit)
    appeal = world.call(leader, "sla", "FileAppeal", **contested, reason="时限统计有误")
    world.names["appeals"] = appeal.name
    decision = {"decision": "granted", "reason": "data_wrong", "explanation": "经查属实"}
    world.names["exclusions"] = world.call(
        somebody(Role.SUPERVISOR), "sla", "DecideAppeal", name=appeal.name, **decision
    ).exclusion
    _with_report(world)


def _with_report(world: World) -> None:
    """Of the days that went by, and a circular that nobody has read yet."""
    supervisor, until = somebody(Role.SUPERVISOR), world.province.clock.now()
    period = {"city": CITY, "start_time": START, "end_time": until}
    world.names["reports"] = world.call(supervisor, "sla", "MakeSpecialReport", title="专报", **period).name
    world.names["circulars"] = world.call(supervisor, "sla", "DrawUpCircular", title="通报", **period).name


def somebody(role: Role, *, unit: str = "") -> Principal:
    return Principal(id=f"{role}:{unit or 'one'}", roles=frozenset({role}), cities=frozenset({CITY}), unit=unit)
