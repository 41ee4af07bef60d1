"""Carries faults out, and measures how soon the survivors, or those who waited for a server, had their first effect."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from chassis.events.topology import load
from tests.chaos.books import Books
from tests.chaos.delays import (
    IDLE_SECONDS,
    NEVER,
    WINDOW_SECONDS,
    Heard,
    Published,
    first_effect,
    partitions_of,
    shards_by_session,
    slowest_first_effect,
)
from tests.chaos.ground import REPLICAS, Ground
from tests.chaos.load import Caller, Load
from tests.chaos.replicas import Replica
from tests.chaos.schedule import BOTH, Fault, Kind

CONSUMERS = tuple(c for c in load().consumers())
DEATH_SECONDS = 25.0
"""How long a process that is to die at a point may live on; then it is not passed any more, and counted as no hit."""
LOOK_SECONDS = 0.005
SNAPSHOT_SECONDS = 0.5


@dataclass(frozen=True)
class Outcome:
    """What came of a fault. `seconds` until the first effect: None where there was nothing to do."""

    fault: str
    seconds: float | None = None
    hit: str = ""
    """The named point at which the process died."""


Measure = Callable[[float], float | None]
"""Made before the death; called with its instant."""


@dataclass
class Faults:
    """Does them to the ground under a load."""

    ground: Ground
    load: Load

    def carry_out(self, fault: Fault) -> Outcome:
        if fault.kind is Kind.KILL:
            return self._kill(fault)
        if fault.kind is Kind.POINT:
            return self._die(fault)
        if fault.kind in (Kind.STOP, Kind.CRASH):
            return self._outage(fault)
        return self._bad_line(fault)

    # -- processes -----------------------------------------------------------------------------------------------------

    def _kill(self, fault: Fault) -> Outcome:
        self.ground.replicas.await_ready()
        replica = self.ground.replicas.of(fault.target, fault.replica)
        measure = self._measure(replica)
        replica.kill()
        outcome = Outcome(fault.name, measure(time.monotonic()))
        replica.start()
        return outcome

    def _die(self, fault: Fault) -> Outcome:
        """Where the point was not passed so often, once more at the first time that it is."""
        outcome = self._die_at(fault, fault.passes)
        return outcome if outcome.hit else self._die_at(fault, passes=1)

    def _die_at(self, fault: Fault, passes: int) -> Outcome:
        self.ground.replicas.await_ready()
        replica = self.ground.replicas.of(fault.target, fault.replica)
        replica.kill()
        with self._occasion(fault.point) as come:
            replica.start(crash_at=f"{fault.point}:{passes}")
            measure, died = self._await_death(replica, come)
            seconds = measure(died) if died else None
            hit = died > 0 and replica.end() == "signal 9"
        replica.kill()
        replica.start()
        return Outcome(fault.name, seconds, fault.point if hit else "")

    def _await_death(self, replica: Replica, come: Callable[[], object]) -> tuple[Measure, float]:
        """What it had to do is noted until shortly before; the instant of its death, 0 when it lives on."""
        measure: Measure = _nothing
        noted, armed, until = 0.0, False, time.monotonic() + 240.0
        with watched_for_its_death(replica) as death:
            while not death.at and time.monotonic() < until:
                if not armed and replica.ready():
                    armed, until = True, time.monotonic() + DEATH_SECONDS
                if armed:
                    come()
                if time.monotonic() - noted > SNAPSHOT_SECONDS:
                    made, noted = self._measure(replica), time.monotonic()
                    measure = made if replica.alive else measure  # what is noted after its death is another's work
                time.sleep(LOOK_SECONDS)
        return measure, death.at

    def _measure(self, replica: Replica) -> Measure:
        """How its share of the work goes on without it."""
        service, role, books = replica.part.service, replica.part.role, self.ground.books
        if role == "grpc":
            return lambda died: answered_elsewhere(self.load.caller, service, replica.part.replica, died)
        if role == "worker":
            known = shards_by_session(books, service)
            return lambda died: published_elsewhere(books, service, known, died)
        if service not in CONSUMERS:
            return _nothing
        pid, leased = replica.pid, partitions_of(books, service, replica.pid)
        return lambda died: self._heard_elsewhere(service, died, leased, partitions_of(books, service, pid))

    def _heard_elsewhere(self, service: str, died: float, *leased: tuple[frozenset[int], int]) -> float | None:
        """Of the partitions that the dead one had when it was last seen alive, and that are still in its name."""
        partitions = frozenset[int]().union(*(some for some, _ in leased))
        of = max(of for _, of in leased)
        return first_effect(Heard(self.ground.books, service, self.load.cases_known, partitions, of), died)

    @contextmanager
    def _occasion(self, point: str) -> Iterator[Callable[[], object]]:
        """What must happen that a rare point is passed: called now and then."""
        books = self.ground.books
        if point.startswith("clocks."):
            yield lambda: books.rows("sla", _LET_TIME_PASS)
        elif point.startswith("parking."):
            books.rows("sla", _REFUSE)
            try:
                yield lambda: None
            finally:
                books.rows("sla", _REFUSE_NO_MORE)
        else:
            yield lambda: None

    # -- servers and lines ---------------------------------------------------------------------------------------------

    def _outage(self, fault: Fault) -> Outcome:
        server = self.ground.server(fault.target)
        (server.stop if fault.kind is Kind.STOP else server.kill)()
        time.sleep(fault.seconds)
        server.start()
        return Outcome(fault.name, self._first_effects())

    def _bad_line(self, fault: Fault) -> Outcome:
        numbers = REPLICAS if fault.replica == BOTH else (fault.replica,)
        lines = [self.ground.lines[fault.target, number] for number in numbers]
        for line in lines:
            match fault.kind:
                case Kind.CUT:
                    line.cut()
                case Kind.DELAY:
                    line.delay(fault.milliseconds, jitter=fault.milliseconds // 2)
                case Kind.RESET:
                    line.reset(after_milliseconds=100)
                case Kind.HANG:
                    line.hang()
        time.sleep(fault.seconds)
        for line in lines:
            line.mend()
        return Outcome(fault.name, self._first_effects())

    def _first_effects(self) -> float | None:
        since = time.monotonic()
        watched = [Heard(self.ground.books, consumer, self.load.cases_known) for consumer in CONSUMERS]
        return slowest_first_effect(watched, since)


def _nothing(_died: float) -> float | None:
    """There was nothing to do."""
    return None


@dataclass
class Death:
    """When a process ended (monotonic); 0 while it lives."""

    at: float = 0.0


@contextmanager
def watched_for_its_death(replica: Replica) -> Iterator[Death]:
    """By a thread that does nothing else: whatever is done meanwhile, the instant is right."""
    death, enough = Death(), threading.Event()

    def watch() -> None:
        while replica.alive:
            if enough.wait(LOOK_SECONDS):
                return
        death.at = time.monotonic()

    thread = threading.Thread(target=watch, name="death", daemon=True)
    thread.start()
    try:
        yield death
    finally:
        enough.set()
        thread.join()


def published_elsewhere(books: Books, service: str, known: dict[int, frozenset[int]], died: float) -> float | None:
    """Until the survivor published of the shards that the dead one had; its session may outlive it, and keeps them."""
    every = Published(books, service, frozenset().union(*known.values()))
    while time.monotonic() - died < WINDOW_SECONDS:
        now = shards_by_session(books, service)
        if shards := frozenset[int]().union(*(owned for session, owned in known.items() if session not in now)):
            return first_effect(Published(books, service, shards, every.since), died)
        if time.monotonic() - died > IDLE_SECONDS and not every.stuck():
            return None
        time.sleep(LOOK_SECONDS)
    return NEVER if every.stuck() else None


def answered_elsewhere(caller: Caller, service: str, number: int, died: float) -> float | None:
    """Until the survivor answered a command that the dead one did not: from the death, or from when it came."""
    while time.monotonic() - died < WINDOW_SECONDS:
        for retried in list(caller.retried):
            if (retried.service, retried.replica) == (service, number) and retried.done_at > died:
                return retried.done_at - max(died, retried.begun_at)
        if time.monotonic() - died > IDLE_SECONDS and not caller.waits_for(service, number):
            return None
        time.sleep(LOOK_SECONDS)
    return NEVER if caller.waits_for(service, number) else None


def calm(ground: Ground) -> None:
    """Takes back whatever a fault that was broken off has left."""
    for line in ground.lines.values():
        line.mend()
    with suppress(psycopg.Error):
        ground.books.rows("sla", _REFUSE_NO_MORE)


_LET_TIME_PASS = """
update clock set next_at = now() - interval '1 second', body = body || jsonb_build_object('warn_at',
    to_char((now() - interval '1 second') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
where next_at is not null and body->>'state' = 'running'
    and not (body->>'window')::boolean and not (body->>'warned')::boolean
"""
# A part of the cases: their news must wait in the parking of sla.
_REFUSE = """
create or replace function refuse() returns trigger language plpgsql as
    $$ begin if hashtext(new.body->>'case_id') % 4 = 0 then raise 'not this one'; end if; return new; end $$;
create or replace trigger refuse before insert on clock for each row execute function refuse()
"""
_REFUSE_NO_MORE = "drop trigger if exists refuse on clock"
