"""Which rate a clock counts in, and how; the same answer for the fact table and for a recount."""

from datetime import datetime, timedelta

from services.sla.domain.clock import Clock, State
from services.sla.domain.rules import CallRates, Kpi

# Why an assignment is released so that it is in none of the unit's denominators: decisions.md, KPI formulas.
_DISPUTED = "disputed"
_ENDED_FOR_NO_RATE = frozenset({"withdrawn", "joined", "recalled", "ended"})


def leaves_no_trace(type: str, *, why: str, late: bool) -> bool:
    """An in-time agreed return, a withdrawal, a recall and an out-of-scope end count nowhere, for acts kept too."""
    if type == "dispatch.return_agreed":
        return not late
    if type == "dispatch.assignment_released" and why == _DISPUTED:
        return not late
    return type == "dispatch.assignment_released" and why in _ENDED_FOR_NO_RATE


def stays_overdue(clock: Clock, type: str, *, why: str, late: bool, at: datetime) -> bool:
    """A late return counts as overdue; neither it nor a dispute or another lead takes away what was overdue already."""
    taken = why in (_DISPUTED, "lead_changed") or type == "dispatch.dispute_opened"
    return (late and clock.kpi is Kpi.ON_TIME) or (clock.breached_at(at) and (late or taken))


def counts(clock: Clock) -> bool:
    """Cancelled, voided and pending clocks are in no denominator; an order returned late counts as overdue."""
    if clock.window or clock.left_out or clock.state in (State.HELD, State.VOIDED):
        return False
    if clock.kpi is Kpi.RESPONSE and not clock.citizen_reachable:
        # Duty or not: the response rate counts what was dispatched with a reachable citizen.
        return False
    return clock.state is not State.CANCELLED or clock.late_return


def in_time(clock: Clock) -> bool:
    """Kept, and not overruled by what the citizen says of a contact that was on record by then."""
    overruled = clock.denied_at and clock.judged_at and clock.judged_at <= clock.denied_at
    return clock.state is State.MET and not overruled


def promptly(queued_at: datetime, answered_at: datetime | None, rates: CallRates | None) -> bool | None:
    """Whether a call was answered within the pack's seconds; None where the pack names none."""
    if rates is None:
        return None
    return answered_at is not None and answered_at - queued_at <= timedelta(seconds=rates.prompt_seconds)
