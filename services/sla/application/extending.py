"""Extensions at work on clocks: what uses one up, and what a grant moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chassis.domain import Step
from services.sla.application.correcting import fixed_before
from services.sla.domain.clock import Clock
from services.sla.domain.rules import ClockRule, Watches

if TYPE_CHECKING:
    from services.sla.application.timekeeping import Timekeeping

_EXTENDED = "extension_granted"
# A route that packs count by itself.
_APART = "long_cycle"


def use(keeping: Timekeeping, rule: ClockRule) -> None:
    """It is used up when it is granted, or when it is applied for, as the pack says; then nobody is reminded of it."""
    if keeping.event.route == _APART:
        return
    for clock in _extended(keeping, rule, whole_order=keeping.type in rule.moves_on):
        clock.grants += 1
        if keeping.book.last_extension(rule, clock.facts, clock.due_at, clock.city, clock.grants) is None:
            clock.stay(None, None, keeping.at)
        keeping.work.save(clock)


def extend(keeping: Timekeeping, rule: ClockRule) -> None:
    """So many working days after the old deadline, but not past a moment that somebody has set."""
    for clock in _extended(keeping, rule, whole_order=True):
        days = clock.extend(keeping.event.work_order_id, keeping.event.working_days)
        keeping.work.save(clock)
        if days == 0:
            continue
        other_due = keeping._other_due(rule, clock.work_order_id)
        if other_due is not None:
            to, _ = keeping.book.earlier_than(rule, other_due, clock.started_at, keeping.pack, clock.city)
        else:
            to = keeping.book.extended(keeping.pack, clock.city, clock.started_at, clock.counted, days)
            to = fixed_before(keeping, rule, clock, to)
        step = Step(f"延期 {days} 个工作日", f"extended by {days} working days")
        keeping._moved(rule, clock, to, _EXTENDED, step)


def _extended(keeping: Timekeeping, rule: ClockRule, *, whole_order: bool) -> Iterator[Clock]:
    """What another tenant grants its unit gives the first one no more time."""
    for clock in keeping._concerned(rule, whole_order=whole_order):
        if clock.watches is not Watches.CASE or clock.city == keeping.event.city:
            yield clock
