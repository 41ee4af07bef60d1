"""What dispatch does when a case is watched. It keeps no mark: units read orders, and marks are not for them."""

from chassis.application import Ignored
from chassis.work import By, Work
from services.dispatch.application import foreign, supervising
from services.dispatch.application.desk import Desk
from services.dispatch.application.reactions import reactions
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder


@reactions.on("intake.case_marked.v1", loads=lambda e: [By(WorkOrder, "case_id", e.case_id)])
def supervise_marked(event: foreign.CaseMarked, work: Work, *, desk: Desk) -> None:
    orders = [o for o in work.find_by(WorkOrder, "case_id", event.case_id) if o.state is not State.ENDED]
    if not orders:
        raise Ignored("no order to supervise")
    for order in orders:
        supervising.after_marking(order, [event.kind], work, desk)
