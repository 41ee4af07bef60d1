"""The states of a clock and the ways between them."""

from enum import StrEnum

from chassis.domain import Transitions


class State(StrEnum):
    """The lights and ends of a clock."""

    RUNNING = "running"
    WARNED = "warned"
    BREACHED = "breached"
    HELD = "held"
    MET = "met"
    LATE = "late"
    VOIDED = "voided"
    CANCELLED = "cancelled"


FINAL = frozenset({State.MET, State.LATE, State.VOIDED, State.CANCELLED})
LIFE = Transitions(
    {
        State.RUNNING: {State.WARNED, State.BREACHED, State.HELD, State.MET, State.VOIDED, State.CANCELLED},
        # An extension turns the yellow light off again.
        State.WARNED: {State.RUNNING, State.BREACHED, State.HELD, State.MET, State.VOIDED, State.CANCELLED},
        State.HELD: {State.RUNNING, State.WARNED, State.BREACHED, State.MET, State.VOIDED, State.CANCELLED},
        State.BREACHED: {State.RUNNING, State.LATE, State.VOIDED, State.MET, State.CANCELLED},
        # Force majeure may be recorded after the order is completed.
        State.LATE: {State.VOIDED},
    },
    final=FINAL,
)
