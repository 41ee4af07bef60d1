"""What units are told when a case in their hands is corrected, or limited otherwise."""

from collections.abc import Iterable

from chassis.work import By, Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions
from services.notify.application.reporting import report_emergency
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.escalation import Escalation
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book

_FACTS = ("category", "item", "area", "emergency_class")


def _file_and_calls(event: foreign.WorkOrderCorrected) -> Iterable[By]:
    return [*file_key(event), *(By(Escalation, "assignment_id", a.assignment_id) for a in event.assignments)]


@reactions.on("dispatch.work_order_corrected.v1", loads=_file_and_calls)
def tell_the_correction(event: foreign.WorkOrderCorrected, work: Work, *, book: Book) -> None:
    """Whoever works on it learns what is different; what turns out to be an emergency is phoned."""
    file = file_of(work, event)
    file.emergency_class = event.emergency_class
    if line := file.orders.get(event.work_order_id):
        line.emergency_class = event.emergency_class
    report_emergency(file, work, book)
    work.save(file)
    telling = Telling(work, book, file)
    changed = [name for name in _FACTS if getattr(event, name) != getattr(event, f"old_{name}")]
    values = {"changed": "、".join(telling.word("fact", name) for name in changed)}
    for assignment in event.assignments:
        about = About(event.work_order_id, assignment.assignment_id)
        telling.tell(Moment.ORDER_CORRECTED, values, unit=assignment.unit, about=about)
        if event.emergency_class and not event.old_emergency_class:
            telling.tell(Moment.EMERGENCY_DISPATCHED, unit=assignment.unit, about=about)
            telling.begin_escalation(event.work_order_id, assignment)
        if not event.emergency_class:
            _stop_ringing(assignment, work)


def _stop_ringing(assignment: foreign.DispatchedAssignment, work: Work) -> None:
    """It was no emergency after all."""
    for escalation in work.find_by(Escalation, "assignment_id", assignment.assignment_id):
        if escalation.open:
            escalation.stop(now=work.now)
            work.save(escalation)


@reactions.on("intake.case_limit_set.v1", loads=file_key)
def tell_the_limit(event: foreign.CaseLimitChanged, work: Work, *, book: Book) -> None:
    _tell_leads(event, work, book, Moment.CASE_LIMIT_SET)


@reactions.on("intake.case_limit_lifted.v1", loads=file_key)
def tell_the_lifted_limit(event: foreign.CaseLimitChanged, work: Work, *, book: Book) -> None:
    _tell_leads(event, work, book, Moment.CASE_LIMIT_LIFTED)


def _tell_leads(event: foreign.CaseLimitChanged, work: Work, book: Book, moment: Moment) -> None:
    """Before the dispatch there is nobody to tell: the order shows it."""
    file = file_of(work, event)
    telling = Telling(work, book, file)
    values = {"basis": event.cited or telling.word("own_limit", event.ground)}
    for work_order_id, order in file.orders.items():
        if order.lead:
            telling.tell(moment, values, unit=order.lead, about=About(work_order_id))
