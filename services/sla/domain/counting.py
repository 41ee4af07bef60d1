"""Which rate a clock counts in, and how; the same answer for the fact table and for a recount."""

from services.sla.domain.clock import Clock, State


def counts(clock: Clock) -> bool:
    """Cancelled, voided and pending clocks are in no denominator; an order returned late counts as overdue."""
    if clock.window or clock.state in (State.HELD, State.VOIDED):
        return False
    return clock.state is not State.CANCELLED or clock.late_return


def in_time(clock: Clock) -> bool:
    """Kept, and not overruled by what the citizen says."""
    return clock.state is State.MET and not clock.overruled
