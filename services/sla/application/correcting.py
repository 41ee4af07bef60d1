"""Corrected facts and other limits of a case at work on its clocks: each is counted anew from its own start."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chassis.domain import Step
from services.sla.application.foreign import Happening
from services.sla.domain.clock import Clock, State
from services.sla.domain.correcting import Anew, Counted, Least, correction, least_by_own, least_of, lifted
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
        take_facts(clock, event)
        if not fits(rule.when, clock.facts):
            stays = rule.corrected.breach_stays and at > clock.due_at and clock.state is not State.HELD
            keeping.work.save(clock, *(() if stays else clock.drop(CORRECTED, at)))
            continue
        least = least_of(rule.corrected.never_before, clock.facts, at, clock.due_at)
        told = correction(keeping.pack, _old_facts(clock.facts, event), clock.facts, at)
        _count_anew(keeping, rule, clock, CORRECTED, least, told)
    if rule.corrected.starts and event.assignments and not _has(keeping, rule):
        keeping._start(rule)


def _has(keeping: Timekeeping, rule: ClockRule) -> bool:
    """Of the order's round; one that was kept or missed before is not asked for twice."""
    event = keeping.event
    same = (c for c in keeping.clocks if c.work_order_id == event.work_order_id and c.round == event.round)
    return any(c.kind == rule.kind for c in same)


def limit(keeping: Timekeeping, rule: ClockRule) -> None:
    """Another limit was set or lifted; the clocks of the case itself keep it, for those that start later."""
    for clock in [c for c in keeping.clocks if c.kind == rule.kind and (c.is_open or c.watches is Watches.CASE)]:
        before, clock.own = clock.own, own_after(clock.own, keeping.event)
        if clock.own == before:
            continue
        if clock.is_open:
            _by_own_limit(keeping, rule, clock, before)
        else:
            keeping.work.save(clock)


def _by_own_limit(keeping: Timekeeping, rule: ClockRule, clock: Clock, before: list[OwnLimit]) -> None:
    event, at = keeping.event, keeping.at
    own = keeping.pack.own_limit(event.ground)
    if own is None:
        keeping.work.save(clock)
        return
    concerned = next(one for one in (*before, *clock.own)[:: -1 if event.set_at else 1] if one.ground == event.ground)
    told = () if event.set_at else (lifted(own, at),)
    least = least_by_own(keeping.pack, concerned, clock.facts, at, clock.due_at)
    _count_anew(keeping, rule, clock, event.ground, least, *told)


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


def _count_anew(
    keeping: Timekeeping, rule: ClockRule, clock: Clock, why: str, least: Least | None, *told: Step
) -> None:
    """Where neither limit nor deadline changes, the clock runs on as it was."""
    other_due = keeping._other_due(rule, clock.work_order_id)
    found = _anew(keeping, rule, clock, other_due).done(least)
    anew = found.limit != clock.limit
    if rule.restarts_on and not anew:
        # It may count from a later act than its start.
        keeping.work.save(clock)
        return
    _measured_by(rule, clock, found)
    steps, last, at = (*told, *found.steps), found.last_extension, keeping.at
    moved = clock.move(found.deadline, last, why, at, *steps, reminder=found.reminder, anew=anew)
    if not moved:
        # The deadline stays, and people read why.
        clock.steps, clock.beyond = [*clock.steps, *steps], found.deadline.beyond
    keeping.work.save(clock, *moved)


def _measured_by(rule: ClockRule, clock: Clock, found: Counted) -> None:
    clock.rule, clock.article, clock.limit = found.basis.rule, found.basis.article, found.limit
    clock.ahead_of = rule.before.kind if rule.before else ""


def _anew(keeping: Timekeeping, rule: ClockRule, clock: Clock, other_due: datetime | None = None) -> Anew:
    return Anew(
        book=keeping.book,
        pack=keeping.pack,
        city=clock.city,
        rule=rule,
        facts=clock.facts,
        start=clock.started_at,
        own=clock.own,
        upstream_due_at=clock.upstream_due_at,
        extended=max(clock.extended.values(), default=0),
        grants=clock.grants,
        other_due=other_due,
    )


def fixed_before(keeping: Timekeeping, rule: ClockRule, clock: Clock, to: Deadline) -> Deadline:
    """An extension does not go past a moment that somebody else has set."""
    anew = _anew(keeping, rule, clock)
    due, _ = anew.fixed_before(to.due)
    if due != to.due:
        return anew.until(due)
    return to._replace(beyond=None) if anew.governed(clock.limit, (clock.rule, clock.article)) else to


def from_the_start(keeping: Timekeeping, rule: ClockRule, clock: Clock) -> Clock:
    """A new clock keeps the limits that its case has already, and the deadline of an upstream platform."""
    clock.ahead_of = rule.before.kind if rule.before else ""
    if rule.own_limits_on:
        of_case = [c for c in keeping.clocks if c.watches is Watches.CASE and c.own]
        clock.own = max(of_case, key=lambda c: (c.started_at, c.id)).own if of_case else []
    if rule.upstream:
        clock.upstream_due_at = keeping.event.upstream_due_at
    if rule.before or not (clock.own or clock.upstream_due_at):
        return clock
    # It may have been set while the news of the start was on its way.
    later = next((one for one in clock.own if one.set_at > clock.started_at), None)
    least = least_by_own(keeping.pack, later, clock.facts, later.set_at, clock.due_at) if later else None
    found = _anew(keeping, rule, clock).done(least)
    to = found.deadline
    clock.due_at, clock.warn_at, clock.provisional, clock.beyond = to.due, to.warn, to.provisional, to.beyond
    clock.last_extension_at, clock.reminder, clock.steps = found.last_extension, found.reminder, found.steps
    _measured_by(rule, clock, found)
    return clock


def take_facts(clock: Clock, event: Happening) -> None:
    clock.category, clock.item, clock.emergency_class = event.category, event.item, event.emergency_class


def take_facts_everywhere(keeping: Timekeeping) -> None:
    """What was kept or missed before counts for the category that the case truly had."""
    event = keeping.event
    for clock in keeping.clocks:
        if not event.work_order_id or clock.work_order_id == event.work_order_id:
            old = (clock.category, clock.item, clock.emergency_class)
            take_facts(clock, event)
            if old != (clock.category, clock.item, clock.emergency_class):
                keeping.work.save(clock)


def _old_facts(now: Facts, event: Happening) -> Facts:
    return replace(now, category=event.old_category, item=event.old_item, emergency_class=event.old_emergency_class)
