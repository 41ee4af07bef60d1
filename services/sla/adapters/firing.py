"""The timer: lights of due clocks, in batches, each once and never early."""

from typing import Any

from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.due import Due
from chassis.pipeline import ServiceRuntime
from chassis.work import Origin, Work
from services.sla.adapters import stores
from services.sla.domain.clock import Clock

BATCH = 500
_DUE = (
    "select body::text, version from clock where next_at <= %(now)s order by next_at, id limit %(batch)s "
    "for update skip locked"
)
next_due = Due("select min(next_at) from clock")
# A light changes four fields of a clock and one of its fact: far cheaper than writing both anew.
_LIGHTS = """
    with light as (
        select * from jsonb_to_recordset(cast(%(rows)s as jsonb))
            as r(id text, natural_key text, state text, warned boolean, reminder jsonb, next_at timestamptz)
    ), lit as (
        update clock c set version = c.version + 1, next_at = light.next_at,
            body = c.body || jsonb_build_object('state', light.state, 'warned', light.warned,
                'reminder', light.reminder)
        from light where c.id = light.id
    )
    update kpi_fact f set state = light.state from light where f.natural_key = light.natural_key
"""


def fire_clocks(runtime: ServiceRuntime) -> int:
    """Fires one batch: state, fact and event of each clock in one transaction. Returns how many."""
    fired = runtime.in_work(_fire)
    if fired:
        crash_point("clocks.after_commit")
    return fired


def _fire(work: Work) -> int:
    due = direct.fetch(work.connection, _DUE, {"now": work.now, "batch": BATCH})
    clocks = [stores.clocks.decode(body, version) for body, version in due]
    # More than a batch at one instant: the lights of all come first, then the news of them, but for emergencies.
    work.bulk = len(clocks) == BATCH and not any(clock.emergency_class for clock in clocks)
    lights = []
    for clock in clocks:
        work.origin = Origin(trace=clock.trace)
        events = clock.tick(work.now)
        if clock.is_open:
            lights.append(_light(clock))
            work.emit(*events)
        else:
            work.save(clock, *events)
    if lights:
        work.write_last(_LIGHTS, direct.rows_of(lights))
    if due:
        crash_point("clocks.before_commit")
    return len(due)


def _light(clock: Clock) -> dict[str, Any]:
    return {
        "id": clock.id,
        "natural_key": clock.natural_key,
        "state": clock.state,
        "warned": clock.warned,
        "reminder": clock.reminder,
        "next_at": clock.next_at,
    }
