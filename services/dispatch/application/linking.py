"""What happens to a linked order reaches the order that it was opened for: its progress, its answer, its end."""

from chassis.domain import Sealed
from chassis.work import Work
from services.dispatch.domain import handing_over
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.notes import Note
from services.dispatch.domain.states import OPEN, DisputeState, State
from services.dispatch.domain.work_order import WorkOrder


def first_of(linked: WorkOrder, work: Work) -> WorkOrder | None:
    """The order of the other tenant that waits for this one."""
    first = _beside(linked, linked.linked_to, work)
    return first if handing_over.is_with(first, linked) else None


def _beside(order: WorkOrder, id: str, work: Work) -> WorkOrder | None:
    """Another order of the same case; of a hand-over it is of another city than the command names."""
    found = work.find_by(WorkOrder, "case_id", order.case.case_id) if id else []
    return next((one for one in found if one.id == id), None)


def show_progress(linked: WorkOrder, note: Sealed | None, work: Work) -> None:
    if first := first_of(linked, work):
        first.notes.append(Note("hand_over_progress", "", work.now, note))
        work.save(first)


def answer(linked: WorkOrder, work: Work) -> None:
    """Its own completion has been saved."""
    if first := first_of(linked, work):
        work.save(first, handing_over.answered(first, linked, now=work.now))


def follow_the_end(order: WorkOrder, work: Work) -> WorkOrder | None:
    """A linked order that has ended sends the first back to its dispatchers; with the first its linked one ends."""
    if order.state is not State.ENDED:
        return None
    if first := first_of(order, work):
        work.save(first, *handing_over.come_back(first, outcome="ended", now=work.now))
    open_at = [to for to in order.hand_overs if not to.outcome]
    linked = _beside(order, open_at[-1].linked_order_id, work) if open_at else None
    if linked is None or linked.state not in OPEN:
        return None
    open_at[-1].outcome = "ended"
    for dispute in work.find_by(Dispute, "id", linked.dispute_id) if linked.dispute_id else []:
        dispute.close(DisputeState.DROPPED, work.now)
        work.save(dispute)
    work.save(order)
    work.save(linked, *linked.end(ground="taken_back", basis="", next_authority="", now=work.now))
    return linked
