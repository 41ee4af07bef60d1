"""What notify does when something happens elsewhere: it tells the people whom the book of notices names."""

from collections.abc import Iterable

from chassis.application import Ignored, Reactions
from chassis.work import By, Work
from services.notify.application import foreign
from services.notify.application.reporting import report_emergency
from services.notify.application.telling import NOTHING, Telling, Values, file_key, file_of, known_file
from services.notify.domain.casefile import CaseFile, OrderLine
from services.notify.domain.escalation import Escalation
from services.notify.domain.message import Audience, Message, State
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book, local_time

reactions = Reactions()


# -- the citizen's case ------------------------------------------------------------------------------------------------


@reactions.on("intake.case_accepted.v1", loads=file_key)
def tell_the_number(event: foreign.CaseAccepted, work: Work, *, book: Book) -> None:
    """The citizen gets the number of the case."""
    file = file_of(work, event)
    file.pack, file.number, file.known = event.pack, event.number, True
    file.emergency_class = event.emergency_class
    _address(file, event.citizen_id, event.citizen_reachable)
    report_emergency(file, work, book)
    work.save(file)
    Telling(work, book, file).tell(Moment.CASE_ACCEPTED)


@reactions.on("intake.case_refused.v1", loads=file_key)
def tell_the_refusal(event: foreign.CaseRefused, work: Work, *, book: Book) -> None:
    """The citizen learns the ground, the basis and where to go instead (F16 art. 13, P18 art. 7, S24 art. 12)."""
    file = file_of(work, event)
    file.pack = event.pack
    _address(file, event.citizen_id, event.citizen_reachable)
    work.save(file)
    why = {"reason": event.reason, "basis": event.cited, "guidance": event.guidance}
    Telling(work, book, file).tell(Moment.CASE_REFUSED, why)


@reactions.on("intake.case_joined.v1", loads=file_key)
def tell_of_joining(event: foreign.CaseJoined, work: Work, *, book: Book) -> None:
    """The citizen learns that the same matter is already in hand, and the number of their own case."""
    file = file_of(work, event)
    file.pack, file.number, file.known = file.pack or event.pack, event.number or file.number, True
    _address(file, event.citizen_id, event.citizen_reachable)
    work.save(file)
    Telling(work, book, file).tell(Moment.CASE_JOINED)


@reactions.on("intake.case_replied.v1", loads=file_key)
def ask_for_a_rating(event: foreign.CaseReplied, work: Work, *, book: Book) -> None:
    """The citizen is told of the answer and asked to rate it."""
    file = file_of(work, event)
    file.number = event.number or file.number
    _address(file, event.citizen_id, event.citizen_reachable)
    work.save(file)
    Telling(work, book, file).tell(Moment.CASE_REPLIED)


_NOT_HANDLED = frozenset({"ended", "main_case_closed"})


@reactions.on("intake.case_closed.v1", loads=file_key)
def tell_the_end(event: foreign.CaseClosed, work: Work, *, book: Book) -> None:
    """The citizen learns why the case, or the one that it had joined, is not handled further, and who is competent."""
    if event.how not in _NOT_HANDLED:
        raise Ignored("the citizen has the answer")
    authority = event.next_authority
    why = {
        "basis": event.cited,
        "next_authority_zh": f"请向{authority}反映。" if authority else "",
        "next_authority_en": f"Please turn to {authority}." if authority else "",
    }
    Telling(work, book, file_of(work, event)).tell(Moment.CASE_ENDED, why)


@reactions.on(
    "intake.citizen_erased.v1", loads=lambda e: [By(CaseFile, "id", e.case_id), By(Message, "case_id", e.case_id)]
)
def forget_the_citizen(event: foreign.CitizenErased, work: Work) -> None:
    """Nothing is sent to an erased citizen any more, and nothing names them."""
    file = file_of(work, event)
    file.erase()
    work.save(file)
    for message in work.find_by(Message, "case_id", event.case_id):
        if message.audience is Audience.CITIZEN:
            message.recipient = ""
            queued = message.state is State.QUEUED
            work.save(message, *([message.expire(now=work.now, reason="erased")] if queued else []))


# -- the work order ----------------------------------------------------------------------------------------------------


@reactions.on("dispatch.work_order_queued.v1", loads=file_key)
def tell_the_dispatchers(event: foreign.WorkOrderQueued, work: Work, *, book: Book) -> None:
    known_file(work, event)
    telling = Telling(work, book, file_of(work, event))
    why = {"why": telling.word("why", event.why)}
    telling.tell(Moment.WORK_ORDER_QUEUED, why, about=About(event.work_order_id))


@reactions.on("dispatch.work_order_dispatched.v1", loads=file_key)
def remind_the_units(event: foreign.WorkOrderDispatched, work: Work, *, book: Book) -> None:
    """Each unit is reminded to sign; in an emergency it is phoned too (F16 art. 14, S24 art. 13)."""
    file = file_of(work, event)
    file.pack = file.pack or event.pack
    file.emergency_class = event.emergency_class or file.emergency_class
    leads = [a.unit for a in event.assignments if a.role != "co"]
    file.orders[event.work_order_id] = OrderLine(
        event.number, leads[0] if leads else "", event.emergency_class, [a.unit for a in event.assignments]
    )
    work.save(file)
    telling = Telling(work, book, file)
    for assignment in event.assignments:
        about = About(event.work_order_id, assignment.assignment_id)
        if not event.emergency_class:
            telling.tell(Moment.WORK_ORDER_DISPATCHED, unit=assignment.unit, about=about)
            continue
        telling.tell(Moment.EMERGENCY_DISPATCHED, unit=assignment.unit, about=about)
        telling.begin_escalation(event.work_order_id, assignment)


def _escalations(event: foreign.OfAssignment) -> Iterable[By]:
    return [By(Escalation, "assignment_id", event.assignment_id)]


@reactions.on("dispatch.assignment_signed.v1", loads=_escalations)
def stop_calling(event: foreign.OfAssignment, work: Work) -> None:
    """A unit that has signed knows of its emergency."""
    for escalation in work.find_by(Escalation, "assignment_id", event.assignment_id):
        if escalation.open:
            work.save(escalation, escalation.acknowledge(now=work.now))


@reactions.on("dispatch.assignment_released.v1", loads=lambda e: [*file_key(e), *_escalations(e)])
def tell_that_it_is_gone(event: foreign.AssignmentReleased, work: Work, *, book: Book) -> None:
    """The unit learns that the order is no longer its own, and its telephone stops ringing."""
    _stop_ringing(event, work)
    telling = Telling(work, book, file_of(work, event))
    about = About(event.work_order_id, event.assignment_id)
    why = {"why": telling.word("why", event.why)}
    telling.tell(Moment.ASSIGNMENT_RELEASED, why, unit=event.unit, about=about)


def _stop_ringing(event: foreign.OfAssignment, work: Work) -> None:
    for escalation in work.find_by(Escalation, "assignment_id", event.assignment_id):
        if escalation.open:
            escalation.stop(now=work.now)
            work.save(escalation)


def tell_unit(event: foreign.OfAssignment, work: Work, book: Book, moment: Moment, values: Values = NOTHING) -> None:
    about = About(event.work_order_id, event.assignment_id)
    Telling(work, book, file_of(work, event)).tell(moment, values, unit=event.unit, about=about)


@reactions.on("dispatch.return_requested.v1", loads=file_key)
def ask_for_a_return_review(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    tell_unit(event, work, book, Moment.RETURN_REQUESTED)


@reactions.on("dispatch.return_agreed.v1", loads=lambda e: [*file_key(e), *_escalations(e)])
def tell_the_agreed_return(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    """The unit is free, and not called any more."""
    _stop_ringing(event, work)
    tell_unit(event, work, book, Moment.RETURN_AGREED)


@reactions.on("dispatch.return_refused.v1", loads=file_key)
def tell_the_refused_return(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    tell_unit(event, work, book, Moment.RETURN_REFUSED)


@reactions.on("dispatch.extension_filed.v1", loads=file_key)
def ask_for_an_extension_decision(event: foreign.ExtensionFiled, work: Work, *, book: Book) -> None:
    """Only an application waits for a decision; a filing takes effect by itself (F16 art. 20)."""
    days = {"working_days": str(event.working_days)}
    if event.how == "approval":
        tell_unit(event, work, book, Moment.EXTENSION_FILED, days)
    elif event.route == "long_cycle":
        tell_unit(event, work, book, Moment.LONG_CYCLE_FILED, days)


@reactions.on("dispatch.extension_granted.v1", loads=file_key)
def tell_the_extension(event: foreign.ExtensionGranted, work: Work, *, book: Book) -> None:
    """The unit is told; the citizen too where the platform has to (P18 art. 14)."""
    days = {"working_days": str(event.working_days)}
    tell_unit(event, work, book, Moment.EXTENSION_GRANTED, days)
    if event.told_by == "platform":
        telling = Telling(work, book, known_file(work, event))
        telling.tell(Moment.EXTENSION_TOLD_BY_PLATFORM, days, about=About(thing=event.extension_id))


@reactions.on("dispatch.extension_refused.v1", loads=file_key)
def tell_the_refused_extension(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    tell_unit(event, work, book, Moment.EXTENSION_REFUSED)


@reactions.on("dispatch.reply_sent_back.v1", loads=file_key)
def tell_that_the_reply_came_back(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    tell_unit(event, work, book, Moment.REPLY_SENT_BACK)


@reactions.on("dispatch.redo_ordered.v1", loads=file_key)
def tell_of_the_redo(event: foreign.RedoOrdered, work: Work, *, book: Book) -> None:
    """The lead unit must handle the order anew; its new assignments follow in an event of their own."""
    file = file_of(work, event)
    lead, round = file.lead_of(event.work_order_id), {"round": str(event.round)}
    Telling(work, book, file).tell(Moment.REDO_ORDERED, round, unit=lead, about=About(event.work_order_id))


# -- the knowledge base ------------------------------------------------------------------------------------------------


def _knowledge(work: Work, book: Book, city: str) -> Telling:
    return Telling(work, book, CaseFile(id="", city=city))


@reactions.on("knowledge.policy_registered.v1")
def ask_for_the_article(event: foreign.PolicyRegistered, work: Work, *, book: Book) -> None:
    """The unit that leads a new policy is asked for its article (S24 art. 25)."""
    _knowledge(work, book, event.city).tell(Moment.POLICY_REGISTERED, {"title": event.title}, unit=event.unit)


@reactions.on("knowledge.article_expired.v1")
def tell_of_the_expiry(event: foreign.ArticleEvent, work: Work, *, book: Book) -> None:
    about = About(thing=event.article_id)
    _knowledge(work, book, event.city).tell(Moment.ARTICLE_EXPIRED, unit=event.unit, about=about)


@reactions.on("knowledge.article_questioned.v1")
def ask_for_a_correction(event: foreign.ArticleEvent, work: Work, *, book: Book) -> None:
    """What a seat doubts goes back to the unit that answers for it (S24 art. 27)."""
    about = About(thing=event.article_id)
    _knowledge(work, book, event.city).tell(Moment.ARTICLE_QUESTIONED, unit=event.unit, about=about)


# -- the lights --------------------------------------------------------------------------------------------------------


@reactions.on("sla.clock_warned.v1", loads=file_key)
def show_yellow(event: foreign.ClockEvent, work: Work, *, book: Book) -> None:
    """The unit, or the hotline office for its own clocks, is pressed before the deadline (P18 art. 25, S24 art. 32)."""
    _show_light(event, work, book, Moment.CLOCK_WARNED if event.unit else Moment.OFFICE_CLOCK_WARNED)


@reactions.on("sla.clock_breached.v1", loads=file_key)
def show_red(event: foreign.ClockEvent, work: Work, *, book: Book) -> None:
    """The unit is told to act, the supervisors to supervise."""
    _show_light(event, work, book, Moment.CLOCK_BREACHED if event.unit else Moment.OFFICE_CLOCK_BREACHED)


@reactions.on("sla.breach_withdrawn.v1", loads=lambda e: [By(Message, "about", e.clock_id)])
def take_the_light_back(event: foreign.BreachWithdrawn, work: Work) -> None:
    """A light that was wrong is not shown to anybody who has not seen it yet."""
    for message in work.find_by(Message, "about", event.clock_id):
        if message.state is State.QUEUED:
            work.save(message, message.expire(now=work.now, reason="breach_withdrawn"))


_KNOWLEDGE = {
    Moment.CLOCK_WARNED: Moment.KNOWLEDGE_CLOCK_WARNED,
    Moment.CLOCK_BREACHED: Moment.KNOWLEDGE_CLOCK_BREACHED,
    Moment.OFFICE_CLOCK_WARNED: Moment.KNOWLEDGE_CLOCK_WARNED,
    Moment.OFFICE_CLOCK_BREACHED: Moment.KNOWLEDGE_CLOCK_BREACHED,
}
"""A clock without a case watches a duty of the knowledge base, unless it watches a call."""
_CALLS = {
    Moment.OFFICE_CLOCK_WARNED: Moment.CALL_BACK_WARNED,
    Moment.OFFICE_CLOCK_BREACHED: Moment.CALL_BACK_BREACHED,
}


def _show_light(event: foreign.ClockEvent, work: Work, book: Book, moment: Moment) -> None:
    if not event.case_id:
        moment = _CALLS[moment] if event.call_id else _KNOWLEDGE[moment]
    telling = Telling(work, book, file_of(work, event))
    clock = {"clock": telling.word("clock", event.kind), "due": local_time(event.due_at), "unit": event.unit}
    telling.tell(moment, clock, unit=event.unit, about=About(event.work_order_id, event.clock_id))


# -- inside ------------------------------------------------------------------------------------------------------------


def _address(file: CaseFile, citizen_id: str, reachable: bool) -> None:
    if not file.erased:
        file.citizen_id = citizen_id or file.citizen_id
        file.reachable = reachable and bool(file.citizen_id)
