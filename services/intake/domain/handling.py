"""What happens to an accepted case while units handle it, told by dispatch and by the clocks of sla."""

from dataclasses import asdict
from datetime import datetime, timedelta

from chassis.domain import Event, Sealed
from services.intake.domain import errors, events, progress
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import Ending, Order, OrderState, Rating
from services.intake.domain.states import LIFE, State


def order_queued(case: Case, work_order_id: str, *, at: datetime) -> None:
    """An order waits for a dispatcher; the case waits for all its orders."""
    order = _order(case, work_order_id)
    if order.state is OrderState.HANDED_OVER:
        order.state = OrderState.OPEN
    case.note("queued", at)


def order_dispatched(case: Case, work_order_id: str, *, round: int, units: list[str], at: datetime) -> None:
    """派单, the first time or again; the units of earlier rounds keep no right to look."""
    if case.state is not State.IN_HANDLING:
        LIFE.check(case.state, State.IN_HANDLING)
        case.state = State.IN_HANDLING
    order = _order(case, work_order_id)
    kept = order.units if order.round == round else []
    order.state, order.units, order.round = OrderState.OPEN, list(dict.fromkeys([*kept, *units])), round
    order.under_verification = False
    case.round = max(case.round, round)
    case.note("dispatched", at)


def assignment_ended(case: Case, work_order_id: str, unit: str) -> None:
    """A released unit may look no longer."""
    order = case.order(work_order_id)
    if order and unit in order.units:
        order.units.remove(unit)


def order_handed_over(case: Case, work_order_id: str, *, at: datetime) -> None:
    """移交: another tenant handles it; its units have lost the right to look by events of their own."""
    _order(case, work_order_id).state = OrderState.HANDED_OVER
    case.note("handed_over", at)


def order_linked(case: Case, work_order_id: str) -> None:
    """The other tenant's order of the same case: the case is replied when it is."""
    _order(case, work_order_id).linked = True


def order_completed(case: Case, work_order_id: str, *, round: int, reply: Sealed | None, at: datetime) -> list[Event]:
    """办结 of one order; the case is replied when the last one is."""
    order = _order(case, work_order_id)
    if order.state is not OrderState.OPEN:
        LIFE.check(case.state, State.IN_HANDLING)
    order.state, order.reply, order.round = OrderState.COMPLETED, reply, round
    return _replied_if_all_done(case, at)


def order_ended(case: Case, work_order_id: str, ending: Ending, *, at: datetime) -> list[Event]:
    """No further handling of one order; the case ends when none is open or completed, unless it left them itself."""
    order = _order(case, work_order_id)
    # It follows another case, or goes on alone again and gets a new order: `joined` may come as late as that.
    left = order.state is OrderState.ENDED or case.state in {State.JOINED, State.WITHDRAWN} or ending.ground == "joined"
    order.state = OrderState.ENDED
    if left or order.linked:
        return []
    if all(o.state is OrderState.ENDED for o in case.orders):
        return _end(case, State.ENDED, "ended", ending, at)
    # The others go on, and the citizen is told of this part as of a whole (P18 art. 7).
    case.basis, case.next_authority = ending.basis, ending.next_authority
    line = progress.part_ended(ending, at)
    order.told, case.lines = line.zh, progress.added(case.lines, line)
    return _replied_if_all_done(case, at)


def end_like_main(case: Case, ending: Ending, *, at: datetime) -> list[Event]:
    """A joined case ends with the one that it follows, and for the same reason."""
    return _end(case, State.CLOSED, "main_case_closed", ending, at)


def _end(case: Case, state: State, how: str, ending: Ending, at: datetime) -> list[Event]:
    LIFE.check(case.state, state)
    case.state, case.closed_at, case.basis, case.next_authority = state, at, ending.basis, ending.next_authority
    case.outcome = ending.ground if state is State.ENDED else how
    case.note("ended", at)
    return [events.CaseClosed(case_id=case.id, city=case.city, how=how, closed_at=at, **asdict(ending))]


def _replied_if_all_done(case: Case, at: datetime) -> list[Event]:
    if any(o.state is OrderState.OPEN for o in case.orders):
        return []
    return reply(case, at=at)


def reply(case: Case, *, at: datetime) -> list[Event]:
    """The citizen is told and asked for a rating."""
    LIFE.check(case.state, State.REPLIED)
    case.state, case.replied_at = State.REPLIED, at
    case.note("replied", at)
    return [
        events.CaseReplied(
            case_id=case.id,
            city=case.city,
            number=case.number,
            citizen_id=case.citizen_id,
            citizen_reachable=case.reachable,
            round=case.round,
            replied_at=at,
        )
    ]


def reply_like_main(case: Case, main: Case, answer: Sealed | None, *, at: datetime) -> list[Event]:
    """A joined case gets the same reply, sealed to its own citizen."""
    case.answer, case.round = answer, main.round
    return reply(case, at=at)


# -- rating ----------------------------------------------------------------------------------------------------------


def rate(case: Case, pack: IntakePack, rating: Rating, *, now: datetime) -> list[Event]:
    """满意度评价: a satisfied one closes the case, a dissatisfied one waits for dispatch's verification."""
    if any(o.under_verification for o in case.orders):
        raise errors.AlreadyRated()
    reopened: list[Event] = []
    if case.state is State.CLOSED:
        reopened = _reopen(case, pack, rating, now)
    elif case.state is not State.REPLIED:
        raise errors.NotRateable()
    case.ratings.append(rating)
    case.note("rated", now)
    # Of several orders, one that was rated in its round keeps that rating while another is done again.
    rated = [o for o in case.orders if o.state is OrderState.COMPLETED and o.rated_round < o.round]
    for order in rated:
        order.rated_round, order.under_verification = order.round, not rating.handling_satisfied
    told: list[Event] = [*reopened, *(_rated(case, order, rating) for order in rated)]
    if rating.handling_satisfied or not rated:
        return told + close(case, "rated", at=now)
    return told


def _reopen(case: Case, pack: IntakePack, rating: Rating, now: datetime) -> list[Event]:
    if rating.handling_satisfied or not _may_reopen(case, pack, now):
        raise errors.NotRateable()
    for order in case.orders:
        order.rated_round = 0
    return _put_back(case, "rated", now)


def _may_reopen(case: Case, pack: IntakePack, now: datetime) -> bool:
    """Dissatisfied within the pack's days of closing reopens once."""
    within = case.closed_at is not None and now - case.closed_at <= timedelta(days=pack.rating.reopen_days)
    return within and not case.reopened and any(o.state is OrderState.COMPLETED for o in case.orders)


def _put_back(case: Case, why: str, at: datetime) -> list[Event]:
    LIFE.check(case.state, State.REPLIED)
    case.state, case.reopened, case.closed_at, case.outcome = State.REPLIED, True, None, ""
    case.note("reopened", at)
    return [events.CaseReopened(case_id=case.id, city=case.city, why=why, round=case.round, reopened_at=at)]


def _rated(case: Case, order: Order, rating: Rating) -> events.CaseRated:
    return events.CaseRated(
        case_id=case.id,
        city=case.city,
        pack=case.pack,
        work_order_id=order.id,
        round=order.round,
        solved=rating.solved,
        call_score=rating.call_score,
        handling_score=rating.handling_score,
        handling_satisfied=rating.handling_satisfied,
        category=case.category,
        rated_at=rating.rated_at,
    )


def revisit(
    case: Case,
    pack: IntakePack,
    *,
    reached: bool,
    contacted: bool | None,
    solved: bool | None,
    satisfied: bool | None,
    now: datetime,
) -> list[Event]:
    """One attempt of a return visit, about each order in hand; None: not asked. Raises NotRevisitable before it."""
    asked = [o for o in case.orders if o.state in {OrderState.OPEN, OrderState.COMPLETED}]
    if case.state not in {State.IN_HANDLING, State.REPLIED, State.CLOSED} or not asked:
        raise errors.NotRevisitable()
    case.revisits += 1
    return [
        events.RevisitRecorded(
            case_id=case.id,
            city=case.city,
            pack=case.pack,
            work_order_id=order.id,
            round=order.round,
            attempt=case.revisits,
            reached=reached,
            contacted=contacted if reached else None,
            solved=solved if reached else None,
            satisfied=satisfied if reached else None,
            may_redo=_may_redo(case, order, pack, now),
            category=case.category,
            recorded_at=now,
        )
        for order in asked
    ]


def _may_redo(case: Case, order: Order, pack: IntakePack, now: datetime) -> bool:
    if order.state is not OrderState.COMPLETED or order.under_verification:
        return False
    return case.state is State.REPLIED or (case.state is State.CLOSED and _may_reopen(case, pack, now))


def verification_opened(case: Case, work_order_id: str, *, round: int, at: datetime) -> list[Event]:
    """A rating or a return visit is looked into: until the finding the case is not closed, a closed one reopens."""
    order = case.order(work_order_id)
    if order is None or order.round != round or order.state is not OrderState.COMPLETED:
        return []
    order.under_verification = True
    return _put_back(case, "revisit", at) if case.state is State.CLOSED else []


def redo_ordered(case: Case, work_order_id: str, *, round: int, at: datetime) -> None:
    """重办: in handling again."""
    if case.state is not State.IN_HANDLING:
        LIFE.check(case.state, State.IN_HANDLING)
        case.state = State.IN_HANDLING
    order = _order(case, work_order_id)
    order.state, order.under_verification, order.round, order.units = OrderState.OPEN, False, round, []
    case.round = max(case.round, round)
    case.note("redo", at)


def redo_declined(case: Case, work_order_id: str, *, at: datetime) -> list[Event]:
    """The verification found nothing to do again; the last such finding closes the case."""
    return _found(case, work_order_id, "redo_declined", at)


def supervised(case: Case, work_order_id: str, *, at: datetime) -> list[Event]:
    """No redo was left, and the order waited for the finding of a supervision."""
    return _found(case, work_order_id, "supervised", at)


def _found(case: Case, work_order_id: str, how: str, at: datetime) -> list[Event]:
    order = _order(case, work_order_id)
    order.under_verification = False
    if case.state is not State.REPLIED or any(o.under_verification for o in case.orders):
        return []
    return close(case, how, at=at)


def close_unrated(case: Case, *, at: datetime) -> list[Event]:
    """The time for a rating is over; a rating that is being verified keeps the case open."""
    if any(o.under_verification for o in case.orders):
        return []
    return close(case, "not_rated", at=at)


def close(case: Case, how: str, *, at: datetime) -> list[Event]:
    LIFE.check(case.state, State.CLOSED)
    case.state, case.outcome, case.closed_at = State.CLOSED, how, at
    case.note("closed", at)
    return [events.CaseClosed(case_id=case.id, city=case.city, how=how, closed_at=at)]


def _order(case: Case, work_order_id: str) -> Order:
    found = case.order(work_order_id)
    if found is None:
        found = Order(work_order_id)
        case.orders.append(found)
    return found
