"""Clocks that were kept, counted again under other rules: what would their deadlines have been, what would be late?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import DomainError
from services.sla.domain.clock import Clock, State
from services.sla.domain.facts import fits
from services.sla.domain.rulebook import Pack, Rulebook
from services.sla.domain.rules import ClockRule

_JUDGED = frozenset({State.MET, State.LATE})
_OPEN = frozenset({State.RUNNING, State.WARNED, State.BREACHED})


class Outcome(StrEnum):
    """How a clock stands against a deadline."""

    IN_TIME = "in_time"
    LATE = "late"
    # It runs, and its deadline lies ahead.
    OPEN = "open"
    # Held, cancelled or voided, or a window that nobody must use: no deadline judges it.
    NOT_JUDGED = "not_judged"
    # The other rules keep no such clock.
    NOT_KEPT = "not_kept"
    # Its own rules do not lead to the deadline that it has: upstream or otherwise set, or a calendar of another day.
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Recounted:
    """One clock as it is, and as it would be."""

    clock: Clock
    due_at: datetime | None
    was: Outcome
    would_be: Outcome

    @property
    def moved(self) -> bool:
        return self.due_at is not None and self.due_at != self.clock.due_at

    @property
    def changed(self) -> bool:
        return self.moved or self.was is not self.would_be


@dataclass
class Recount:
    """The clocks of one case. What a unit did stays as it was: granted extensions are added, not decided anew."""

    clocks: Sequence[Clock]
    book: Rulebook
    now: datetime
    _found: dict[tuple[str, Pack], datetime | None] = field(default_factory=dict)

    def under(self, draft: Pack) -> list[Recounted]:
        """Every clock of the case, in the order of their start."""
        return [self._recounted(clock, draft) for clock in sorted(self.clocks, key=lambda c: (c.started_at, c.id))]

    def _recounted(self, clock: Clock, draft: Pack) -> Recounted:
        was = self._outcome(clock, clock.due_at)
        if self._due(clock, self.book.pack(clock.pack)) != clock.due_at:
            return Recounted(clock, None, was, Outcome.NOT_COMPARABLE)
        due = self._due(clock, draft)
        if due is None:
            return Recounted(clock, None, was, Outcome.NOT_KEPT)
        return Recounted(clock, due, was, self._outcome(clock, due))

    def _outcome(self, clock: Clock, due: datetime) -> Outcome:
        if clock.state in _JUDGED and clock.judged_at is not None:
            return Outcome.IN_TIME if clock.judged_at <= due else Outcome.LATE
        if clock.state in _OPEN and not clock.window:
            return Outcome.OPEN if self.now <= due else Outcome.LATE
        return Outcome.NOT_JUDGED

    def _due(self, clock: Clock, pack: Pack) -> datetime | None:
        key = (clock.id, pack)  # not its reference: a draft may not have one of its own yet
        if key not in self._found:
            self._found[key] = self._computed(clock, pack)
        return self._found[key]

    def _computed(self, clock: Clock, pack: Pack) -> datetime | None:
        """None: the pack keeps no such clock for such a case."""
        rule = pack.by_kind.get(clock.kind)
        if rule is None or not fits(rule.when, clock.facts):
            return None
        try:
            if rule.before is None:
                return self._extended(self._first(clock, rule, pack), clock, pack)
            other = self._other(clock, rule.before.kind)
            if other is None:
                return None
            # Its own extensions: what was granted after a co-unit had replied did not concern it.
            first = self._first(other, pack.rule(other.kind), pack)
            other_due = self._extended(first, clock, pack)
            return self.book.earlier_than(rule, other_due, clock.started_at, pack, clock.city)[0].due
        except DomainError:  # no limit fits, or it lies beyond the calendar
            return None

    def _first(self, clock: Clock, rule: ClockRule, pack: Pack) -> datetime:
        """Before any extension. Raises NoLimitFits, OutsideCalendar."""
        due = self.book.time(pack, clock.city, rule, clock.facts, clock.started_at).deadline.due
        restarted_at = self._restarted_at(clock, rule, pack)
        if restarted_at is None:
            return due
        return min(due, self.book.time_again(pack, clock.city, rule, clock.facts, restarted_at).deadline.due)

    def _extended(self, due: datetime, clock: Clock, pack: Pack) -> datetime:
        """By the days that moved this clock."""
        days = max(clock.extended.values(), default=0)
        return self.book.extended(pack, clock.city, clock.started_at, due, days).due if days else due

    def _other(self, clock: Clock, kind: str) -> Clock | None:
        """The clock of the same order that this one precedes."""
        same = [c for c in self.clocks if c.kind == kind and c.work_order_id == clock.work_order_id]
        earlier = [c for c in same if c.started_at <= clock.started_at] or same
        return max(earlier, key=lambda c: (c.started_at, c.id), default=None)

    def _restarted_at(self, clock: Clock, rule: ClockRule, pack: Pack) -> datetime | None:
        """When the event came from which the pack counts anew: it stopped another clock of the same assignment."""
        stopped = (
            other.stopped_at
            for other in self.clocks
            if other.stopped_at is not None
            and other.assignment_id == clock.assignment_id
            and other.state in _JUDGED
            and (its := pack.by_kind.get(other.kind)) is not None
            and set(its.stops_on) & set(rule.restarts_on)
        )
        return min(stopped, default=None) if rule.restarts_on else None
