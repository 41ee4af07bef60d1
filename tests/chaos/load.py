"""Whole cases through gRPC, from the call to the rating, by callers who do not give up while something is away."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import grpc
import psycopg

from chassis.access import Principal
from chassis.grpckit.client import Client, reason_of
from chassis.tokens import TokenSigner
from cli.province import descriptor_of
from tests.chaos.books import Books
from tests.chaos.ground import REPLICAS, Ground
from tests.load.ground import CITY, citizen, office, seat, unit
from tests.load.lives import Life, registration

THREADS, THREADS_AFTERWARDS = 8, 2
"""When there are cases enough, a few go on: a process that starts again needs the processor too."""
CALL_SECONDS = 15.0
PATIENCE_SECONDS = 150.0
"""How long a caller goes on with one command, or waits for one effect."""
LOOK_SECONDS = 0.05
AWAY = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED}
UNSURE = {grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL}
"""Nobody may answer so; tried again all the same, and counted."""


class Unfinished(Exception):
    """A case that did not come to its end."""


@dataclass(frozen=True)
class Retried:
    """A command that its first replica did not answer."""

    service: str
    replica: int
    begun_at: float
    done_at: float


@dataclass(frozen=True)
class Begun:
    """A command under way, with the replica that it was sent to first."""

    service: str
    replica: int
    at: float


class Caller:
    """Commands to either replica of a service; with the same request id to the other one when it does not answer."""

    def __init__(self, addresses: Mapping[tuple[str, int], str], signer: TokenSigner, run: str) -> None:
        self._clients = {
            (service, number): Client(address, {service: descriptor_of(service)}, limit_seconds=CALL_SECONDS)
            for (service, number), address in addresses.items()
        }
        self._signer, self._run = signer, run
        self._turns = count()
        self.retried: list[Retried] = []
        self._under_way: dict[int, Begun] = {}
        self.unsure: Counter[str] = Counter()

    def call(self, who: Principal, service: str, rpc: str, **fields: Any) -> Any:
        turn = next(self._turns)
        self._under_way[turn] = begun = Begun(service, REPLICAS[turn % 2], time.monotonic())
        try:
            return self._call(turn, begun, who, rpc, fields)
        finally:
            del self._under_way[turn]

    def waits_for(self, service: str, replica: int) -> bool:
        """Whether a command that went to this replica first has no answer yet."""
        return any((b.service, b.replica) == (service, replica) for b in list(self._under_way.values()))

    def _call(self, turn: int, begun: Begun, who: Principal, rpc: str, fields: Mapping[str, Any]) -> Any:
        service = begun.service
        request = {"request_id": f"{self._run}-{turn:08d}", **fields}
        token, until = self._signer.issue(who), time.monotonic() + PATIENCE_SECONDS
        for attempt in count():
            try:
                answer = self._clients[service, REPLICAS[(turn + attempt) % 2]].call(token, service, rpc, request)
            except grpc.RpcError as error:
                self._note(rpc, error, until)
                time.sleep(min(0.02 * 2**attempt, 0.5))
            else:
                if attempt:
                    self.retried.append(Retried(service, begun.replica, begun.at, time.monotonic()))
                return answer
        raise AssertionError("unreachable")

    def _note(self, rpc: str, error: grpc.RpcError, until: float) -> None:
        """Raises Unfinished for an answer that is final."""
        if error.code() in UNSURE:
            self.unsure[f"{rpc}: {error.code().name}"] += 1
        elif error.code() not in AWAY:
            raise Unfinished(f"{rpc}: {reason_of(error)}")
        if time.monotonic() > until:
            raise Unfinished(f"{rpc}: no answer within {PATIENCE_SECONDS:.0f} s, {error.code().name}")

    def close(self) -> None:
        for client in self._clients.values():
            client.close()


class Effects(threading.Thread):
    """Sees in the databases what units see on their screens: the order of a case, and its reply."""

    def __init__(self, books: Books) -> None:
        super().__init__(name="effects", daemon=True)
        self._books = books
        self._orders: dict[str, tuple[Life, threading.Event]] = {}
        self._replies: dict[str, threading.Event] = {}
        self._ending = threading.Event()
        self.waits: list[float] = []

    def await_order(self, life: Life) -> None:
        seen = threading.Event()
        self._orders[id_of(life.case)] = life, seen
        self._await(seen, "no order")

    def await_reply(self, life: Life) -> None:
        seen = self._replies[id_of(life.case)] = threading.Event()
        self._await(seen, "no reply")

    def _await(self, seen: threading.Event, missing: str) -> None:
        begun = time.monotonic()
        if not seen.wait(PATIENCE_SECONDS):
            raise Unfinished(f"{missing} after {PATIENCE_SECONDS:.0f} s")
        self.waits.append(time.monotonic() - begun)

    def run(self) -> None:
        while not self._ending.wait(LOOK_SECONDS):
            try:
                self._look_for_orders()
                self._look_for_replies()
            except psycopg.OperationalError:
                continue  # the server is away

    def stop(self) -> None:
        self._ending.set()

    def _look_for_orders(self) -> None:
        if not (cases := list(self._orders)):
            return
        for id, case, body in self._books.rows_now("dispatch", _ORDERS, {"cases": cases}):
            life, seen = self._orders.pop(case)
            lead = body["assignments"][0]
            life.order = f"cities/{CITY}/workOrders/{id}"
            life.assignment, life.unit = f"{life.order}/assignments/{lead['id']}", lead["unit"]
            seen.set()

    def _look_for_replies(self) -> None:
        if cases := list(self._replies):
            for (case,) in self._books.rows_now("intake", _REPLIED, {"cases": cases}):
                self._replies.pop(case).set()


_ORDERS = "select id, case_id, body from work_order where case_id = any(%(cases)s) and state = 'dispatched'"
_REPLIED = "select id from case_file where id = any(%(cases)s) and state = 'replied'"


@dataclass
class Load:
    """Threads that live one case after the other: at least so many, and some on until they are told to end."""

    ground: Ground
    caller: Caller
    first: int
    """Numbers of the callers' telephones begin here."""
    cases: int
    enough: threading.Event = field(default_factory=threading.Event)
    lives: list[Life] = field(default_factory=list)
    done: list[Life] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self.effects = Effects(self.ground.books)
        threads = min(THREADS, self.cases)
        self._going = threads
        self._threads = [threading.Thread(target=self._run, name=f"caller-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        self.effects.start()
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """No more cases than are begun by now, or than are wanted at least."""
        self.enough.set()
        for thread in self._threads:
            thread.join()
        self.effects.stop()
        self.effects.join()

    @property
    def over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def cases_known(self) -> list[str]:
        return [id_of(life.case) for life in list(self.lives) if life.case]

    def _next(self) -> Life | None:
        with self._lock:
            if len(self.lives) >= self.cases and (self.enough.is_set() or self._going > THREADS_AFTERWARDS):
                self._going -= 1
                return None
            self.lives.append(Life(self.first + len(self.lives)))
            return self.lives[-1]

    def _run(self) -> None:
        while (life := self._next()) is not None:
            try:
                self._live(life)
                self.done.append(life)
            except Unfinished as why:
                self.unfinished.append(f"{life.case or 'a call'}: {why}")
            except Exception as error:  # ours; a thread that ended in silence would be missed by nobody
                self.unfinished.append(f"{life.case or 'a call'}: {type(error).__name__}: {error}")
                return

    def _live(self, life: Life) -> None:
        call = self.caller.call
        registered = call(seat(), "intake", "RegisterCase", **registration(life.number))
        life.case, life.citizen = registered.case.name, registered.case.citizen
        call(seat(), "intake", "AcceptCase", name=life.case)
        self.effects.await_order(life)
        self._handle(life)
        self.effects.await_reply(life)
        scores = {"solved": True, "call_score": "very_satisfied", "handling_score": "very_satisfied"}
        call(citizen(life.citizen), "intake", "RateCase", name=life.case, **scores)

    def _handle(self, life: Life) -> None:
        call, mine, name = self.caller.call, unit(life.unit), life.assignment
        call(mine, "dispatch", "SignAssignment", name=name)
        call(mine, "dispatch", "RecordContact", name=name, method="phone", proof="call-1")
        call(mine, "dispatch", "AnswerCitizen", name=name, method="phone", proof="call-2")
        words = {"result": "已派人到场修复，路面恢复平整。", "legal_basis": "城市道路管理条例第二十三条"}
        words |= {"section": "养护科", "reviewed_by": "林局长", "filing": "none"}
        call(mine, "dispatch", "SubmitReply", name=name, handler="陈师傅", result_kind="solved", **words)
        call(office(), "dispatch", "CompleteWorkOrder", name=life.order)


def id_of(name: str) -> str:
    return name.rpartition("/")[2]
