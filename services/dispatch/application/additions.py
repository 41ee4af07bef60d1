"""What citizens add while their case is open reaches the orders that are open: urging and supplements."""

from chassis.application import Ignored
from chassis.work import By, Work
from services.dispatch.application.foreign import CaseSupplemented, CaseUrged
from services.dispatch.application.reactions import reactions
from services.dispatch.domain.states import OPEN
from services.dispatch.domain.work_order import WorkOrder

SUPPLEMENTED = "\n补充："


def _of_case(event: CaseUrged | CaseSupplemented) -> list[By]:
    return [By(WorkOrder, "case_id", event.case_id)]


def _open(event: CaseUrged | CaseSupplemented, work: Work) -> list[WorkOrder]:
    orders = [order for order in work.find_by(WorkOrder, "case_id", event.case_id) if order.state in OPEN]
    if not orders:
        raise Ignored("no open order")
    return orders


@reactions.on("intake.case_urged.v1", loads=_of_case)
def count_urging(event: CaseUrged, work: Work) -> None:
    """催单: shown on the order; no clock moves."""
    for order in _open(event, work):
        order.urgings += 1
        work.save(order)


@reactions.on("intake.case_supplemented.v1", loads=_of_case)
def add_to_text(event: CaseSupplemented, work: Work) -> None:
    """Every unit of an open order reads what was added; its route stays."""
    for order in _open(event, work):
        if not order.erased:
            order.case.masked_text += SUPPLEMENTED + event.masked_text
            work.save(order)
