"""A year is published: the deadlines that were provisional are found anew, each once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chassis.domain import Event, Step
from services.sla.domain.beyond import Beyond, CountedIn, beyond, may_move
from services.sla.domain.calendar import OfficeCalendar, OutsideCalendar
from services.sla.domain.clock import Clock
from services.sla.domain.correcting import anew_of
from services.sla.domain.explanation import PROVISIONAL, due_step, published_step
from services.sla.domain.limits import DAY_AND_NIGHT, Deadline, Limit, Unit, with_due
from services.sla.domain.rulebook import Rulebook
from services.sla.domain.rules import ClockRule

PUBLISHED = "calendar_published"
_UPSTREAM = "上级平台期限更早"
KEPT = Step(
    "提前后所余不足规定的工作日，维持原期限", "too near to be brought forward: the deadline stays as it was told"
)


@dataclass(frozen=True)
class Recount:
    """Moves clocks by the calendars of the rulebook; it knows no tables and no regime."""

    book: Rulebook

    def new_due(self, city: str, left: Beyond, due: datetime, now: datetime) -> datetime | None:
        """Where the deadline goes; None when it stays. All clocks with the same remainder go the same way."""
        calendar = self.book.calendars.get(city)
        try:
            new = left.due(calendar) if calendar else None
        except OutsideCalendar:
            return None
        return new if calendar and new and may_move(due, new, now, calendar) else None

    def move(self, clock: Clock, new: datetime, now: datetime) -> list[Event]:
        """A new deadline with its yellow light, its last moment for an extension, and the reason."""
        assert clock.beyond is not None
        calendar, pack = self.book.calendar(clock.city), self.book.pack(clock.pack)
        step, anew = _published(clock.beyond, new, calendar), anew_of(self.book, pack, pack.rule(clock.kind), clock)
        governs, fixed = anew.fixed_before(new)
        if fixed:
            clock.counted_due_at, to = new, anew.until(governs)
            step = Step("；".join(s.zh for s in (step, *fixed)), "; ".join(s.en for s in (step, *fixed)))
        else:
            clock.counted_due_at, to = None, with_due(clock.started_at, new, _unit(clock), pack.yellow, calendar)
        return self._moved(clock, to, pack.rule(clock.kind), now, step)

    def follow(self, clock: Clock, other: Clock, now: datetime) -> list[Event]:
        """A clock that lies before the deadline of another goes where that one goes, whatever its own distance."""
        pack = self.book.pack(clock.pack)
        rule = pack.rule(clock.kind)
        to, before = self.book.earlier_than(rule, other.due_at, clock.started_at, pack, clock.city)
        due = due_step(to.due)
        return self._moved(clock, to, rule, now, Step(f"{before.zh}，{due.zh}", f"{before.en}, {due.en}"))

    def _moved(self, clock: Clock, to: Deadline, rule: ClockRule, now: datetime, step: Step) -> list[Event]:
        last = self.book.last_extension(rule, clock.facts, to.due, clock.city, clock.grants)
        reminder = self.book.remind(rule, clock.started_at, to.due, last, clock.city)
        clock.calendar = self.book.calendar(clock.city).version
        return clock.move(to, last, PUBLISHED, now, step, reminder=reminder)

    def learn(self, clock: Clock, then: OfficeCalendar) -> None:
        """Gives a clock of an older version by what it is found anew; `then` is the calendar of its time."""
        before = self.book.pack(clock.pack).rule(clock.kind).before
        clock.ahead_of = before.kind if before else ""
        unit = Limit.parse(clock.limit).unit
        fixed = before is not None or unit in DAY_AND_NIGHT or any(_UPSTREAM in step.zh for step in clock.steps)
        if clock.beyond is None and not fixed:
            clock.beyond = beyond(clock.started_at, clock.due_at, unit, then)


def followers(moved: Iterable[Clock], waiting: Iterable[Clock]) -> Iterator[tuple[Clock, Clock]]:
    """Each clock that hangs on a moved one of its order, with that one."""
    by_order = {(clock.case_id, clock.work_order_id, clock.kind): clock for clock in moved}
    for clock in waiting:
        other = by_order.get((clock.case_id, clock.work_order_id, clock.ahead_of or ""))
        if other is not None and clock.is_open:
            yield clock, other


def as_published(clock: Clock, calendar: OfficeCalendar) -> tuple[bool, Sequence[Step]]:
    """Whether it is provisional still, and its steps: a deadline that the notice left alone was not written anew."""
    if not clock.provisional or clock.due_at > calendar.published_until:
        return clock.provisional, clock.steps
    steps = [step for step in clock.steps if step != PROVISIONAL]
    left = clock.beyond
    if left is None or not clock.is_open:
        return False, steps
    found = left.due(calendar)
    return False, [*steps, _published(left, found, calendar), *([KEPT] if found < clock.due_at else [])]


def _unit(clock: Clock) -> Unit:
    """A limit that runs day and night was extended by working days when it depends on the calendar at all."""
    unit = Limit.parse(clock.limit).unit
    if clock.beyond and clock.beyond.unit is CountedIn.CALENDAR_DAY:
        return unit
    return Unit.WORKING_DAY if unit in DAY_AND_NIGHT else unit


@lru_cache(maxsize=512)
def _published(left: Beyond, new: datetime, calendar: OfficeCalendar) -> Step:
    return published_step(left, new, calendar)
