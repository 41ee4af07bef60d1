"""回访评价: what citizens say of the handling is kept with their orders, and told to the units that handled them."""

from chassis.work import Work
from services.dispatch.application.foreign import CaseRated, RevisitRecorded
from services.dispatch.application.ports import News
from services.dispatch.domain.evaluations import Evaluation
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder


def keep_rating(event: CaseRated, work: Work, news: News) -> None:
    """With each completed order that it is of; not again when a redo has begun meanwhile."""
    for order in work.find_by(WorkOrder, "case_id", event.case_id):
        of_it = event.work_order_id in {"", order.id} and event.round in {0, order.round}
        if of_it and order.state is State.COMPLETED:
            said = Evaluation(
                "rating", order.round, work.now, event.solved, event.handling_satisfied, event.handling_score
            )
            _keep(order, said, "rated", work, news)


def keep_visit(event: RevisitRecorded, work: Work, news: News) -> None:
    """A visit that reached nobody says nothing of the handling."""
    order = work.find(WorkOrder, event.work_order_id) if event.work_order_id else None
    if order and (event.solved is not None or event.satisfied is not None):
        said = Evaluation("revisit", event.round, work.now, event.solved, event.satisfied)
        _keep(order, said, "revisited", work, news)


def _keep(order: WorkOrder, said: Evaluation, what: str, work: Work, news: News) -> None:
    order.evaluations.append(said)
    work.save(order)
    news.tell(work, order, what)
