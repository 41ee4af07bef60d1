"""What the tests of the supervision ledger do and look at."""

from typing import Any

from chassis.access import Role
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import Desk, office

SUPERVISOR = office(role=Role.SUPERVISOR)
RETURN = {"kind": "not_ours", "reason": "不归我们管", "basis": "三定方案"}


def light(desk: Desk, kind: str, clock: str, order: Any, city: str = "350100", **more: Any) -> Any:
    """sla's word on one clock of the order's lead."""
    lead = [a for a in order.assignments if a.role != "co" and a.state != "released"][-1]
    named = {
        "clock_id": f"clock-{clock}",
        "kind": clock,
        "work_order_id": order.name.rpartition("/")[2],
        "assignment_id": lead.name.rpartition("/")[2],
        "due_at": desk.clock.now(),
    }
    return desk.hear(f"sla.{kind}.v1", city, **(named | more))


def entries(desk: Desk, city: str = "350100", **filters: Any) -> list[Any]:
    page = desk.runtime.query(office(city, role=Role.SUPERVISOR), m.ListSupervisions(city=city, **filters))
    return list(page.supervisions)


def dissatisfied(desk: Desk, city: str, times: int) -> None:
    for round in range(1, times + 1):
        order = desk.completed(city)
        desk.hear("intake.case_rated.v1", city, round=round, handling_satisfied=False)
        desk.do(office(city), m.VerifyRating, name=order.name, finding="unit_at_fault", evidence="未到现场")
