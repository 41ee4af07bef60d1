"""An order of the case goes to another tenant, and is handled there in an order of its own."""

from chassis.domain import NotYet
from chassis.work import Work
from services.intake.application import foreign
from services.intake.application.reactions import the_case
from services.intake.application.tables import reactions
from services.intake.domain import handling
from services.intake.domain.case import Case


@reactions.on("dispatch.order_handed_over.v1", loads=the_case)
def show_handed_over(event: foreign.OrderHandedOver, work: Work) -> None:
    """The order counts no longer; the one that the receiver has opened counts in its place."""
    case = _case(event, work)
    handling.order_handed_over(case, event.work_order_id, at=event.handed_over_at)
    work.save(case)


@reactions.on("dispatch.work_order_linked.v1", loads=the_case)
def follow_linked_order(event: foreign.WorkOrderLinked, work: Work) -> None:
    case = _case(event, work)
    handling.order_linked(case, event.work_order_id)
    work.save(case)


def _case(event: foreign.OrderHandedOver | foreign.WorkOrderLinked, work: Work) -> Case:
    case = work.find(Case, event.case_id)
    if case is None:
        raise NotYet(f"case {event.case_id} is not known here")
    return case
