"""What a clock is told of the event that starts it."""

from services.sla.application.foreign import Assigned, Happening
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts


def facts_of(event: Happening, known: Clock | None, assigned: Assigned | None = None) -> Facts:
    """What rules ask about: as the event says, else as a clock of the same order or case knows it."""
    reachable = event.citizen_reachable
    if reachable is None:
        reachable = known.citizen_reachable if known else True
    # Who tells the category tells all that may have been corrected.
    case = event if event.category or not known else known
    return Facts(
        category=case.category,
        item=case.item,
        emergency_class=case.emergency_class,
        # An acceptance begins with the first, whatever was heard of an order before.
        round=event.round or (known.round if known and not event.accepted_at else 1),
        explain_only=event.explain_only,
        citizen_reachable=reachable,
        role=assigned.role if assigned else event.role,
        kind=event.kind,
        how=event.how,
        dispute_step=event.dispute_step,
        supervision=event.ground if event.supervision_id else "",
        written_reply=event.written_reply,
        call_back=event.call_back,
    )
