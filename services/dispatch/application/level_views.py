"""What callers are shown of what was passed on below a unit, or handed over to another tenant."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.states import HandOverMode, PassingState
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class PassingView:
    name: str
    assignment: str
    section: str
    by: str
    state: PassingState
    pass_time: datetime
    end_time: datetime | None
    due_time: datetime | None


@dataclass(frozen=True)
class HandOverView:
    to_city: str
    linked_order: str
    mode: HandOverMode
    basis: str
    hand_over_time: datetime
    outcome: str


def hand_over_views(order: WorkOrder) -> list[HandOverView]:
    return [
        HandOverView(to.city, f"cities/{to.city}/workOrders/{to.linked_order_id}", to.mode, to.basis, to.at, to.outcome)
        for to in order.hand_overs
    ]


def linked_to(order: WorkOrder) -> str:
    """The first tenant's order, which waits for this one."""
    return f"cities/{order.home_city}/workOrders/{order.linked_to}" if order.linked_to else ""


def passing_views(order: WorkOrder, name: str) -> list[PassingView]:
    """The deadline is the unit's own: its clock, or that of the whole order."""
    return [
        PassingView(
            name=f"{name}/passings/{p.id}",
            assignment=f"{name}/assignments/{p.assignment_id}",
            section=p.section,
            by=p.by,
            state=p.state,
            pass_time=p.passed_at,
            end_time=p.ended_at,
            due_time=_due(order, p.assignment_id),
        )
        for p in order.passings
    ]


def _due(order: WorkOrder, assignment_id: str) -> datetime | None:
    notes = [n for n in order.clocks.values() if n.assignment_id == assignment_id]
    own = [n.due_at for n in notes if n.kind in {"finish", "co_reply"}]
    return min(own, default=order.finish_clock.due_at if order.finish_clock else None)
