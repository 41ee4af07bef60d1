"""转办 (unit, section, township): the unit passes its part on below it and answers for it as before.

The assignment stays the unit's with its clocks and figures. A passing is open as long as the unit works on its part;
the section replies to whoever passed it on.
"""

from collections.abc import Iterator
from datetime import datetime

from chassis.domain import Event, NotFound, Sealed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import AssignmentNotSigned, OrderNotInHandling
from services.dispatch.domain.notes import Note, Passing
from services.dispatch.domain.passing_errors import (
    BarredToPassOn,
    HasItsOwnPart,
    NotBelowTheUnit,
    PassedOnAlready,
    PassedTooFar,
)
from services.dispatch.domain.regime import GrassRoots, PassingRules
from services.dispatch.domain.routing.directory import Directory
from services.dispatch.domain.states import OPEN, AssignmentState, PassingState
from services.dispatch.domain.work_order import WorkOrder

TOWNSHIP = "township"
# While its return is under review the unit is still at work.
AT_WORK = frozenset({AssignmentState.SIGNED, AssignmentState.RETURN_REQUESTED})


def passing_of(order: WorkOrder, id: str) -> Passing:
    """Raises NotFound."""
    found = next((p for p in order.passings if p.id == id), None)
    if found is None:
        raise NotFound()
    return found


def held_by(order: WorkOrder, section: str, assignment_id: str = "") -> Passing | None:
    """What the section has in hand at present, of one assignment or of any."""
    return next((p for p in _open(order) if p.section == section and assignment_id in {"", p.assignment_id}), None)


def holds(order: WorkOrder, assignment: Assignment, unit: str) -> bool:
    """Whether it is the unit's own part, or passed on to it."""
    return bool(unit) and (assignment.unit == unit or held_by(order, unit, assignment.id) is not None)


def had(order: WorkOrder, section: str) -> bool:
    """Whether anything of the order was ever passed on to it."""
    return bool(section) and any(p.section == section for p in order.passings)


def check(
    order: WorkOrder,
    assignment: Assignment,
    *,
    by: str,
    section: str,
    rules: PassingRules,
    directory: Directory,
    grass_roots: GrassRoots | None = None,
) -> None:
    """Whether whoever has it may pass it on to that section. Raises AssignmentNotSigned and others."""
    if order.state not in OPEN or assignment not in order.active():
        raise OrderNotInHandling(state=str(order.state))
    if assignment.state is not AssignmentState.SIGNED:
        raise AssignmentNotSigned()
    if not _stands_below(section, by, assignment.unit, directory):
        raise NotBelowTheUnit(field="section", section=section, unit=by)
    if order.has_part(section):
        raise HasItsOwnPart(field="section", section=section)
    if held_by(order, section, assignment.id):
        raise PassedOnAlready(section=section)
    if _depth(order, assignment, by) >= rules.depth:
        raise PassedTooFar(depth=rules.depth, basis=str(rules.basis))
    if grass_roots:
        _check_levels(assignment.unit, section, grass_roots, directory)


def pass_on(order: WorkOrder, passing: Passing, *, note: Sealed | None) -> Event:
    """转办 to a section, or by a section further down; `check` comes first."""
    order.passings.append(passing)
    if note:
        order.notes.append(Note("passed_on", passing.by, passing.passed_at, note, to=passing.section))
    return events.AssignmentPassedOn(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=passing.assignment_id,
        unit=order.assignment(passing.assignment_id).unit,
        section=passing.section,
        by=passing.by,
        passing_id=passing.id,
        passed_at=passing.passed_at,
    )


def reply(order: WorkOrder, passing: Passing, *, text: Sealed | None, declined: bool, now: datetime) -> Event:
    """The section reports the result to whoever passed it on, or says that the matter is not its own."""
    _check_in_hand(order, passing)
    passing.end(PassingState.DECLINED if declined else PassingState.REPLIED, now)
    order.notes.append(Note("section_reply", passing.section, now, text, to=passing.by))
    return events.SectionReplied(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=passing.assignment_id,
        section=passing.section,
        by=passing.by,
        passing_id=passing.id,
        declined=declined,
        replied_at=now,
    )


def take_back(order: WorkOrder, passing: Passing, *, reason: Sealed | None, now: datetime) -> Event:
    """Whoever passed it on takes it back."""
    _check_in_hand(order, passing)
    order.notes.append(Note("taken_back", passing.by, now, reason, to=passing.section))
    return _taken_back(order, passing, "by_hand", now)


def let_go(order: WorkOrder, now: datetime) -> list[Event]:
    """What nobody above works on any more ends by itself: the unit has replied, or lost its part; the section has."""
    ended: list[Event] = []
    while stray := next((p for p in order.passings if p.is_open and not _is_held(order, p)), None):
        ended.append(_taken_back(order, stray, "no_longer_held", now))
    return ended


def _taken_back(order: WorkOrder, passing: Passing, why: str, now: datetime) -> Event:
    passing.end(PassingState.TAKEN_BACK, now)
    return events.AssignmentTakenBack(
        case_id=order.case.case_id,
        city=order.city,
        work_order_id=order.id,
        assignment_id=passing.assignment_id,
        section=passing.section,
        by=passing.by,
        passing_id=passing.id,
        why=why,
        taken_back_at=now,
    )


def _check_in_hand(order: WorkOrder, passing: Passing) -> None:
    if passing.is_open and not _is_held(order, passing):
        raise OrderNotInHandling(state=str(order.state))


def _open(order: WorkOrder) -> Iterator[Passing]:
    return (p for p in order.passings if p.is_open and _is_held(order, p))


def _is_held(order: WorkOrder, passing: Passing) -> bool:
    """Whether everybody above the section still works on it."""
    assignment = order.assignment(passing.assignment_id)
    if order.state not in OPEN or assignment not in order.active() or assignment.state not in AT_WORK:
        return False
    above = _above(order, passing.by, passing.assignment_id)
    return passing.by == assignment.unit or (above is not None and _is_held(order, above))


def _above(order: WorkOrder, section: str, assignment_id: str) -> Passing | None:
    return next(
        (p for p in order.passings if p.is_open and p.section == section and p.assignment_id == assignment_id), None
    )


def _depth(order: WorkOrder, assignment: Assignment, by: str) -> int:
    """How many steps below the unit it is in hand."""
    steps = 0
    while by != assignment.unit and (above := _above(order, by, assignment.id)):
        by, steps = above.by, steps + 1
    return steps


def _stands_below(section: str, by: str, unit: str, directory: Directory) -> bool:
    """Below whoever passes it on; a section also hands it to a town of its unit (科室到乡镇)."""
    if section not in directory.units or section in {by, unit} or not directory.is_or_below(section, unit):
        return False
    return directory.is_or_below(section, by) or directory.units[section].level == TOWNSHIP


def _check_levels(unit: str, section: str, rules: GrassRoots, directory: Directory) -> None:
    """By the level of the unit that answers for it, however many sections stand between."""
    mine, below = directory.units[unit], directory.units[section]
    if mine.level in rules.departments and below.level in rules.levels:
        raise BarredToPassOn(field="section", unit=mine.name, section=below.name, basis=str(rules.basis))
