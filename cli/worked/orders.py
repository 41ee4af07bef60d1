"""An order brought by its own steps to where an example begins."""

from datetime import timedelta

from cli.worked.bench import NOW, Bench, ids
from services.dispatch.domain import handling
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import ClockNote, Reply
from services.dispatch.domain.states import Light
from services.dispatch.domain.work_order import WorkOrder

LEAD, OTHER = "unit-a", "unit-b"


def sent(
    bench: Bench,
    *,
    category: str = "complaint",
    emergency_class: str = "",
    lead: str = LEAD,
    co_units: tuple[str, ...] = (),
    reachable: bool = True,
    explain_only: bool = False,
    fixed_by: str = "",
) -> WorkOrder:
    """派单."""
    case = CaseCopy(
        "case-1", f"{bench.city.code}-20260924-000001-7", category, emergency_class=emergency_class,
        citizen_reachable=reachable, explain_only=explain_only,
    )  # fmt: skip
    order = WorkOrder("order-1", bench.city.code, bench.ref, case, 1, NOW)
    order.dispatch(Choice(lead, co_units), ids=ids(), now=NOW)
    for assignment in order.active():
        assignment.fixed_by = fixed_by
    return order


def in_handling(order: WorkOrder) -> WorkOrder:
    """签收, by all its units."""
    for assignment in order.active():
        handling.sign(order, assignment, now=NOW)
    return order


def completed(bench: Bench, *, round: int = 1, explain_only: bool = False) -> WorkOrder:
    """办结, in that round."""
    order = in_handling(sent(bench, explain_only=explain_only))
    order.round = round
    for assignment in order.assignments:
        assignment.round = round
    part = lead_of(order)
    handling.answer_citizen(order, part, method="phone", proof="", now=NOW)
    handling.submit_reply(order, part, Reply(part.id, None, None, b"", "solved", NOW))
    handling.complete(order, now=NOW)
    return order


def lead_of(order: WorkOrder) -> Assignment:
    assert order.lead is not None
    return order.lead


def clock(order: WorkOrder, kind: str, *, passed: bool = False, limit: int = 5) -> None:
    """As sla told it: an hour is left, or it has passed an hour ago."""
    due = NOW - timedelta(hours=1) if passed else NOW + timedelta(hours=1)
    light = Light.RED if passed else Light.GREEN
    order.clocks[kind] = ClockNote(kind, lead_of(order).id, due, due, "working_day", limit, light)
