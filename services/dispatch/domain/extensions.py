"""延期: filed with the office (F16) or approved by it (P18, S24)."""

from collections.abc import Iterator
from datetime import datetime

from chassis.domain import DomainError, Event, StepNotAllowed
from services.dispatch.domain import events
from services.dispatch.domain.allowances import unused
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
    LongCycleTooShort,
    NoLongCycle,
    OrderNotInHandling,
    ToldByThePlatform,
    when,
)
from services.dispatch.domain.notes import Allowance, ClockNote, Extension
from services.dispatch.domain.regime import Counted, ExtensionHow, ExtensionRules, Length, LongCycle
from services.dispatch.domain.states import EXTENSION, AssignmentState, Bar, ExtensionState, Route, State
from services.dispatch.domain.work_order import WorkOrder


def request(
    order: WorkOrder, assignment: Assignment, extension: Extension, *, rules: ExtensionRules, now: datetime
) -> list[Event]:
    """Filed: granted at once. Applied for: it waits for the office."""
    check_order(order, assignment)
    for allowance in _check_pack(order, extension, rules, now):
        allowance.extension_id = extension.id
        extension.allowed.append(allowance.bar)
    order.extensions.append(extension)
    how = rules.how_of(extension.route)
    filed = events.ExtensionFiled(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=assignment.id,
        unit=assignment.unit,
        extension_id=extension.id,
        how=str(how),
        working_days=extension.working_days,
        filed_at=now,
        route=str(extension.route),
        allowed=tuple(str(bar) for bar in extension.allowed),
    )
    if how is ExtensionHow.FILING:
        return [filed, grant(order, extension, rules=rules, now=now)]
    return [filed]


def check_order(order: WorkOrder, assignment: Assignment) -> None:
    """Raises unless the lead works on it."""
    if not assignment.is_lead:
        raise LeadOnly()
    if assignment.state is not AssignmentState.SIGNED:
        raise AssignmentNotSigned()
    if order.state is not State.IN_HANDLING:
        raise OrderNotInHandling(state=str(order.state))


def long_cycle(rules: ExtensionRules) -> LongCycle:
    """Raises NoLongCycle where the pack knows no such route."""
    if rules.long_cycle is None:
        raise NoLongCycle(basis=str(rules.basis))
    return rules.long_cycle


def _check_pack(order: WorkOrder, extension: Extension, rules: ExtensionRules, now: datetime) -> list[Allowance]:
    """What a supervisor has allowed and this application needs."""
    # An assignment is one unit's in one round: the next unit and the next round have their own.
    own = [e for e in order.extensions if e.assignment_id == extension.assignment_id]
    if any(e.state is ExtensionState.PENDING for e in own):
        raise ExtensionPending()
    _check_count([e for e in own if e.route is extension.route], extension.route, rules)
    clock = order.finish_clock
    if clock is None:
        raise DeadlineNotKnownYet()
    needed = []
    for bar, refusal in _bars(order, clock, rules, now):
        allowance = unused(order, extension.assignment_id, bar)
        if allowance is None:
            raise refusal
        needed.append(allowance)
    _check_length(extension, limit_in_working_days(clock), rules)
    return needed


def _check_count(asked: list[Extension], route: Route, rules: ExtensionRules) -> None:
    used = [e for e in asked if rules.counted is Counted.APPLICATIONS or e.state is ExtensionState.GRANTED]
    count, basis = rules.count, rules.basis
    if route is Route.LONG_CYCLE:
        count, basis = long_cycle(rules).count, long_cycle(rules).basis
    if len(used) >= count:
        raise ExtensionsUsedUp(count=count, basis=str(basis))


def _bars(
    order: WorkOrder, clock: ClockNote, rules: ExtensionRules, now: datetime
) -> Iterator[tuple[Bar, DomainError]]:
    """What stands against it, each with its refusal."""
    basis = str(rules.basis)
    barred_emergency = rules.barred_emergencies and bool(order.case.emergency_class)
    if order.case.category in rules.barred_categories or barred_emergency:
        yield Bar.BARRED, ExtensionBarred(basis=basis)
    last = clock.last_extension_at or clock.due_at
    if now > last:
        yield Bar.LATE, ExtensionTooLate(last=when(last), basis=basis)


def _check_length(extension: Extension, limit: int, rules: ExtensionRules) -> None:
    if extension.route is Route.LONG_CYCLE:
        if extension.working_days <= limit:
            raise LongCycleTooShort(field="working_days", limit=limit, basis=str(long_cycle(rules).basis))
        return
    fits = extension.working_days == limit if rules.length is Length.EQUAL_TO_LIMIT else extension.working_days <= limit
    if not fits:
        raise ExtensionLengthWrong(field="working_days", limit=limit, basis=str(rules.basis))


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
        route=str(extension.route),
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


def explain(
    order: WorkOrder, extension: Extension, *, method: str, proof: str, rules: ExtensionRules, now: datetime
) -> Event:
    """向诉求人解释说明 (F16 art. 20, S24 art. 20): the unit has told the citizen; the first time counts."""
    if rules.told_by != "unit":
        raise ToldByThePlatform(basis=str(rules.basis))
    if extension.state is not ExtensionState.GRANTED:
        raise StepNotAllowed(state=str(extension.state), step="explained")
    _check_current(order, extension, "explained")
    extension.explained_at = extension.explained_at or now
    return events.ExtensionExplained(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=extension.assignment_id,
        unit=order.assignment(extension.assignment_id).unit,
        extension_id=extension.id,
        method=method,
        proof=proof,
        explained_at=now,
    )


def _decide(order: WorkOrder, extension: Extension, state: ExtensionState, now: datetime) -> None:
    EXTENSION.check(extension.state, state)
    _check_current(order, extension, str(state))
    extension.state, extension.decided_at = state, now


def _check_current(order: WorkOrder, extension: Extension, step: str) -> None:
    if order.state not in {State.IN_HANDLING, State.REPLIED}:
        raise OrderNotInHandling(state=str(order.state))
    if extension.assignment_id not in {a.id for a in order.active()}:
        # The order has gone to another unit or round meanwhile: its deadline is not the one that was asked for.
        raise StepNotAllowed(state="superseded", step=step)
