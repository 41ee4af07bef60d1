"""Carries faults out, and measures how soon the survivors, or those who waited for a server, had their first effect."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from chassis.events.topology import load
from tests.chaos.delays import (
    Heard,
    Published,
    first_effect,
    partitions_of,
    shards_by_session,
    slowest_first_effect,
)
from tests.chaos.ground import REPLICAS, Ground
from tests.chaos.load import Load
from tests.chaos.replicas import Replica
from tests.chaos.schedule import BOTH, Fault, Kind

CONSUMERS = tuple(c for c in load().consumers())
DEATH_SECONDS = 25.0
"""How long a process that is to die at a point may live on; then it is not passed any more, and counted as no hit."""
LOOK_SECONDS = 0.005
SNAPSHOT_SECONDS = 0.5
GONE_SECONDS = 5.0


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
        self.ground.replicas.await_ready()
        replica = self.ground.replicas.of(fault.target, fault.replica)
        replica.kill()
        with self._occasion(fault.point) as come:
            replica.start(crash_at=f"{fault.point}:{fault.passes}")
            measure, died = self._await_death(replica, come)
            hit = died > 0 and replica.end() == "signal 9"
            seconds = measure(died) if hit else None
        replica.kill()
        replica.start()
        return Outcome(fault.name, seconds, fault.point if hit else "")

    def _await_death(self, replica: Replica, come: Callable[[], object]) -> tuple[Measure, float]:
        """What it had to do is noted until shortly before; the instant of its death, 0 when it lives on."""
        measure: Measure = _nothing
        noted, armed, until = 0.0, False, time.monotonic() + 240.0
        while replica.alive and time.monotonic() < until:
            if not armed and replica.ready():
                armed, until = True, time.monotonic() + DEATH_SECONDS
            if armed:
                come()
            if armed and time.monotonic() - noted > SNAPSHOT_SECONDS:
                measure, noted = self._measure(replica), time.monotonic()
            time.sleep(LOOK_SECONDS)
        return measure, 0.0 if replica.alive else time.monotonic()

    def _measure(self, replica: Replica) -> Measure:
        """How its share of the work goes on without it."""
        service, role, books = replica.part.service, replica.part.role, self.ground.books
        if role == "grpc":
            return lambda died: self._answered_elsewhere(service, replica.part.replica, died)
        if role == "worker":
            known = shards_by_session(books, service)
            return lambda died: self._published_elsewhere(service, known, died)
        if service not in CONSUMERS:
            return _nothing
        partitions, of = partitions_of(books, service, replica.pid)
        return lambda died: first_effect(Heard(books, service, self.load.cases_known, partitions, of), died)

    def _published_elsewhere(self, service: str, known: dict[int, frozenset[int]], died: float) -> float | None:
        books, shards = self.ground.books, frozenset[int]()
        since = Published(books, service, ()).since
        while not shards and time.monotonic() - died < GONE_SECONDS:
            now = shards_by_session(books, service)
            shards = frozenset().union(*(owned for session, owned in known.items() if session not in now))
        return first_effect(Published(books, service, shards, since), died) if shards else None

    def _answered_elsewhere(self, service: str, number: int, died: float) -> float | None:
        """Until the survivor answered a command that the dead one had failed."""
        until = time.monotonic() + SNAPSHOT_SECONDS * 4
        while time.monotonic() < until:
            for retried in list(self.load.caller.retried):
                if (retried.service, retried.replica) == (service, number) and retried.done_at > died:
                    return retried.done_at - max(died, retried.failed_at)
            time.sleep(LOOK_SECONDS)
        return None

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
