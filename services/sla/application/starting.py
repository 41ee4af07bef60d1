"""What a clock is told of the event that starts it."""

from services.sla.application.foreign import Assigned, Happening
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts
from services.sla.domain.rules import ClockRule, Watches


def facts_of(event: Happening, known: Clock | None, assigned: Assigned | None = None) -> Facts:
    """What rules ask about: as the event says, else as a clock of the same order or case knows it."""
    reachable = event.citizen_reachable
    if reachable is None:
        reachable = known.citizen_reachable if known else True
    return Facts(
        category=event.category or (known.category if known else ""),
        item=event.item or (known.item if known else ""),
        emergency_class=event.emergency_class or (known.emergency_class if known else ""),
        round=event.round or (known.round if known else 1),
        explain_only=event.explain_only,
        citizen_reachable=reachable,
        role=assigned.role if assigned else event.role,
        kind=event.kind,
        how=event.how,
        dispute_step=event.dispute_step,
    )


def watched_id(event: Happening, rule: ClockRule, assigned: Assigned) -> str:
    return {
        Watches.CASE: event.case_id,
        Watches.ORDER: event.work_order_id,
        Watches.ASSIGNMENT: assigned.assignment_id,
        Watches.EXTENSION: event.extension_id,
        Watches.POLICY: event.policy_id,
    }[rule.watches]
