"""Whole life-cycles through the real commands: one F16 complaint with a lead only, eight commands each."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

import sqlalchemy as sa

from chassis.access import Principal
from chassis.events.topology import Topology
from tests.load.ground import CITY, citizen, office, seat, unit

COMMANDS = (
    "RegisterCase",
    "AcceptCase",
    "SignAssignment",
    "RecordContact",
    "AnswerCitizen",
    "SubmitReply",
    "CompleteWorkOrder",
    "RateCase",
)
TEAMS = 2
LOOK_SECONDS = 0.05
_PLACES = ("五四路", "杨桥东路", "六一中路", "工业路", "二环辰光路", "江滨西大道", "福马路", "则徐大道")
_FAULTS = ("路面坑洼不平", "井盖松动作响", "路灯几天不亮", "人行道砖块碎裂", "积水排不出去")


class HasDatabase(Protocol):
    @property
    def engine(self) -> sa.Engine: ...


class Driven(Protocol):
    """Five services that take commands: in one process, or as a stack of many."""

    @property
    def runtimes(self) -> Mapping[str, HasDatabase]: ...

    @property
    def topology(self) -> Topology: ...

    def call(self, principal: Principal, service: str, rpc: str, fields: Mapping[str, Any], /) -> Any: ...

    def settle(self) -> int: ...


@dataclass
class Life:
    """One case and what its commands need to name."""

    number: int
    case: str = ""
    citizen: str = ""
    order: str = ""
    assignment: str = ""
    unit: str = ""


@dataclass
class Crew:
    """Driver threads that send commands while the workers of the province deliver."""

    province: Driven
    threads: int = 3
    name: str = "bench"
    """Of whom the requests are: a stack that was measured before remembers them."""
    sent: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in COMMANDS})

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="driver") if self.threads else None
        self._lock = threading.Lock()
        self._requests = count(1)

    def live(self, lives: Sequence[Life]) -> None:
        """Takes a batch through all eight commands; between its stages it waits for the effects that it needs."""
        self._stage(lives, self.arrive, lambda: self._find_orders(lives))
        self._stage(lives, self._handle, lambda: self._are_replied(lives))
        self._stage(lives, self._rate, lambda: True)

    def live_all(self, batches: Iterable[Sequence[Life]]) -> None:
        """Several batches, two of them at a time: while one waits for its effects, the other has something to do."""
        if self._pool is None:
            for batch in batches:
                self.live(batch)
            return
        with ThreadPoolExecutor(TEAMS, thread_name_prefix="team") as teams:
            list(teams.map(self.live, batches))

    def _stage(self, lives: Iterable[Life], act: Callable[[Life], None], is_done: Callable[[], bool]) -> None:
        if self._pool is None:
            for life in lives:
                act(life)
            self.province.settle()
        else:
            list(self._pool.map(act, lives))
        wait_until(is_done)

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        request = {"request_id": f"{self.name}-{next(self._requests):08d}", **fields}
        started = time.perf_counter()
        answer = self.province.call(who, service, rpc, request)
        took = time.perf_counter() - started
        with self._lock:
            self.sent[rpc].append(took)
        return answer

    # -- the eight commands --------------------------------------------------------------------------------------------

    def register(self, life: Life) -> None:
        registered = self.call(seat(), "intake", "RegisterCase", **registration(life.number))
        life.case, life.citizen = registered.case.name, registered.case.citizen

    def arrive(self, life: Life) -> None:
        self.register(life)
        self.call(seat(), "intake", "AcceptCase", name=life.case)

    def _handle(self, life: Life) -> None:
        mine = unit(life.unit)
        self.call(mine, "dispatch", "SignAssignment", name=life.assignment)
        self.call(mine, "dispatch", "RecordContact", name=life.assignment, method="phone", proof="call-1")
        self.call(mine, "dispatch", "AnswerCitizen", name=life.assignment, method="phone", proof="call-2")
        self.call(
            mine,
            "dispatch",
            "SubmitReply",
            name=life.assignment,
            result="已派人到场修复，路面恢复平整。",
            legal_basis="城市道路管理条例第二十三条",
            handler="陈师傅",
            section="养护科",
            reviewed_by="林局长",
            filing="none",
            result_kind="solved",
        )
        self.call(office(), "dispatch", "CompleteWorkOrder", name=life.order)

    def _rate(self, life: Life) -> None:
        scores = {"solved": True, "call_score": "very_satisfied", "handling_score": "very_satisfied"}
        self.call(citizen(life.citizen), "intake", "RateCase", name=life.case, **scores)

    def _find_orders(self, lives: Sequence[Life]) -> bool:
        """Reads all orders at once: what units see on their screens is not what is measured here."""
        by_case = {life.case.rpartition("/")[2]: life for life in lives}
        with self.province.runtimes["dispatch"].engine.connect() as connection:
            if connection.execute(_DISPATCHED, {"cases": list(by_case)}).scalar_one() < len(lives):
                return False
            found = connection.execute(_ORDERS, {"cases": list(by_case)}).all()
        for id, case, body in found:
            life, lead = by_case[case], body["assignments"][0]
            life.order = f"cities/{CITY}/workOrders/{id}"
            life.assignment, life.unit = f"{life.order}/assignments/{lead['id']}", lead["unit"]
        return len(found) == len(lives)

    def _are_replied(self, lives: Sequence[Life]) -> bool:
        cases = [life.case.rpartition("/")[2] for life in lives]
        with self.province.runtimes["intake"].engine.connect() as connection:
            return bool(connection.execute(_REPLIED, {"cases": cases}).scalar_one() == len(cases))


_OF_THEM = "from work_order where case_id = any(:cases) and state = 'dispatched'"
_DISPATCHED, _ORDERS = sa.text(f"select count(*) {_OF_THEM}"), sa.text(f"select id, case_id, body {_OF_THEM}")
_REPLIED = sa.text("select count(*) from case_file where id = any(:cases) and state = 'replied'")


def registration(number: int) -> dict[str, Any]:
    """A complaint of its own caller, with a name, a number and an address in its text."""
    place, fault = _PLACES[number % len(_PLACES)], _FAULTS[number % len(_FAULTS)]
    phone = f"199{number % 100_000_000:08d}"
    address = f"鼓楼区{place}{number % 400 + 1}号"
    return {
        "city": CITY,
        "channel": "phone",
        "category": "complaint",
        "item": "12",
        "subject": f"{place}{fault}",
        "text": f"我叫林晓梅，电话{phone}，{address}门口的城市道路{fault}，第{number}次经过都很危险，请尽快修补。",
        "caller": {"name": "林晓梅", "phone": phone, "address": address},
    }


def wait_until(is_done: Callable[[], bool], limit_seconds: float = 300.0, *, look: float = LOOK_SECONDS) -> None:
    until = time.monotonic() + limit_seconds
    while not is_done():
        if time.monotonic() > until:
            raise AssertionError(f"effects have not come after {limit_seconds:.0f} s")
        time.sleep(look)
