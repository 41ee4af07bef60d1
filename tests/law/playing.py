"""One story played to both sides: the platform's clocks on a store in memory with its timer, and the oracle's file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.application import Ignored
from chassis.domain import NotYet
from chassis.work import Origin
from services.sla.application.correcting import take_facts_everywhere
from services.sla.application.foreign import Assigned, Happening
from services.sla.application.timekeeping import Timekeeping
from services.sla.domain.clock import Clock as TheirClock
from services.sla.domain.rulebook import Rulebook
from tests.law.clocks import Clock, Happened
from tests.law.files import CaseFile
from tests.law.moments import to_local, to_utc
from tests.law.stories import Heard
from tests.law.worlds import World

FIELDS = frozenset(Happening.__dataclass_fields__)
Differences = list[str]
Finding = tuple[Any, ...]
WHATS = (
    *("state", "due", "yellow", "provisional", "last moment to extend", "limit", "first deadline", "judged"),
    *("breaches that stand", "returned too late"),
)
"""What is found of each clock, in this order."""


class Memory:
    """What Timekeeping asks of a work, kept in memory."""

    def __init__(self) -> None:
        self.origin = Origin()
        self.clocks: dict[str, TheirClock] = {}
        self.said: dict[str, list[str]] = defaultdict(list)
        self._looked = False

    def find_by(self, _kind: type, column: str, value: str) -> list[TheirClock]:
        return [clock for _, clock in sorted(self.clocks.items()) if getattr(clock, column) == value]

    def new_id(self) -> str:
        return f"k{len(self.clocks):06d}"

    def save(self, clock: TheirClock, *events: Any) -> None:
        self.clocks[clock.id] = clock
        self.said[clock.id] += [type(event).__name__ for event in events]
        self._looked = False

    def due(self, now: datetime) -> TheirClock | None:
        """The next that the timer must look at by now; nothing but a save changes which it is."""
        if not self._looked:
            waiting = [(at, id) for id, clock in self.clocks.items() if (at := clock.next_at) is not None]
            self._next, self._looked = min(waiting, default=None), True
        return self.clocks[self._next[1]] if self._next and self._next[0] <= now else None


class Platform:
    """sla's own code, from an event to its clocks, with the timer that looks at each when it says so."""

    def __init__(self, book: Rulebook) -> None:
        self.book, self.memory = book, Memory()

    def wait_until(self, now: datetime) -> None:
        while (clock := self.memory.due(to_utc(now))) is not None:
            assert clock.next_at is not None
            self.memory.save(clock, *clock.tick(clock.next_at))

    def hear(self, event: Happened) -> bool:
        """False: not yet, it is to be told again."""
        told = {name: value for name, value in event.told.items() if name in FIELDS and value is not None}
        told["assignments"] = [Assigned(**assigned) for assigned in told.get("assignments", [])]
        try:
            keeping = Timekeeping(event.type, Happening(**told), self.memory, self.book)  # type: ignore[arg-type]
            keeping.observe()
            if event.type.endswith("_corrected"):
                take_facts_everywhere(keeping)
        except NotYet:
            return False
        except Ignored:
            return True
        return True


@dataclass
class Play:
    """Both sides, and what is still waiting to be heard."""

    world: World
    file: CaseFile
    platform: Platform

    @classmethod
    def of(cls, world: World, city: str) -> "Play":
        return cls(world, CaseFile(world.packs[city]), Platform(world.book))

    def run(self, heard: Sequence[Heard]) -> Differences:
        """The first differences, with the event after which they show."""
        waiting: dict[str, list[Heard]] = defaultdict(list)
        told = sorted(heard, key=lambda h: h.at)
        for news in told:
            self._wait(news.at)
            waiting[news.stream].append(news)
            if found := self._hear(waiting, news.at):
                return found
        if any(waiting.values()):
            return [f"never heard: {[n.event.type for queue in waiting.values() for n in queue]}"]
        return self._at_the_end(told[-1].at) if told else []

    def _hear(self, waiting: dict[str, list[Heard]], now: datetime) -> Differences:
        """Each stream in its order; what came too early waits for the news of another."""
        progress = True
        while progress:
            progress = False
            for queue in waiting.values():
                while queue and self.platform.hear(queue[0].event):
                    told = queue.pop(0).event
                    self.file.hear(told)
                    self._wait(now)
                    progress = True
                    if found := self.differences(now):
                        return [f"after {told.type} of {told.at}, heard at {now}:", *found]
        return []

    def _wait(self, now: datetime) -> None:
        self.platform.wait_until(now)
        self.file.wait_until(now)

    def _at_the_end(self, now: datetime) -> Differences:
        """When every light has had its time."""
        lights = [c.timing.due for c in self.file.clocks if not c.is_over]
        for instant in sorted({due + moment for due in lights for moment in (-_SECOND, timedelta(0))}):
            if instant > now:
                self._wait(instant)
                if found := self.differences(instant):
                    return [f"nobody told anything more, at {instant}:", *found]
        return []

    # -- what each finds -----------------------------------------------------------------------------------------------

    def differences(self, now: datetime) -> Differences:
        law = {clock.key: by_the_law(clock, now) for clock in self.file.clocks}
        theirs = {key_of(c): by_the_platform(c, self.platform.memory.said[c.id]) for c in self._their_clocks()}
        found = [
            f"  {key}: only {'the law' if key in law else 'the platform'} has it" for key in law.keys() ^ theirs.keys()
        ]
        for key in law.keys() & theirs.keys():
            if law[key] != theirs[key]:
                for what, ours, other in zip(WHATS, law[key], theirs[key], strict=True):
                    found += [f"  {key}, {what}: by the law {ours}, the platform {other}"] if ours != other else []
        return sorted(found)

    def _their_clocks(self) -> list[TheirClock]:
        return list(self.platform.memory.clocks.values())


_SECOND = timedelta(seconds=1)


def by_the_law(clock: Clock, now: datetime) -> Finding:
    state, timing = clock.state(now), clock.timing
    return (
        *(state, timing.due, timing.warn, timing.provisional, clock.last_extension(), str(timing.limit)),
        *(clock.first_due, clock.judged if state in ("met", "late") else None),
        *(int(clock.breach_stands(now)), clock.overdue_return),
    )


def by_the_platform(clock: TheirClock, said: Sequence[str]) -> Finding:
    last, first = clock.last_extension_at, clock.first_due_at
    judged = clock.judged_at if clock.state in ("met", "late") else None
    return (
        *(str(clock.state), to_local(clock.due_at), to_local(clock.warn_at), clock.provisional),
        *(to_local(last) if last else None, clock.limit, to_local(first) if first else None),
        *(to_local(judged) if judged else None, said.count("ClockBreached") - said.count("BreachWithdrawn")),
        clock.late_return,
    )


def key_of(clock: TheirClock) -> str:
    return f"{clock.kind} {clock.watched_id} round {clock.round}, {clock.occurrence}."
