"""Which fault comes when: pure, and for the same seed always the same."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from chassis.crashpoints import POINTS
from cli.stack.plan import ROLES, SERVICES

CASES = 200
BOTH = 0
"""In place of the number of a replica."""
T = TypeVar("T")


class Kind(StrEnum):
    """What is done; `target` tells to whom."""

    KILL = "kill"
    """A process is killed at any moment."""
    POINT = "point"
    """A process dies at a named place in the code."""
    STOP = "stop"
    """A server is stopped in its own way and started again."""
    CRASH = "crash"
    """A server is killed and started again."""
    CUT = "cut"
    """The line to a server is closed, and refused for a while."""
    DELAY = "delay"
    """Everything on the line comes late."""
    RESET = "reset"
    """Every connection on the line is reset after a moment."""
    HANG = "hang"
    """The line stays open and nothing comes through."""


LINES = (Kind.CUT, Kind.DELAY, Kind.RESET, Kind.HANG)
SERVERS = ("rabbitmq", "postgres")
MAY_DIE_AT: dict[str, tuple[str, tuple[str, ...]]] = {
    "command.before_commit": ("grpc", ("intake", "dispatch")),
    "command.after_commit": ("grpc", ("intake", "dispatch")),
    "relay.after_claim": ("worker", ("intake", "dispatch", "sla")),
    "relay.after_publish": ("worker", ("intake", "dispatch", "sla")),
    "receiver.before_commit": ("bus", ("intake", "dispatch", "sla", "notify")),
    "receiver.after_commit": ("bus", ("intake", "dispatch", "sla", "notify")),
    "parking.after_claim": ("worker", ("sla",)),
    "clocks.before_commit": ("worker", ("sla",)),
    "clocks.after_commit": ("worker", ("sla",)),
    "notify.after_claim": ("worker", ("notify",)),
    "notify.after_hand_over": ("worker", ("notify",)),
}
"""The role that passes each point under our load, and the services that do."""
OFTEN = {"command", "relay", "receiver"}
"""Passed for every case; the others only now and then."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong."""

    kind: Kind
    target: str
    """A process such as `sla.bus`, or a server."""
    at: int
    """It comes when so many cases have begun."""
    replica: int = 1
    point: str = ""
    passes: int = 1
    """How often the point is passed before the process dies there."""
    seconds: float = 0.0
    """How long the server is away or the line is bad."""
    milliseconds: int = 0
    """Of a delay."""

    @property
    def name(self) -> str:
        """How the table calls its kind."""
        if self.kind is Kind.KILL:
            return f"kill -9 {self.target.partition('.')[2]}"
        if self.kind is Kind.POINT:
            return f"death at {self.point}"
        return f"{self.target} {_SAID.get(self.kind, f'line {self.kind}')}"

    def __str__(self) -> str:
        where = f"{self.name} of {self.target}" if self.kind in (Kind.KILL, Kind.POINT) else self.name
        whose = "" if self.kind in (Kind.STOP, Kind.CRASH) else f", replica {self.replica or '1 and 2'}"
        return f"{where}{whose} after {self.at} cases"


_SAID = {Kind.STOP: "stopped", Kind.CRASH: "killed"}


@dataclass(frozen=True)
class Schedule:
    """The faults of one stretch of cases, in their order."""

    seed: int
    number: int
    cases: int
    faults: tuple[Fault, ...]


def schedule(seed: int, number: int, *, cases: int = CASES, faults: int = 3) -> Schedule:
    """A death at a named point, a kill and an outage, in any order; any of these for fewer `faults`.

    Each is dealt from a deck of its own, so that everything comes up about equally often.
    """
    chance = random.Random(f"{seed}/{number}")
    made = [_death(seed, number, chance), _outage(seed, number, chance), _kill(seed, number, chance)]
    chance.shuffle(made)
    return Schedule(seed, number, cases, tuple(_placed(made[:faults], cases, chance)))


def short_ones(count: int = 10, seed: int = 71) -> list[Schedule]:
    """For a quicker look, one or two faults in each; among the first ten is something of every sort."""
    return [schedule(seed, number, faults=1 + number % 2) for number in range(count)]


def _placed(made: Sequence[Fault], cases: int, chance: random.Random) -> list[Fault]:
    """Each in its own part of the cases, at any moment of it."""
    each = cases / (len(made) + 0.5)
    return [replace(fault, at=int(each * (place + chance.uniform(0.1, 0.6)))) for place, fault in enumerate(made)]


def _death(seed: int, number: int, chance: random.Random) -> Fault:
    point = dealt(f"{seed}/points", sorted(POINTS), number)
    role, services = MAY_DIE_AT[point]
    passes = chance.randint(1, 12) if point.partition(".")[0] in OFTEN else 1
    target = f"{chance.choice(services)}.{role}"
    return Fault(Kind.POINT, target, 0, replica=chance.randint(1, 2), point=point, passes=passes)


def _kill(seed: int, number: int, chance: random.Random) -> Fault:
    target = dealt(f"{seed}/kills", [f"{service}.{role}" for role in ROLES for service in SERVICES], number)
    return Fault(Kind.KILL, target, 0, replica=chance.randint(1, 2))


def _outage(seed: int, number: int, chance: random.Random) -> Fault:
    cards = [(kind, server) for server in SERVERS for kind in (Kind.STOP, Kind.CRASH, *LINES)]
    kind, server = dealt(f"{seed}/outages", cards, number)
    seconds = round(chance.uniform(0.0, 3.0) if kind in (Kind.STOP, Kind.CRASH) else chance.uniform(0.5, 7.0), 2)
    replica = BOTH if kind in (Kind.STOP, Kind.CRASH) else chance.choice((1, 2, BOTH))
    milliseconds = chance.choice((20, 50, 100, 200)) if kind is Kind.DELAY else 0
    return Fault(kind, server, 0, replica=replica, seconds=seconds, milliseconds=milliseconds)


def dealt(name: str, cards: Sequence[T], number: int) -> T:
    """The card of this number when the deck is dealt over and over, shuffled anew each time."""
    turn, place = divmod(number, len(cards))
    deck = list(cards)
    random.Random(f"{name}/{turn}").shuffle(deck)
    return deck[place]
