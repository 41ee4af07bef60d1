"""A new edition of the calendar at work on the clocks of the table: what it changes moves in slices, each clock once.

The scan reads no clock: it asks which remainders and deadlines there are among the open ones, and one sum tells for all
that share them where they go. A clock that was moved has another deadline and is in no such group any more: a worker
that dies half-way leaves nothing to be undone, and several workers share the rest.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.domain import DomainError, Event
from chassis.pipeline import ServiceRuntime
from chassis.telemetry import tracing
from chassis.work import By, Origin, Work
from services.sla.adapters import stores
from services.sla.adapters.tables import OLDER
from services.sla.application.recounting import Recount, followers
from services.sla.domain.beyond import Beyond
from services.sla.domain.calendar import OfficeCalendar, local
from services.sla.domain.clock import Clock

log = structlog.get_logger()
BATCH = 500
# A release is over by then: what its last old process has started meanwhile is found by the second look.
LOOKS = (timedelta(0), timedelta(minutes=10), timedelta(hours=1))
PATIENCE = 5
NEVER = datetime.max.replace(tzinfo=UTC)
CalendarsOf = Callable[[int], Mapping[str, OfficeCalendar]]
"""The calendars of the cities as if no later year than this were published."""


@dataclass(frozen=True)
class Group:
    """Open clocks with the same remainder and deadline, which go the same way."""

    city: str
    beyond: str
    due_at: datetime
    new: datetime
    count: int
    after: str = ""


@dataclass
class Recounting:
    """What one process has still to do about the edition of the calendar that it has loaded."""

    recount: Recount
    calendars_of: CalendarsOf
    _looks: deque[datetime] = field(default_factory=deque)
    _plan: deque[list[Group]] = field(default_factory=deque)
    _moved: int = 0
    _before: int = -1
    """How many had been moved when the plan was made last: one that moves nothing is made a few times more only."""
    _in_vain: int = 0

    def run(self, runtime: ServiceRuntime) -> int:
        """A job: one slice. Returns how many clocks it moved or learned about."""
        if not self._looks:
            self._begin(runtime)
        if self._plan:
            return self._move_slice(runtime)
        if self._looks[0] > runtime.clock.now():
            return 0
        if learned := runtime.in_work(self._learn):
            self._before = -1
            return learned
        self._plan.extend(self._planned(runtime))
        self._in_vain = self._in_vain + 1 if self._moved == self._before else 0
        self._before = self._moved
        if not self._plan or self._in_vain > PATIENCE:
            self._end_look()
        return self._move_slice(runtime)

    @property
    def waits(self) -> bool:
        """For clocks that others hold: the look that has begun is not over."""
        return self._before >= 0

    def _begin(self, runtime: ServiceRuntime) -> None:
        runtime.in_work(self._tell)
        now = runtime.clock.now()
        self._looks.extend([*(now + later for later in LOOKS), NEVER])

    def _end_look(self) -> None:
        """Nothing is left that can be moved now; what was in other hands is seen at the next look."""
        self._before = -1
        self._looks.popleft()
        self._plan.clear()
        if self._moved > 0:
            log.info("calendar_published", moved=self._moved)
        self._moved = 0

    def _tell(self, work: Work) -> None:
        """The edition that was loaded last counts, in the cities where it is another."""
        known: dict[str, str] = dict(direct.fetch(work.connection, _EDITIONS, {}))
        rows = [
            {"city": city, "version": calendar.version, "loaded_at": work.now}
            for city, calendar in self.recount.book.calendars.items()
            if known.get(city) != calendar.version
        ]
        if rows:
            work.write_last(_TELL, direct.rows_of(rows))

    # -- moving ------------------------------------------------------------------------------------------------------

    def _move_slice(self, runtime: ServiceRuntime) -> int:
        while self._plan:
            groups = self._plan.popleft()
            moved, rest = runtime.in_work(partial(self._move, groups))
            if rest:
                self._plan.appendleft([rest])
            if moved:
                crash_point("clocks.after_commit")
                self._moved += moved
                return moved
        return 0

    def _planned(self, runtime: ServiceRuntime) -> list[list[Group]]:
        """The groups that a new calendar moves, in slices of about one batch."""
        with runtime.reading() as read:
            groups, editions = direct.fetch_together(read.connection, [(_GROUPS, {}), (_EDITIONS, {})])
            ours = {city for city, version in editions if self._version(city) == version}
            found = [(city, text, due) for city, text, due in groups if city in ours]
            new = [self.recount.new_due(city, Beyond.parse(text), due, read.now) for city, text, due in found]
            moved = [Group(*group, new=to, count=0) for group, to in zip(found, new, strict=True) if to is not None]
            asked = [{"n": n, "city": g.city, "beyond": g.beyond, "due_at": g.due_at} for n, g in enumerate(moved)]
            counts = direct.fetch(read.connection, _COUNTS, {**direct.rows_of(asked), "batch": BATCH})
        return _slices(replace(group, count=count) for group, (_, count) in zip(moved, counts, strict=True))

    def _version(self, city: str) -> str:
        calendar = self.recount.book.calendars.get(city)
        return calendar.version if calendar else ""

    def _move(self, groups: Sequence[Group], work: Work) -> tuple[int, Group | None]:
        """Moves one slice; what is left of a group that is larger than a slice comes back."""
        work.bulk = True
        found = direct.fetch_together(work.connection, [(_CLAIM, _asked(group)) for group in groups])
        claimed = [[stores.clocks.decode(*row) for row in rows] for rows in found]
        waiting, busy = self._hanging(work, [clock for clocks in claimed for clock in clocks])
        moved: list[Clock] = []
        for group, clocks in zip(groups, claimed, strict=True):
            for clock in (clock for clock in clocks if clock.case_id not in busy):
                if not _is_of(group, clock):
                    work.save(clock)
                elif self._moves(work, clock, self.recount.move, group.new):
                    moved.append(clock)
        for clock, other in list(followers(moved, waiting)):
            if self._moves(work, clock, self.recount.follow, other):
                moved.append(clock)
        if moved:
            work.write_last(_MOVE, direct.rows_of([_row(clock) for clock in moved]))
            crash_point("clocks.before_commit")
        rest = replace(groups[-1], after=claimed[-1][-1].id) if len(claimed[-1]) == BATCH else None
        return len(moved), rest

    def _moves(self, work: Work, clock: Clock, how: Callable[[Clock, Any, datetime], list[Event]], to: object) -> bool:
        """One that cannot be judged, as when its pack is not loaded, keeps its deadline and delays no other."""
        try:
            events = how(clock, to, work.now)
        except DomainError as error:
            told = tracing.named(clock.trace, clock.case_id)
            log.warning("clock_not_recounted", clock=clock.id, reason=error.reason, **told)
            return False
        work.origin = Origin(trace=clock.trace)
        work.emit(*events)
        return bool(events)

    def _hanging(self, work: Work, clocks: Sequence[Clock]) -> tuple[list[Clock], AbstractSet[str]]:
        """Clocks that hang on these, locked, and the cases where one is in other hands: they wait for the next look."""
        asked = {"cases": sorted({clock.case_id for clock in clocks if clock.case_id})}
        claimed, there = direct.fetch_together(work.connection, [(_CLAIM_AHEAD, asked), (_AHEAD, asked)])
        waiting = [stores.clocks.decode(*row) for row in claimed]
        held = {clock.id for clock in waiting}
        return waiting, {case for id, case in there if id not in held}

    # -- clocks of an older version ------------------------------------------------------------------------------------

    def _learn(self, work: Work) -> int:
        """One slice of the clocks that an older version wrote; what hangs on them comes along."""
        rows = direct.fetch(work.connection, _OLDER, {"batch": BATCH})
        if not rows:
            return 0
        work.preload([By(Clock, "case_id", case) if case else By(Clock, "id", id) for id, case in rows])
        for id, case in rows:
            of_case = work.find_by(Clock, "case_id", case) if case else work.find_by(Clock, "id", id)
            for clock in of_case:
                if clock.ahead_of is None:
                    self._teach(clock)
                    work.save(clock)
        return len(rows)

    def _teach(self, clock: Clock) -> None:
        """By the calendar as it was published in the year in which the clock started."""
        try:
            self.recount.learn(clock, self.calendars_of(local(clock.started_at).year)[clock.city])
        except (DomainError, KeyError) as error:
            told = tracing.named(clock.trace, clock.case_id)
            log.warning("clock_not_recounted", clock=clock.id, reason=type(error).__name__, **told)
            clock.ahead_of = ""


def _slices(groups: Iterable[Group]) -> list[list[Group]]:
    """Small groups together; a large one by itself, since it takes several turns."""
    slices: list[list[Group]] = []
    room = 0
    for group in groups:
        if not group.count:  # moved by another worker since the groups were asked for
            continue
        if group.count > room or group.count >= BATCH:
            slices.append([])
            room = BATCH
        slices[-1].append(group)
        room -= group.count
    return slices


def _is_of(group: Group, clock: Clock) -> bool:
    """Not so when a process of the version before has written it since: its columns then say what was."""
    return (str(clock.beyond), clock.due_at) == (group.beyond, group.due_at)


def _asked(group: Group) -> dict[str, Any]:
    return {"city": group.city, "beyond": group.beyond, "due_at": group.due_at, "after": group.after, "limit": BATCH}


def _row(clock: Clock) -> dict[str, Any]:
    """What a move changes in a clock and in its fact; far cheaper than writing both anew."""
    return {
        "id": clock.id,
        "natural_key": clock.natural_key,
        "state": clock.state,
        "next_at": clock.next_at,
        "due_at": clock.due_at,
        "beyond": str(clock.beyond) if clock.beyond else None,
        "step": clock.steps[-1:],
        "changed": {name: getattr(clock, name) for name in _CHANGED},
    }


_CHANGED = (
    *("state", "warned", "reminder", "due_at", "counted_due_at", "first_due_at", "warn_at", "last_extension_at"),
    *("calendar", "provisional", "beyond", "ahead_of"),
)
_TELL = """
insert into calendar_edition (city, version, loaded_at)
select r.* from jsonb_to_recordset(cast(%(rows)s as jsonb)) as r(city text, version text, loaded_at timestamptz)
order by city on conflict (city) do update set version = excluded.version, loaded_at = excluded.loaded_at
"""
_EDITIONS = "select city, version from calendar_edition"
# From each group straight to the next one: a million clocks in some hundred groups are as many looks at the index.
_GROUPS = """
with recursive g as (
    (select city, beyond, due_at from clock where beyond is not null order by city, beyond, due_at limit 1)
    union all
    select n.* from g, lateral (
        select city, beyond, due_at from clock
        where beyond is not null and (city, beyond, due_at) > (g.city, g.beyond, g.due_at)
        order by city, beyond, due_at limit 1
    ) n
) select city, beyond, due_at from g
"""
_COUNTS = """
select r.n, (select count(*) from (
    select from clock c where c.city = r.city and c.beyond = r.beyond and c.due_at = r.due_at limit %(batch)s
) few) from jsonb_to_recordset(cast(%(rows)s as jsonb)) as r(n bigint, city text, beyond text, due_at timestamptz)
order by r.n
"""
_CLAIM = """
select body::text, version from clock
where city = %(city)s and beyond = %(beyond)s and due_at = %(due_at)s and id > %(after)s
order by id limit %(limit)s for update skip locked
"""
_CLAIM_AHEAD = """
select body::text, version from clock where case_id = any(%(cases)s) and ahead_of <> '' order by id
for update skip locked
"""
_AHEAD = "select id, case_id from clock where case_id = any(%(cases)s) and ahead_of <> ''"
_MOVE = """
with moved as (
    select * from jsonb_to_recordset(cast(%(rows)s as jsonb)) as r(id text, natural_key text, state text,
        next_at timestamptz, due_at timestamptz, beyond text, step jsonb, changed jsonb)
), done as (
    update clock c set version = c.version + 1, next_at = m.next_at, due_at = m.due_at, beyond = m.beyond,
        body = c.body || m.changed || jsonb_build_object('steps', (c.body->'steps') || m.step)
    from moved m where c.id = m.id
)
update kpi_fact f set state = m.state, due_at = m.due_at from moved m where f.natural_key = m.natural_key
"""
_OLDER = f"select id, case_id from clock where {OLDER} order by id limit %(batch)s"
