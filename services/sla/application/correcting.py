"""Corrected facts and other limits of a case at work on its clocks: each is counted anew from its own start."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chassis.domain import Step
from services.sla.application.foreign import Happening
from services.sla.domain.clock import Clock, State
from services.sla.domain.correcting import (
    Anew,
    Counted,
    Least,
    anew_of,
    correction,
    least_by_own,
    least_of,
    lifted,
)
from services.sla.domain.facts import Facts, fits
from services.sla.domain.limits import Deadline
from services.sla.domain.own_limits import OwnLimit, with_limit, without_limit
from services.sla.domain.rules import ClockRule, Watches

if TYPE_CHECKING:
    from services.sla.application.timekeeping import Timekeeping

CORRECTED = "case_corrected"


def correct(keeping: Timekeeping, rule: ClockRule) -> None:
    """更正: a clock that the new facts do not ask for is dropped, the others are counted anew, new ones start."""
    assert rule.corrected is not None
    event, at = keeping.event, keeping.at
    for clock in list(keeping._concerned(rule, whole_order=True)):
        before = _anew(keeping, rule, clock)
        take_facts(clock, event)
        if not fits(rule.when, clock.facts):
            stays = rule.corrected.breach_stays and at > clock.due_at and clock.state is not State.HELD
            keeping.work.save(clock, *(() if stays else clock.drop(CORRECTED, at)))
            continue
        least = least_of(rule.corrected.never_before, clock.facts, at, clock.counted)
        told = correction(keeping.pack, _old_facts(clock.facts, event), clock.facts, at)
        _count_anew(keeping, rule, clock, CORRECTED, _found(keeping, rule, clock, before, least), told)
    if rule.corrected.starts and event.assignments:
        keeping._start(rule, known=_assignments_with(keeping, rule))


def _assignments_with(keeping: Timekeeping, rule: ClockRule) -> set[str]:
    """One that was kept or missed in this round is not asked for twice; one that was cancelled was neither."""
    this_round = (c for c in keeping.clocks if c.kind == rule.kind and c.round == keeping.event.round)
    return {c.assignment_id for c in this_round if c.state is not State.CANCELLED}


def limit(keeping: Timekeeping, rule: ClockRule) -> None:
    """Another limit was set or lifted; the clocks of the case itself keep it, for those that start later."""
    for clock in [c for c in keeping.clocks if c.kind == rule.kind and (c.is_open or c.watches is Watches.CASE)]:
        own = own_after(clock.own, keeping.event)
        if own == clock.own:
            continue
        if clock.is_open:
            _by_own_limit(keeping, rule, clock, own)
        else:
            clock.own = own
            keeping.work.save(clock)


def _by_own_limit(keeping: Timekeeping, rule: ClockRule, clock: Clock, own: list[OwnLimit]) -> None:
    event, at, before = keeping.event, keeping.at, _anew(keeping, rule, clock)
    concerned = next(one for one in (*clock.own, *own)[:: -1 if event.set_at else 1] if one.ground == event.ground)
    clock.own = own
    told_of = keeping.pack.own_limit(event.ground)
    if told_of is None:
        keeping.work.save(clock)
        return
    told = () if event.set_at else (lifted(told_of, at),)
    least = least_by_own(keeping.pack, concerned, clock.facts, at, clock.counted)
    _count_anew(keeping, rule, clock, event.ground, _found(keeping, rule, clock, before, least), *told)


def own_after(own: list[OwnLimit], event: Happening) -> list[OwnLimit]:
    if event.set_at is None:
        return without_limit(own, event.ground)
    return with_limit(
        own,
        OwnLimit(
            ground=event.ground,
            set_at=event.set_at,
            limit=f"{event.limit_amount} {event.limit_unit}" if event.limit_amount else "",
            due_at=event.due_at,
            rank=event.rank,
            title=event.title,
            article=event.cited_article,
        ),
    )


def _found(keeping: Timekeeping, rule: ClockRule, clock: Clock, before: Anew, least: Least | None) -> Counted:
    """Anew by the limit that governs now; where it is the one that governed before, the deadline stands."""
    anew = _anew(keeping, rule, clock, keeping._other_due(rule, clock.work_order_id))
    stands = rule.before is None and anew.governing() == before.governing()
    return anew.done(least, clock.counted if stands else None)


def _count_anew(keeping: Timekeeping, rule: ClockRule, clock: Clock, why: str, found: Counted, *told: Step) -> None:
    """Where neither limit nor deadline changes, the clock runs on as it was."""
    anew, at = found.limit != clock.limit, keeping.at
    _measured_by(rule, clock, found)
    last, steps = found.last_extension, [*told, *found.steps]
    moved = clock.move(found.deadline, last, why, at, *steps, reminder=found.reminder, anew=anew)
    if not moved:
        # The deadline stays, and people read why; the new facts may bar an extension.
        clock.stay(last, found.reminder, at, *steps)
        clock.beyond = found.deadline.beyond
    keeping.work.save(clock, *moved)


def _measured_by(rule: ClockRule, clock: Clock, found: Counted) -> None:
    clock.rule, clock.article, clock.limit = found.basis.rule, found.basis.article, found.limit
    clock.ahead_of = rule.before.kind if rule.before else ""
    clock.counted_due_at = found.counted if found.counted != found.deadline.due else None


def _anew(keeping: Timekeeping, rule: ClockRule, clock: Clock, other_due: datetime | None = None) -> Anew:
    return anew_of(keeping.book, keeping.pack, rule, clock, other_due)


def fixed_before(keeping: Timekeeping, rule: ClockRule, clock: Clock, to: Deadline) -> Deadline:
    """An extension does not go past a moment that somebody else has set."""
    anew = _anew(keeping, rule, clock)
    due, fixed = anew.fixed_before(to.due)
    clock.counted_due_at = to.due if fixed else None
    return anew.until(due) if fixed else to


def from_the_start(keeping: Timekeeping, rule: ClockRule, clock: Clock) -> Clock:
    """A new clock keeps the limits that its case has already, and the deadline of an upstream platform."""
    clock.ahead_of = rule.before.kind if rule.before else ""
    own: list[OwnLimit] = []
    if rule.own_limits_on:
        of_case = [c for c in keeping.clocks if c.watches is Watches.CASE and c.own]
        own = max(of_case, key=lambda c: (c.started_at, c.id)).own if of_case else []
    if rule.upstream:
        clock.upstream_due_at = keeping.event.upstream_due_at
    if rule.before or not (own or clock.upstream_due_at):
        clock.own = own
        return clock
    clock.own = [one for one in own if one.set_at <= clock.started_at]
    _takes(rule, clock, _anew(keeping, rule, clock).done())
    # It may have been set while the news of the start was on its way.
    for later in sorted((one for one in own if one.set_at > clock.started_at), key=lambda one: one.set_at):
        before, clock.own = _anew(keeping, rule, clock), [*clock.own, later]
        least = least_by_own(keeping.pack, later, clock.facts, later.set_at, clock.counted)
        _takes(rule, clock, _found(keeping, rule, clock, before, least))
    return clock


def _takes(rule: ClockRule, clock: Clock, found: Counted) -> None:
    to = found.deadline
    clock.due_at, clock.warn_at, clock.provisional, clock.beyond = to.due, to.warn, to.provisional, to.beyond
    clock.last_extension_at, clock.reminder, clock.steps = found.last_extension, found.reminder, found.steps
    _measured_by(rule, clock, found)


def take_facts(clock: Clock, event: Happening) -> None:
    clock.category, clock.item, clock.emergency_class = event.category, event.item, event.emergency_class


def take_facts_everywhere(keeping: Timekeeping) -> None:
    """What was kept or missed before counts for the category that the case truly had; what runs for an order waits
    for the word of who keeps the order."""
    event = keeping.event
    for clock in keeping.clocks:
        of_order = clock.work_order_id == event.work_order_id
        if of_order or (not event.work_order_id and not clock.is_open):
            old = (clock.category, clock.item, clock.emergency_class)
            take_facts(clock, event)
            if old != (clock.category, clock.item, clock.emergency_class):
                keeping.work.save(clock)


def _old_facts(now: Facts, event: Happening) -> Facts:
    return replace(now, category=event.old_category, item=event.old_item, emergency_class=event.old_emergency_class)
