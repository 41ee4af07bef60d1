"""Runs the demonstration: cases come in, actors act through the real commands, simulated time moves from act to act."""

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog

from chassis.access import Principal, Role
from chassis.domain import DomainError
from cli.demo.actors import Actors
from cli.demo.cases import DemoCase, Move
from cli.demo.disputes import dispute_view
from cli.demo.ledger import supervision_view
from cli.demo.scenery import case_view, order_view, sla_facts
from cli.demo.views import Action, Party, Scene, WorkOrderView

log = structlog.get_logger()
Perform = Callable[[], None]


class Platform(Protocol):
    """Five services in simulated time, in this process or in many."""

    def call(self, principal: Principal, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        """An RPC by name with plain fields. Raises DomainError."""

    def settle(self) -> object:
        """Delivers and does everything that is due now."""

    def next_due(self) -> datetime | None:
        """When something is due next, as of the last settling."""


class MovableClock(Protocol):
    def now(self) -> datetime: ...

    def move_to(self, instant: datetime) -> None:
        """Only when all has settled."""


@dataclass
class Play:
    """One case on its way through the demonstration."""

    case: DemoCase
    name: str = ""
    citizen: str = ""
    number: str = ""
    states: list[str] = field(default_factory=list)
    done: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    acts: list[tuple[datetime, Action]] = field(default_factory=list)
    lights: dict[str, str] = field(default_factory=dict)
    waits: bool = False
    plan: int = 0

    def since_when(self, name: str, state: str, now: datetime) -> datetime:
        """When an object was first seen in its state."""
        return self.since.setdefault((name, state), now)


@dataclass(order=True)
class _Due:
    at: datetime
    order: int
    perform: Perform = field(compare=False)


class Driver:
    """A discrete-event simulation around the real platform."""

    def __init__(
        self,
        platform: Platform,
        clock: MovableClock,
        cases: Sequence[DemoCase],
        actors: Mapping[str, Actors],
        watch: Callable[["Driver"], None],
    ) -> None:
        self.platform, self.clock, self.actors, self.watch = platform, clock, actors, watch
        self.plays = {case.key: Play(case) for case in cases}
        self.refused: Counter[str] = Counter()
        self._order = itertools.count()
        self._agenda: list[_Due] = []
        for play in self.plays.values():
            self._at(play.case.instant, lambda play=play: self._register(play))  # type: ignore[misc]

    def run(self, until: datetime) -> None:
        """Goes on until nothing is left to do, or until the last instant."""
        self.platform.settle()
        while (instant := self._next()) is not None and instant <= until:
            self.clock.move_to(instant)
            self.platform.settle()
            while self._agenda and self._agenda[0].at <= self.clock.now():
                heapq.heappop(self._agenda).perform()
                self.platform.settle()
            self.watch(self)
        self.clock.move_to(until)
        self.platform.settle()
        self.watch(self)

    def _next(self) -> datetime | None:
        due = self.platform.next_due()
        instants = [self._agenda[0].at] if self._agenda else []
        return min(instants + ([due] if due else []), default=None)

    def _at(self, instant: datetime, perform: Perform) -> None:
        heapq.heappush(self._agenda, _Due(instant, next(self._order), perform))

    # -- the seat ------------------------------------------------------------------------------------------------------

    def _register(self, play: Play) -> None:
        case = play.case
        registered = self._call(_agent(case.city), "intake", "RegisterCase", play, _registration(case))
        if registered is None:
            return
        play.name, play.citizen = registered.case.name, registered.case.citizen
        decided = self._call(_agent(case.city), "intake", *self._decision(play))
        if decided is not None:
            play.number = decided.number
        self.platform.settle()
        self._plan(play)

    def _decision(self, play: Play) -> tuple[str, Play, dict[str, Any]]:
        then, name = play.case.then, play.name
        match then.move:
            case Move.ANSWER:
                return "AnswerCase", play, {"name": name, "answer": then.answer}
            case Move.REFUSE:
                return "RefuseCase", play, {"name": name, "ground": then.refuse}
            case Move.TRANSFER:
                return "TransferCase", play, {"name": name, "line": then.transfer}
            case Move.JOIN:
                return "JoinCase", play, {"name": name, "main_case": self.plays[then.join].name}
            case Move.ACCEPT:
                return "AcceptCase", play, {"name": name}

    # -- the actors ----------------------------------------------------------------------------------------------------

    def _plan(self, play: Play) -> None:
        """Asks every party what it does next; an older plan of the same case is void."""
        play.plan += 1
        for action in self._next_actions(play):
            self._at(action.at, lambda action=action, plan=play.plan: self._act(play, action, plan))  # type: ignore[misc]

    def _act(self, play: Play, action: Action, plan: int) -> None:
        if plan != play.plan:
            return
        subject = str(action.fields["name"])
        answer = self._call(self._principal(play, action), _owner(action.command), action.command, play, action.fields)
        play.done[subject][action.command] += 1
        if answer is not None:
            play.acts.append((self.clock.now(), action))
        self.platform.settle()
        self._plan(play)

    def _next_actions(self, play: Play) -> list[Action]:
        if not play.name:
            return []
        actors, now, city = self.actors[play.case.city], self.clock.now(), play.case.city
        seen = case_view(self.ask(city, "intake", "GetCase", {"name": play.name}), play, now)
        scene = self._scene(play, play.name)
        actions = [actors.citizen_next(scene, seen), actors.amendment_next(scene, seen)]
        clocks = self.ask(city, "sla", "ListClocks", {"case": play.name}).clocks
        orders = self.ask(city, "dispatch", "ListWorkOrders", {"city": city, "case": play.name}).work_orders
        for order in (order_view(o, play, now) for o in orders):
            actions.append(actors.dispatcher_next(self._scene(play, order.name, *_parts(order)), order))
            for mine in order.assignments:
                facts = sla_facts(clocks, order.name, mine)
                actions.append(actors.unit_next(self._scene(play, mine.name), order, mine, facts))
            for name in order.supervisions:
                entry = supervision_view(self.ask(city, "dispatch", "GetSupervision", {"name": name}), now)
                actions.append(actors.supervision_next(self._scene(play, name), order, entry))
            if order.dispute:
                dispute = dispute_view(self.ask(city, "dispatch", "GetDispute", {"name": order.dispute}), now)
                actions.append(actors.dispute_next(self._scene(play, order.dispute), dispute))
        return [a for a in actions if a is not None]

    def _scene(self, play: Play, *subjects: str) -> Scene:
        done: Counter[str] = sum((play.done[subject] for subject in subjects), Counter())
        return Scene(play.case, self.clock.now(), done)

    def _principal(self, play: Play, action: Action) -> Principal:
        city = play.case.city
        match action.party:
            case Party.UNIT:
                # Who replies leads the unit too, and so has reviewed it.
                held = frozenset({Role.UNIT, Role.UNIT_LEADER})
                return Principal(f"unit:{action.unit}", held, frozenset({city}), unit=action.unit)
            case Party.CITIZEN:
                citizen = play.citizen.removeprefix("citizens/")
                return Principal(play.citizen, frozenset({Role.CITIZEN}), frozenset({city}), citizen_id=citizen)
            case Party.DISPATCHER:
                return office(city)
            case Party.AGENT:
                return _agent(city)

    # -- calls ---------------------------------------------------------------------------------------------------------

    def _call(self, principal: Principal, service: str, rpc: str, play: Play, fields: Mapping[str, Any]) -> Any | None:
        """None when the platform refuses: an actor may come too late, as people do."""
        request = {"request_id": f"demo-{play.case.key}-{next(self._order)}", **fields}
        try:
            return self.platform.call(principal, service, rpc, request)
        except DomainError as error:
            reason = error.values.get("remote_reason", error.reason)
            self.refused[f"{rpc} {reason}"] += 1
            log.warning("actor_refused", case=play.case.key, rpc=rpc, reason=reason, says=error.message_en)
            return None

    def ask(self, city: str, service: str, rpc: str, fields: Mapping[str, Any]) -> Any:
        return self.platform.call(office(city), service, rpc, fields)

    def pages(self, city: str, service: str, rpc: str, rows: str, **fields: Any) -> Iterator[Any]:
        """All rows of a list of the city."""
        token = ""
        while True:
            asked = {"city": city, "page_size": 200, "page_token": token, **fields}
            page = self.ask(city, service, rpc, asked)
            yield from getattr(page, rows)
            token = page.next_page_token
            if not token:
                return


def _parts(order: WorkOrderView) -> list[str]:
    """What a dispatcher decides on beside the order itself."""
    return [a.name for a in order.assignments] + [e.name for e in order.extensions]


_OF_INTAKE = frozenset({"RateCase", "WithdrawCase", "RecordRevisit", "CorrectCase", "SetCaseLimit"})


def _owner(command: str) -> str:
    return "intake" if command in _OF_INTAKE else "dispatch"


def _agent(city: str) -> Principal:
    return Principal(f"seat:{city}", frozenset({Role.AGENT}), frozenset({city}))


def office(city: str) -> Principal:
    """The hotline office: it sends, decides, reviews, and sees the figures."""
    roles = frozenset({Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR, Role.PROVINCE})
    return Principal(f"office:{city}", roles, frozenset({city}))


def _registration(case: DemoCase) -> dict[str, Any]:
    return {
        "city": case.city,
        "channel": case.channel,
        "category": case.category,
        "subject": case.subject,
        "text": case.text,
        "caller": case.caller.model_dump(),
        "item": case.item,
        "area": case.area,
        "attributes": dict(case.attributes),
        "emergency_class": case.emergency_class,
        "respondent_unit": case.respondent_unit,
        "own_rights_claim": case.own_rights_claim,
    }
