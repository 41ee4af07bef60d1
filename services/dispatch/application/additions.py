"""What citizens add while their case is open reaches the orders that are open: urging and supplements."""

from chassis.application import Ignored
from chassis.work import By, Work
from services.dispatch.application import supervising
from services.dispatch.application.desk import Desk
from services.dispatch.application.foreign import CaseSplitOff, CaseSupplemented, CaseUrged
from services.dispatch.application.ports import News
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
def count_urging(event: CaseUrged, work: Work, *, desk: Desk, news: News) -> None:
    """催单: shown on the order, and no clock moves; how often opens a supervision, the pack says."""
    for order in _open(event, work):
        order.urgings += 1
        work.save(order)
        news.tell(work, order, "urged")
        supervising.after_urging(order, work, desk)


@reactions.on("intake.case_supplemented.v1", loads=_of_case)
def add_to_text(event: CaseSupplemented, work: Work, *, news: News) -> None:
    """Every unit of an open order reads what was added; its route stays."""
    for order in _open(event, work):
        if not order.erased:
            order.case.masked_text += SUPPLEMENTED + event.masked_text
            work.save(order)
            news.tell(work, order, "supplemented")


@reactions.on("intake.case_split_off.v1", loads=lambda e: [By(WorkOrder, "case_id", e.main_case_id)])
def count_off(event: CaseSplitOff, work: Work, *, news: News) -> None:
    """拆单: a case that had followed goes its own way; its own order follows with its acceptance."""
    for order in work.find_by(WorkOrder, "case_id", event.main_case_id):
        if order.state in OPEN and order.joined_cases:
            order.joined_cases -= 1
            work.save(order)
            news.tell(work, order, "split_off")
