"""督办 by rule: what the pack opens by itself, and what ends without a supervisor's finding.

Whoever changes an order calls the function here that names what happened; the order is saved with its supervisions.
"""

from collections.abc import Iterable
from datetime import datetime

from chassis.application import Ignored
from chassis.work import Work
from services.dispatch.application import linking
from services.dispatch.application.desk import Desk
from services.dispatch.application.foreign import ClockSignal, RevisitRecorded
from services.dispatch.domain import passing, redo, supervision
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import day_in_china
from services.dispatch.domain.states import OPEN, Finding, Light, State, SupervisionFinding, SupervisionState
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.supervision_rules import Trigger, months_over
from services.dispatch.domain.work_order import WorkOrder


def open_by_rule(
    order: WorkOrder,
    trigger: Trigger,
    work: Work,
    desk: Desk,
    *,
    times: int = 1,
    clock: str = "",
    clock_id: str = "",
    part: Assignment | None = None,
    mark: str = "",
) -> bool:
    """Opens what the pack says, once for each ground; `part` is the unit's that is pressed, else the lead's."""
    opened = False
    rules, overdue = desk.regime_of(order).supervision, order.is_overdue
    months = months_over(day_in_china(order.created_at), day_in_china(work.now))
    for ground in rules.opened_by(trigger, clock=clock, times=times, overdue=overdue, mark=mark, months=months):
        if ground.code in order.supervised:
            continue
        entry, event = supervision.open_on(
            order, ground, id=work.new_id(), part=part or order.lead, by="rule", clock_id=clock_id, now=work.now
        )
        work.save(entry, event)
        opened = True
    if opened:
        work.save(order)
    return opened


def after_verification(order: WorkOrder, finding: Finding, work: Work, desk: Desk) -> None:
    """A redo that failed enters the ledger (F16 art. 22); after the last one a finding decides."""
    if redo.is_exhausted(order, finding, desk.regime_of(order).redo):
        open_by_rule(order, Trigger.REDO_EXHAUSTED, work, desk)
    after_redo(order, work, desk)


def after_redo(order: WorkOrder, work: Work, desk: Desk) -> None:
    if order.state is State.DISPATCHED and order.round > 1:
        open_by_rule(order, Trigger.REDO_ORDERED, work, desk, times=order.round - 1)


def after_return(order: WorkOrder, work: Work, desk: Desk) -> None:
    """Units that push an order to each other are brought together (S24 art. 32(2)); who is free of it, is free."""
    let_go(order, work)
    if order.state in OPEN:
        open_by_rule(order, Trigger.RETURN_AGREED, work, desk, times=order.agreed_returns)


def after_sending_back(order: WorkOrder, work: Work, desk: Desk) -> None:
    """敷衍答复: the same reply was wanting again."""
    open_by_rule(order, Trigger.REPLY_SENT_BACK, work, desk, times=order.replies)


def after_urging(order: WorkOrder, work: Work, desk: Desk) -> None:
    """催单: a citizen who presses again and again, or for what is overdue, is heard (decisions: Daily, urging)."""
    open_by_rule(order, Trigger.CASE_URGED, work, desk, times=order.urgings)


def after_revisit(order: WorkOrder, event: RevisitRecorded, work: Work, desk: Desk) -> None:
    """A visit that found something wanting and leads to no redo (F16 art. 23, P18 art. 25(4)).

    Where nothing is to be supervised it is no late news: the order keeps what the citizen said.
    """
    if order.round == event.round:
        open_by_rule(order, Trigger.REVISIT_DISSATISFIED, work, desk)


def after_marking(order: WorkOrder, marks: Iterable[str], work: Work, desk: Desk) -> None:
    """重点标注: a watched case is supervised, as its pack says for the kind of mark."""
    for mark in marks:
        open_by_rule(order, Trigger.CASE_MARKED, work, desk, mark=mark)


def after_light(order: WorkOrder, light: Light, event: ClockSignal, work: Work, desk: Desk) -> None:
    """A yellow or red light of one clock; what ended with the clock could not prevent the breach."""
    if light is Light.RED:
        for entry in _of_clock(order, event.clock_id, work):
            if entry.ends_with_clock:
                _close(order, entry, SupervisionFinding.NOT_RECTIFIED, "clock_breached", work)
    trigger = Trigger.CLOCK_BREACHED if light is Light.RED else Trigger.CLOCK_WARNED
    mine = next((a for a in order.active() if a.id == event.assignment_id), None)
    open_by_rule(order, trigger, work, desk, clock=event.kind, clock_id=event.clock_id, part=mine)


def after_withdrawal(order: WorkOrder, clock_id: str, work: Work) -> bool:
    """A breach that was none: what it had opened is closed again. Whether there was any."""
    opened = _of_clock(order, clock_id, work)
    for entry in opened:
        _close(order, entry, SupervisionFinding.WITHDRAWN, "breach_withdrawn", work)
    return bool(opened)


def after_stop(order: WorkOrder, clock_id: str, outcome: str, work: Work) -> None:
    """The clock is over, and with it what only pressed to keep it."""
    finding = SupervisionFinding.WITHDRAWN if outcome == "cancelled" else SupervisionFinding.RECTIFIED
    for entry in _of_clock(order, clock_id, work):
        if entry.ends_with_clock:
            _close(order, entry, finding, "clock_stopped", work)


def let_go(order: WorkOrder, work: Work) -> None:
    """An order that has ended, and a unit that has lost its part, are supervised no longer."""
    for entry in _open_of(order, work):
        why = supervision.let_go(order, entry)
        if why:
            _close(order, entry, SupervisionFinding.WITHDRAWN, why, work)
    end_passings(order, work)
    if linked := linking.follow_the_end(order, work):
        let_go(linked, work)


def end_passings(order: WorkOrder, work: Work) -> None:
    """What was passed on below a unit is over when the unit has replied, or has no part any more."""
    if ended := passing.let_go(order, work.now):
        work.save(order, *ended)


# -- the clock of the written reply ------------------------------------------------------------------------------------


def show_due(id: str, due_at: datetime, work: Work) -> None:
    entry = _entry(id, work)
    entry.due_at = due_at
    work.save(entry)


def show_light(id: str, light: Light, work: Work) -> None:
    """Only as long as the reply is owed: what is answered or closed shows none."""
    entry = _entry(id, work)
    if entry.state is not SupervisionState.OPEN:
        raise Ignored(f"the supervision is {entry.state}")
    entry.light = light
    work.save(entry)


def _entry(id: str, work: Work) -> Supervision:
    entry = work.find(Supervision, id)
    if entry is None:
        raise Ignored("no supervision of ours")
    return entry


# -- inside ------------------------------------------------------------------------------------------------------------


def _open_of(order: WorkOrder, work: Work) -> list[Supervision]:
    return [work.get(Supervision, id) for id in sorted(order.supervised.values())]


def _of_clock(order: WorkOrder, clock_id: str, work: Work) -> list[Supervision]:
    return [entry for entry in _open_of(order, work) if entry.clock_id == clock_id]


def _close(order: WorkOrder, entry: Supervision, finding: SupervisionFinding, why: str, work: Work) -> None:
    work.save(entry, supervision.close(order, entry, finding=finding, why=why, now=work.now))
    work.save(order)
