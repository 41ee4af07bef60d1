"""不可抗力: a supervisor records it, and the breach of a limit does not count (P18 art. 22; decisions: Units, 3)."""

from collections.abc import Sequence
from datetime import datetime

from chassis.domain import Event
from services.dispatch.domain import events
from services.dispatch.domain.errors import ForceMajeureOnRecord, NoForceMajeure, OrderNotInHandling
from services.dispatch.domain.notes import ForceMajeure
from services.dispatch.domain.regime import ForceMajeureRules
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder


def record(
    order: WorkOrder, clocks: Sequence[str], *, by: bytes, rules: ForceMajeureRules | None, now: datetime
) -> Event:
    """For all units of this round, also once it is completed. sla voids what was breached and what would be."""
    if order.state in {State.TO_DISPATCH, State.ENDED}:
        # Nobody has it, or its clocks are cancelled.
        raise OrderNotInHandling(state=str(order.state))
    on_record = excused(order)
    for clock in clocks:
        if rules is None or clock not in rules.clocks:
            raise NoForceMajeure(field="clocks", clock=clock)
        if clock in on_record:
            raise ForceMajeureOnRecord(field="clocks", clock=clock)
    named = sorted(set(clocks))
    order.force_majeure.append(ForceMajeure(order.round, named, now, by))
    return events.ForceMajeureRecorded(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        round=order.round,
        occurrence=len(order.force_majeure),
        clocks=tuple(named),
        units=tuple(a.unit for a in order.active()),
        recorded_at=now,
    )


def excused(order: WorkOrder) -> list[str]:
    """The clocks of this round whose breach does not count."""
    return sorted({clock for it in order.force_majeure if it.round == order.round for clock in it.clocks})
