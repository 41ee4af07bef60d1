"""延期: filed with the office (F16) or approved by it (P18, S24)."""

from datetime import datetime

from chassis.domain import Event, StepNotAllowed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import (
    AssignmentNotSigned,
    DeadlineNotKnownYet,
    ExtensionBarred,
    ExtensionLengthWrong,
    ExtensionPending,
    ExtensionsUsedUp,
    ExtensionTooLate,
    LeadOnly,
    OrderNotInHandling,
    when,
)
from services.dispatch.domain.notes import ClockNote, Extension
from services.dispatch.domain.regime import Counted, ExtensionHow, ExtensionRules, Length
from services.dispatch.domain.states import EXTENSION, AssignmentState, ExtensionState, State
from services.dispatch.domain.work_order import WorkOrder


def request(
    order: WorkOrder, assignment: Assignment, extension: Extension, *, rules: ExtensionRules, now: datetime
) -> list[Event]:
    """Filed: granted at once. Applied for: it waits for the office."""
    _check_order(order, assignment)
    _check_pack(order, extension, rules, now)
    order.extensions.append(extension)
    filed = events.ExtensionFiled(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        extension_id=extension.id,
        how=str(rules.how),
        working_days=extension.working_days,
        filed_at=now,
    )
    if rules.how is ExtensionHow.FILING:
        return [filed, grant(order, extension, rules=rules, now=now)]
    return [filed]


def _check_order(order: WorkOrder, assignment: Assignment) -> None:
    if not assignment.is_lead:
        raise LeadOnly()
    if assignment.state is not AssignmentState.SIGNED:
        raise AssignmentNotSigned()
    if order.state is not State.IN_HANDLING:
        raise OrderNotInHandling(state=str(order.state))


def _check_pack(order: WorkOrder, extension: Extension, rules: ExtensionRules, now: datetime) -> None:
    basis = str(rules.basis)
    # An assignment is one unit's in one round: the next unit and the next round have their own.
    own = [e for e in order.extensions if e.assignment_id == extension.assignment_id]
    if any(e.state is ExtensionState.PENDING for e in own):
        raise ExtensionPending()
    barred_emergency = rules.barred_emergencies and bool(order.case.emergency_class)
    if order.case.category in rules.barred_categories or barred_emergency:
        raise ExtensionBarred(basis=basis)
    used = [e for e in own if rules.counted is Counted.APPLICATIONS or e.state is ExtensionState.GRANTED]
    if len(used) >= rules.count:
        raise ExtensionsUsedUp(count=rules.count, basis=basis)
    clock = order.finish_clock
    if clock is None:
        raise DeadlineNotKnownYet()
    last = clock.last_extension_at or clock.due_at
    if now > last:
        raise ExtensionTooLate(last=when(last), basis=basis)
    limit = limit_in_working_days(clock)
    fits = extension.working_days == limit if rules.length is Length.EQUAL_TO_LIMIT else extension.working_days <= limit
    if not fits:
        raise ExtensionLengthWrong(field="working_days", limit=limit, basis=basis)


def limit_in_working_days(clock: ClockNote) -> int:
    """The limit that an extension is measured by; limits shorter than a working day count as one."""
    return clock.limit_amount if clock.limit_unit.startswith("working_day") else 1


def grant(order: WorkOrder, extension: Extension, *, rules: ExtensionRules, now: datetime) -> Event:
    """sla moves the finish clock; also when the decision comes after the old deadline."""
    _decide(order, extension, ExtensionState.GRANTED, now)
    return events.ExtensionGranted(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=extension.assignment_id,
        unit=order.assignment(extension.assignment_id).unit,
        extension_id=extension.id,
        working_days=extension.working_days,
        told_by=rules.told_by,
        granted_at=now,
    )


def refuse(order: WorkOrder, extension: Extension, *, now: datetime) -> Event:
    """The clock runs on, as of the old deadline."""
    _decide(order, extension, ExtensionState.REFUSED, now)
    return events.ExtensionRefused(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=extension.assignment_id,
        unit=order.assignment(extension.assignment_id).unit,
        extension_id=extension.id,
        refused_at=now,
    )


def _decide(order: WorkOrder, extension: Extension, state: ExtensionState, now: datetime) -> None:
    EXTENSION.check(extension.state, state)
    if order.state not in {State.IN_HANDLING, State.REPLIED}:
        raise OrderNotInHandling(state=str(order.state))
    if extension.assignment_id not in {a.id for a in order.active()}:
        # The order has gone to another unit or round meanwhile: its deadline is not the one that was asked for.
        raise StepNotAllowed(state="superseded", step=str(state))
    extension.state, extension.decided_at = state, now
