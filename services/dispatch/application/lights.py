"""What dispatch does about clocks: it keeps the deadlines that it decides by, and shows lights."""

from chassis.application import Ignored
from chassis.work import Work
from services.dispatch.application import foreign, supervising
from services.dispatch.application.desk import Desk
from services.dispatch.application.ports import News
from services.dispatch.application.reactions import of_order, order_of, reactions
from services.dispatch.domain.notes import ClockNote
from services.dispatch.domain.states import OPEN, Light, light_at
from services.dispatch.domain.work_order import WorkOrder

# Of the clocks, dispatch decides by these; of the others it shows the lights only.
DECIDED_BY = frozenset({"finish", "return", "co_reply"})
# And it shows until when a step of a dispute should have come to its end.
OF_A_DISPUTE = "dispute_"
LIGHT = "light_changed"
# These move every clock of a case, also one that is kept for its light alone.
_MOVES_ANY = frozenset({"calendar_published", "case_corrected", "other_law", "agreement", "upstream", "leader"})


def _kept(kind: str) -> bool:
    return kind in DECIDED_BY or kind.startswith(OF_A_DISPUTE)


@reactions.on("sla.clock_started.v1", loads=lambda e: of_order(e) if _kept(e.kind) else [])
def remember_clock(event: foreign.ClockStarted, work: Work, *, news: News) -> None:
    """Deadlines that dispatch decides by, so that it need not ask."""
    if event.supervision_id:
        supervising.show_due(event.supervision_id, event.due_at, work)
    if not _kept(event.kind):
        return
    order = order_of(work, event.work_order_id)
    if event.assignment_id and event.assignment_id not in {a.id for a in order.active()}:
        raise Ignored("the assignment is over")
    order.clocks[event.clock_id] = ClockNote(
        kind=event.kind,
        assignment_id=event.assignment_id,
        due_at=event.due_at,
        last_extension_at=event.last_extension_at,
        limit_unit=event.limit_unit,
        limit_amount=event.limit_amount,
    )
    work.save(order)
    _tell_deadline(order, event.kind, work, news)


def _concerns_us(event: foreign.ClockMoved) -> bool:
    return _kept(event.kind) or (event.why in _MOVES_ANY and event.work_order_id != "")


@reactions.on("sla.clock_moved.v1", loads=lambda e: of_order(e) if _concerns_us(e) else [])
def move_clock(event: foreign.ClockMoved, work: Work, *, news: News) -> None:
    if event.supervision_id:
        supervising.show_due(event.supervision_id, event.due_at, work)
    if not _concerns_us(event):
        return
    order = order_of(work, event.work_order_id)
    note = order.clocks.get(event.clock_id)
    if note is None:
        raise Ignored("a clock that dispatch does not keep")
    note.due_at, note.last_extension_at = event.due_at, event.last_extension_at
    if event.limit_amount:
        # An extension is measured by the limit of the corrected category, or of the other law.
        note.limit_amount, note.limit_unit = event.limit_amount, event.limit_unit
    note.light = light_at(event.moved_at, warn_at=event.warn_at, due_at=event.due_at)
    work.save(order)
    _tell_deadline(order, event.kind, work, news)


@reactions.on("sla.clock_warned.v1", loads=of_order)
def show_yellow(event: foreign.ClockSignal, work: Work, *, desk: Desk, news: News) -> None:
    _light(event, Light.YELLOW, work, desk, news)


@reactions.on("sla.clock_breached.v1", loads=of_order)
def show_red(event: foreign.ClockSignal, work: Work, *, desk: Desk, news: News) -> None:
    _light(event, Light.RED, work, desk, news)


@reactions.on("sla.breach_withdrawn.v1", loads=of_order)
def withdraw_red(event: foreign.ClockSignal, work: Work, *, desk: Desk, news: News) -> None:
    _light(event, Light.GREEN, work, desk, news)


@reactions.on("sla.clock_stopped.v1", loads=of_order)
def put_light_out(event: foreign.ClockStopped, work: Work, *, news: News) -> None:
    """A clock that stopped shows no light; one that was cancelled is forgotten. Most showed none.

    The window of a return closes by itself and is kept: by it a return is late.
    """
    if not event.work_order_id:
        return
    order = order_of(work, event.work_order_id)
    supervising.after_stop(order, event.clock_id, event.outcome, work)
    note = order.clocks.get(event.clock_id)
    if note and event.outcome == "cancelled" and note.kind != "return":
        del order.clocks[event.clock_id]
        work.save(order)
    elif note and note.light is not Light.GREEN:
        note.light = Light.GREEN
        work.save(order)
        news.tell(work, order, LIGHT)


def _tell_deadline(order: WorkOrder, kind: str, work: Work, news: News) -> None:
    """Of the deadline that the order shows; the other clocks are told by their lights."""
    if kind == "finish":
        news.tell(work, order, "deadline_set")


def _light(event: foreign.ClockSignal, light: Light, work: Work, desk: Desk, news: News) -> None:
    if event.supervision_id:
        supervising.show_light(event.supervision_id, light, work)
        return
    if not event.work_order_id:
        return
    order = order_of(work, event.work_order_id)
    withdrawn = light is Light.GREEN and supervising.after_withdrawal(order, event.clock_id, work)
    if order.state not in OPEN:
        if withdrawn:
            return
        raise Ignored("the order is over")
    note = order.clocks.get(event.clock_id)
    if note is None and event.due_at:
        note = order.clocks[event.clock_id] = ClockNote(event.kind, event.assignment_id, event.due_at)
    if note and note.light is not light:
        note.light = light
        work.save(order)
        news.tell(work, order, LIGHT)
    if light is not Light.GREEN:
        supervising.after_light(order, light, event, work, desk)
