"""What dispatch takes over when a case is corrected, or limited otherwise."""

from chassis.work import By, Work
from services.dispatch.application import foreign
from services.dispatch.application.ports import News
from services.dispatch.application.reactions import reactions
from services.dispatch.domain import corrections
from services.dispatch.domain.corrections import FACTS, OwnLimit
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder


def _of_case(event: foreign.CaseCorrected | foreign.CaseLimitSet | foreign.CaseLimitLifted) -> list[By]:
    return [By(WorkOrder, "case_id", event.case_id)]


def _orders(
    event: foreign.CaseCorrected | foreign.CaseLimitSet | foreign.CaseLimitLifted, work: Work
) -> list[WorkOrder]:
    """All of the case that may still be handled, also after a redo."""
    return [order for order in work.find_by(WorkOrder, "case_id", event.case_id) if order.state is not State.ENDED]


@reactions.on("intake.case_corrected.v1", loads=_of_case)
def take_over_correction(event: foreign.CaseCorrected, work: Work) -> None:
    """The units keep the order; whom it should have gone to, a dispatcher decides."""
    facts = {name: str(getattr(event, name)) for name in FACTS}
    for order in _orders(event, work):
        told = corrections.correct(order, facts, confidentiality=event.confidentiality, at=event.corrected_at)
        work.save(order, told)


@reactions.on("intake.case_limit_set.v1", loads=_of_case)
def show_limit(event: foreign.CaseLimitSet, work: Work, *, news: News) -> None:
    for order in _orders(event, work):
        limit = OwnLimit(event.ground, event.set_at, event.cited, event.limit_amount, event.limit_unit, event.due_at)
        corrections.set_limit(order, limit)
        work.save(order)
        news.tell(work, order, "limit_set")


@reactions.on("intake.case_limit_lifted.v1", loads=_of_case)
def forget_limit(event: foreign.CaseLimitLifted, work: Work, *, news: News) -> None:
    for order in _orders(event, work):
        corrections.lift_limit(order, event.ground)
        work.save(order)
        news.tell(work, order, "limit_lifted")
