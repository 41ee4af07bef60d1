"""权责争议: opened by the office or by the pack's rule, led down its ladder, settled by naming who must take it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, StepNotAllowed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.dispute import Dispute, StepTaken
from services.dispatch.domain.dispute_errors import (
    DisputeStepNotNext,
    DisputeStepNotTaken,
    DisputeStepTooEarly,
    MakeSafeFirst,
    TooManyRecords,
)
from services.dispatch.domain.errors import UnitFixedByLadder, ValueNotAllowed
from services.dispatch.domain.notes import Note
from services.dispatch.domain.regime import EQUAL_CLAIMS, RETURNS_USED_UP, DisputeRules, LadderStep, ReturnRules
from services.dispatch.domain.states import AssignmentState, DisputeState, State
from services.dispatch.domain.work_order import WorkOrder

# Of one dispute; they are kept with the order, which is written anew with every step.
MOST_RECORDS = 50


@dataclass(frozen=True)
class Opening:
    """Why a dispute is opened, and by whom."""

    ground: str
    step: str = ""
    participants: tuple[str, ...] = ()
    by_rule: bool = False
    # The assignment whose return opened it.
    asked_by: Assignment | None = None
    hazard: bool = False


def check_may_return(assignment: Assignment, rules: DisputeRules | None) -> None:
    """P18 art. 9, S24 arts. 19(4), 32(2): raises UnitFixedByLadder for a unit that a step of the ladder has named."""
    if not assignment.fixed_by:
        return
    step = rules.step(assignment.fixed_by) if rules else None
    words = _said(step) if step else {"step_zh": assignment.fixed_by, "step_en": assignment.fixed_by}
    raise UnitFixedByLadder(**words, basis=str(rules.fixed) if rules else "")


def ground_after(order: WorkOrder, assignment: Assignment, rules: ReturnRules, ladder: DisputeRules | None) -> str:
    """The ground on which an agreed return that nobody follows opens a dispute by rule; empty: the queue decides."""
    if ladder is None:
        return ""
    if order.agreed_returns >= rules.agreed_at_most and RETURNS_USED_UP in ladder.grounds:
        return RETURNS_USED_UP
    other = assignment.returns[-1].suggested_unit
    returned = {a.unit for a in order.assignments if a.returns and a.returns[-1].outcome == "agreed"}
    return EQUAL_CLAIMS if other in returned and EQUAL_CLAIMS in ladder.grounds else ""


def check_made_safe(order: WorkOrder, ladder: DisputeRules | None) -> None:
    """F16 art. 19: nobody leaves a hazard before somebody else has it. Raises MakeSafeFirst."""
    safe = ladder.make_safe if ladder else None
    if safe and order.case.emergency_class in safe.emergency_classes:
        raise MakeSafeFirst(basis=str(safe.basis))


def open_dispute(
    order: WorkOrder, opening: Opening, *, id: str, rules: DisputeRules, now: datetime
) -> tuple[Dispute, list[Event]]:
    """The office takes the order over: its units are released, but for one that makes a hazard safe."""
    step = _first(opening, rules)
    if order.lead:
        check_may_return(order.lead, rules)
    kept = _makes_safe(order, opening, rules)
    units = [a.unit for a in order.assignments if a.round == order.round]
    asked = opening.asked_by
    dispute = Dispute(
        id=id,
        city=order.city,
        case_id=order.case.case_id,
        work_order_id=order.id,
        round=order.round,
        ground=opening.ground,
        opened_at=now,
        participants=list(dict.fromkeys([*units, *opening.participants])),
        steps=[StepTaken(step.code, now)],
        by_rule=opening.by_rule,
        asked_by=asked.unit if asked else "",
        made_safe_by=kept.unit if kept else "",
    )
    released = _take_over(order, dispute, kept, now)
    late = any(a.returned_late for a in (asked, kept) if a)
    return dispute, [*released, _opened(order, dispute, late=late), _begun(order, dispute)]


def _first(opening: Opening, rules: DisputeRules) -> LadderStep:
    """Raises ValueNotAllowed, DisputeStepTooEarly."""
    if opening.ground not in rules.grounds:
        raise ValueNotAllowed(field="ground", value=opening.ground)
    if opening.hazard and rules.make_safe is None:
        raise ValueNotAllowed(field="hazard", value="true")
    step = _step(opening.step, rules) if opening.step else rules.steps[0]
    if step.after_another:
        raise DisputeStepTooEarly(**_said(step), basis=str(step.basis))
    return step


def _makes_safe(order: WorkOrder, opening: Opening, rules: DisputeRules) -> Assignment | None:
    if rules.make_safe is None:
        return None
    dangerous = opening.hazard or order.case.emergency_class in rules.make_safe.emergency_classes
    return order.lead if dangerous else None


def _take_over(order: WorkOrder, dispute: Dispute, kept: Assignment | None, now: datetime) -> list[Event]:
    order.move(State.DISPUTED, now)
    for assignment in order.active():
        if asked := assignment.pending_return:
            asked.outcome = "disputed"
    if kept and kept.state is AssignmentState.RETURN_REQUESTED:
        kept.move(kept.before_return)
    elif kept and kept.state is AssignmentState.REPLIED:
        kept.move(AssignmentState.SIGNED)
    if order.reply:
        unit = order.assignment(order.reply.assignment_id).unit
        order.notes.append(Note("reply_before_dispute", unit, order.reply.submitted_at, order.reply.result))
    order.why, order.candidates, order.reply, order.dispute_id = dispute.ground, [], None, dispute.id
    released = order.release(now, why="disputed", keep=[kept.id] if kept else [])
    order.forget_clocks(keep=[kept] if kept else [])
    # Nobody has to finish it as long as nobody is named.
    order.clocks = {id: note for id, note in order.clocks.items() if note.kind != "finish"}
    return released


def advance(
    order: WorkOrder, dispute: Dispute, code: str, *, participants: Sequence[str], rules: DisputeRules, now: datetime
) -> Event:
    """To a step further down; one in between that does not fit the matter may be left out."""
    _check_open(dispute, code)
    step, current = _step(code, rules), _step(dispute.current.code, rules)
    if rules.place(code) <= rules.place(current.code):
        raise DisputeStepNotNext(**_said(step), current_zh=current.zh, current_en=current.en)
    dispute.steps.append(StepTaken(code, now))
    dispute.invite(list(participants))
    return _begun(order, dispute)


def record(order: WorkOrder, dispute: Dispute, *, present: Sequence[str], now: datetime) -> Event:
    """会议记录: of the present step; whoever was there takes part."""
    _check_open(dispute, "record")
    if dispute.records >= MOST_RECORDS:
        raise TooManyRecords(most=MOST_RECORDS)
    dispute.records += 1
    step = dispute.current
    step.recorded_at, step.present = now, list(dict.fromkeys([*step.present, *present]))
    dispute.invite(list(present))
    return events.DisputeStepRecorded(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        dispute_id=dispute.id,
        round=dispute.round,
        dispute_step=step.code,
        recorded_at=now,
    )


def deciding_step(dispute: Dispute, decided_by: str, rules: DisputeRules) -> LadderStep:
    """The step that names the unit: the present one, or one taken before. Raises DisputeStepNotTaken."""
    _check_open(dispute, DisputeState.SETTLED)
    step = _step(decided_by or dispute.current.code, rules)
    if not dispute.taken(step.code):
        raise DisputeStepNotTaken(**_said(step))
    return step


def settle(
    order: WorkOrder,
    dispute: Dispute,
    step: LadderStep,
    *,
    lead: str,
    co_units: Sequence[str],
    ids: Iterator[str],
    now: datetime,
) -> list[Event]:
    """确定承办单位: the units that are named must take it, and their clocks start anew."""
    dispute.close(DisputeState.SETTLED, now)
    choice = Choice(
        lead, tuple(co_units), fallback=step.as_fallback, step="dispute", rule=step.code, fixed_by=step.code
    )
    sent = order.dispatch(choice, ids=ids, now=now)
    order.dispute_id = ""
    dispute.lead, dispute.co_units, dispute.decided_by = lead, list(co_units), step.code
    settled = events.DisputeSettled(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        dispute_id=dispute.id,
        round=dispute.round,
        lead=lead,
        co_units=tuple(co_units),
        decided_by=step.code,
        participants=tuple(dispute.participants),
        settled_at=now,
    )
    return [settled, *sent]


def _step(code: str, rules: DisputeRules) -> LadderStep:
    """Raises ValueNotAllowed."""
    step = rules.step(code)
    if step is None:
        raise ValueNotAllowed(field="step", value=code)
    return step


def _said(step: LadderStep) -> dict[str, str]:
    return {"step_zh": step.zh, "step_en": step.en}


def _check_open(dispute: Dispute, step: str) -> None:
    if dispute.state is not DisputeState.OPEN:
        raise StepNotAllowed(state=str(dispute.state), step=str(step))


def _opened(order: WorkOrder, dispute: Dispute, *, late: bool) -> Event:
    return events.DisputeOpened(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        dispute_id=dispute.id,
        round=dispute.round,
        ground=dispute.ground,
        by_rule=dispute.by_rule,
        asked_by=dispute.asked_by,
        late=late,
        participants=tuple(dispute.participants),
        made_safe_by=dispute.made_safe_by,
        opened_at=dispute.opened_at,
    )


def _begun(order: WorkOrder, dispute: Dispute) -> Event:
    return events.DisputeStepBegun(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        dispute_id=dispute.id,
        round=dispute.round,
        dispute_step=dispute.current.code,
        participants=tuple(dispute.participants),
        begun_at=dispute.current.begun_at,
    )
