"""What dispatch does about events of the other services."""

from chassis.application import Ignored, Reactions
from chassis.erasure import forget_answers
from chassis.work import By, Work
from services.dispatch.application import foreign, supervising
from services.dispatch.application.desk import Desk, choice_of, choices_of
from services.dispatch.application.disputes import drop_with
from services.dispatch.application.evaluating import keep_rating, keep_visit
from services.dispatch.application.loading import ids
from services.dispatch.application.ports import News
from services.dispatch.domain import redo
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import AttachmentNote
from services.dispatch.domain.routing import Decision, Outcome
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.states import OPEN, State
from services.dispatch.domain.work_order import WorkOrder

HEARS = ("intake", "sla", "notify")
OfOrder = (
    foreign.ClockStarted
    | foreign.ClockMoved
    | foreign.ClockSignal
    | foreign.ClockStopped
    | foreign.MessageFate
    | foreign.RevisitRecorded
)

reactions = Reactions()


def _of_case(event: foreign.CaseWithdrawn | foreign.CitizenErased | foreign.AttachmentAdded) -> list[By]:
    return [By(WorkOrder, "case_id", event.case_id)]


def of_order(event: OfOrder) -> list[By]:
    return [By(WorkOrder, "id", event.work_order_id)] if event.work_order_id else []


def order_of(work: Work, id: str) -> WorkOrder:
    order = work.find(WorkOrder, id) if id else None
    if order is None:
        raise Ignored("no order of ours")
    return order


# -- intake ------------------------------------------------------------------------------------------------------------


def _of_case_and_repeated(event: foreign.CaseAccepted) -> list[By]:
    return [By(WorkOrder, "case_id", id) for id in (event.case_id, event.repeated_case_id) if id]


@reactions.on("intake.case_accepted.v1", loads=_of_case_and_repeated)
def route_case(event: foreign.CaseAccepted, work: Work, *, desk: Desk) -> None:
    """Accepted: routed at once; several orders only where the pack gives each unit its own."""
    earlier = work.find_by(WorkOrder, "case_id", event.case_id)
    if any(o.state in OPEN for o in earlier):
        raise Ignored("the case has an order already")
    for index, (decision, choice) in enumerate(_routes(event, work, desk), start=len(earlier) + 1):
        order = _open_order(event, index, decision, choice, work)
        supervising.after_marking(order, event.attention_marks, work, desk)


def _routes(event: foreign.CaseAccepted, work: Work, desk: Desk) -> list[tuple[Decision, Choice | None]]:
    """For each order of the case why and to whom it goes; to nobody: to the dispatchers' queue."""
    regime, case = desk.regime(event.pack, event.city), _copy(event)
    former = work.find_by(WorkOrder, "case_id", event.repeated_case_id) if event.repeated_case_id else []
    if again := desk.explained_again(event.city, case, former, regime):
        return [(decision, choice_of(decision)) for decision in again]
    decision = desk.route(event.city, case.facts(), regime)
    if decision.outcome is not Outcome.DISPATCHED:
        return [(decision, None)]
    return [(decision, choice) for choice in choices_of(decision, regime)]


def _open_order(
    event: foreign.CaseAccepted, index: int, decision: Decision, choice: Choice | None, work: Work
) -> WorkOrder:
    order = WorkOrder(
        id=work.new_id(), city=event.city, pack=event.pack, case=_copy(event), index=index, created_at=work.now
    )
    if not order.case.hides_citizen:
        order.attachments = [_attached(file) for file in event.attachments]
    work.save(RoutingRecord(work.new_id(), order.id, order.city, work.now, decision))
    if choice is None:
        work.save(order, order.queue(why=str(decision.outcome), candidates=decision.candidates, now=work.now))
    else:
        work.save(order, *order.dispatch(choice, ids=ids(work), now=work.now))
    return order


def _copy(event: foreign.CaseAccepted) -> CaseCopy:
    return CaseCopy(
        case_id=event.case_id,
        number=event.number,
        category=event.category,
        item=event.item,
        area=event.area,
        respondent_unit=event.respondent_unit,
        emergency_class=event.emergency_class,
        confidentiality=event.confidentiality,
        attributes=dict(event.attributes),
        citizen_id=event.citizen_id,
        citizen_key=event.citizen_key,
        citizen_reachable=event.citizen_reachable,
        masked_subject=event.masked_subject,
        masked_text=event.masked_text,
        explain_only=event.explain_only,
    )


@reactions.on("intake.case_withdrawn.v1", loads=_of_case)
def end_withdrawn(event: foreign.CaseWithdrawn, work: Work) -> None:
    """Withdrawn by the citizen; that a hazard is handled on all the same, intake has decided before."""
    _end_open(event.case_id, "withdrawn", work)


@reactions.on(
    "intake.case_joined.v1",
    loads=lambda e: [By(WorkOrder, "case_id", e.case_id), By(WorkOrder, "case_id", e.main_case_id)],
)
def follow_main_case(event: foreign.CaseJoined, work: Work, *, news: News) -> None:
    """The joined case's own order ends; the main one counts it."""
    _end_open(event.case_id, "joined", work)
    for order in work.find_by(WorkOrder, "case_id", event.main_case_id):
        if order.state in OPEN:
            order.joined_cases += 1
            work.save(order)
            news.tell(work, order, "joined")


def _end_open(case_id: str, ground: str, work: Work) -> None:
    for order in work.find_by(WorkOrder, "case_id", case_id):
        if order.state in OPEN:
            drop_with(order, work)
            ended = order.end(ground=ground, basis="", next_authority="", now=work.now, why=ground)
            work.save(order, *ended)
            supervising.let_go(order, work)


@reactions.on("intake.case_rated.v1", loads=lambda e: [By(WorkOrder, "case_id", e.case_id)])
def consider_redo(event: foreign.CaseRated, work: Work, *, desk: Desk, news: News) -> None:
    """Dissatisfied: verified or redone as the pack says. Satisfied: kept, and nothing more."""
    keep_rating(event, work, news)
    if event.handling_satisfied:
        return
    rated = [o for o in work.find_by(WorkOrder, "case_id", event.case_id) if o.state is State.COMPLETED]
    if event.work_order_id:
        rated = [o for o in rated if o.id == event.work_order_id]
    rated = [o for o in rated if event.round in {0, o.round}]
    if not rated:
        raise Ignored("no completed order of that round")
    for order in rated:
        rules = desk.regime_of(order).redo
        work.save(order, *redo.rated_dissatisfied(order, rules=rules, ids=ids(work), now=work.now))
        supervising.after_redo(order, work, desk)


@reactions.on("intake.revisit_recorded.v1", loads=of_order)
def consider_redo_after_revisit(event: foreign.RevisitRecorded, work: Work, *, desk: Desk, news: News) -> None:
    """Not done, or dissatisfied (S24 art. 22): as after such a rating, where the pack says so."""
    keep_visit(event, work, news)
    if not event.may_redo or (event.solved is not False and event.satisfied is not False):
        return
    order = order_of(work, event.work_order_id)
    rules = desk.regime_of(order).redo
    if not rules.on_revisit or order.state is not State.COMPLETED or order.round != event.round:
        supervising.after_revisit(order, event, work, desk)
        return
    work.save(order, *redo.rated_dissatisfied(order, rules=rules, ids=ids(work), now=work.now))


@reactions.on("intake.attachment_added.v1", loads=_of_case)
def show_attachment(event: foreign.AttachmentAdded, work: Work, *, news: News) -> None:
    for order in work.find_by(WorkOrder, "case_id", event.case_id):
        if event.owner == order.id or (event.owner == "case" and not order.case.hides_citizen):
            order.attachments.append(_attached(event))
            work.save(order)
            news.tell(work, order, "attachment_added")


def _attached(file: foreign.AttachedFile) -> AttachmentNote:
    return AttachmentNote(file.attachment_id, file.media_type, file.size_bytes)


@reactions.on("intake.citizen_erased.v1", loads=_of_case)
def erase_texts(event: foreign.CitizenErased, work: Work) -> None:
    for order in work.find_by(WorkOrder, "case_id", event.case_id):
        order.erase()
        forget_answers(work, [order.id])
        work.save(order)


# -- notify ------------------------------------------------------------------------------------------------------------


@reactions.on("notify.call_acknowledged.v1", loads=of_order)
def show_acknowledged(event: foreign.MessageFate, work: Work) -> None:
    order = order_of(work, event.work_order_id)
    order.acknowledged_at = work.now
    work.save(order)


@reactions.on("notify.message_failed.v1", loads=of_order)
def count_failed(event: foreign.MessageFate, work: Work) -> None:
    order = order_of(work, event.work_order_id)
    order.failed_messages += 1
    work.save(order)
