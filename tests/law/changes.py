"""What changes a clock after its start: corrected facts, other limits of the case, force majeure.

By docs/decisions.md, "Time", 25, and "Units", other law, other limits, 3. Nothing here is taken from services/sla.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.law.clocks import Clock, Happened
from tests.law.limits import Limit, due
from tests.law.moments import to_local
from tests.law.pack import Facts, Own, Pack, Timing, fits


@dataclass(frozen=True)
class Least:
    """What a change must leave of the time: so long from it, and no more than there was before it."""

    since: datetime
    limit: Limit


def corrected(facts: Facts, event: Happened) -> Facts:
    told = {name: event.says(name) or "" for name in ("category", "item", "emergency_class")}
    return replace(facts, **told)


def own_of(event: Happened) -> Own:
    """The limit that is put on record."""
    amount, moment = event.says("limit_amount"), event.says("due_at")
    limit = f"{amount} {event.says('limit_unit')}" if amount else ""
    return Own(event.says("ground"), event.at, limit, to_local(moment) if moment else None)


def first_deadline(pack: Pack, clock: Clock, own: list[Own]) -> Timing:
    """What was on record when the clock started counts from its start; what came later is a change of it."""
    clock.own = {one.ground: one for one in own if one.set_at <= clock.started}
    clock.timing = count(pack, clock)
    for one in sorted(own, key=lambda one: one.set_at):
        if one.set_at > clock.started:
            clock.timing = recount(
                pack, clock, clock.facts, {**clock.own, one.ground: one}, of_own(pack, one, one.set_at)
            )
    return clock.timing


def of_own(pack: Pack, one: Own, since: datetime) -> Least | None:
    """What the pack leaves when another limit is put on record, or taken back; a moment moves no limit."""
    rule = pack.own_limits.get(one.ground)
    return least_of(rule.get("never_before"), since, Facts()) if rule and one.limit else None


def least_of(lines: Any, since: datetime, facts: Facts) -> Least | None:
    for line in lines or ():
        if fits(line.get("when"), facts):
            return Least(since, Limit.read(line["limit"]))
    return None


def recount(pack: Pack, clock: Clock, facts: Facts, own: dict[str, Own], least: Least | None) -> Timing:
    """Anew, where another limit governs than before; else it goes on as it did, but for moments that are set."""
    was = pack.governed(clock.rule, clock.facts, clock.started, clock.own, clock.restarted)
    now = pack.governed(clock.rule, facts, clock.started, own, clock.restarted)
    clock.facts, clock.own = facts, own
    return count(pack, clock, least) if now != was else capped(pack, clock, clock.timing.counted, *now[1:])


def count(pack: Pack, clock: Clock, least: Least | None = None) -> Timing:
    """From the clock's own start by the limit that governs it; extensions are added, and a change leaves its least."""
    ends, limit, start = pack.governed(clock.rule, clock.facts, clock.started, clock.own, clock.restarted)
    if clock.days_granted:
        ends = due(Limit(clock.days_granted, "working_day"), ends, pack.desk, from_deadline=True)
    if least is not None:
        leaves = due(least.limit, least.since, pack.desk)
        ends = max(ends, min(leaves, clock.timing.counted))
    return capped(pack, clock, ends, limit, start)


def extended(pack: Pack, clock: Clock, days: int) -> Timing:
    """So many working days after the old deadline; a moment that somebody has set is not passed."""
    ends = due(Limit(days, "working_day"), clock.timing.counted, pack.desk, from_deadline=True)
    return capped(pack, clock, ends, clock.timing.limit, clock.started)


def capped(pack: Pack, clock: Clock, ends: datetime, limit: Limit, start: datetime) -> Timing:
    """The earliest of the deadline and of the moments that somebody has set, which has a yellow light of its own."""
    moments = [clock.upstream] if clock.upstream else []
    moments += [one.moment for one in clock.own.values() if one.moment and one.ground in pack.own_limits]
    moment, unit = min(moments, default=ends), "working_day" if clock.days_granted else limit.unit
    if moment < ends:
        found = pack.timed(clock.rule, clock.facts, start, moment, Limit(1, "working_day"))
        return replace(found, warn=min(found.warn, moment), counted=ends, limit=limit)
    return replace(pack.timed(clock.rule, clock.facts, start, ends, Limit(1, unit)), limit=limit)
