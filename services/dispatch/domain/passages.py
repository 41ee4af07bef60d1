"""What units and the office wrote on an order, and which unit may read what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chassis.domain import NotFound, Sealed
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import AssignmentNotSigned, OrderNotInHandling
from services.dispatch.domain.passing import held_by
from services.dispatch.domain.states import OPEN, AssignmentState
from services.dispatch.domain.work_order import WorkOrder

# S24 art. 14: co-units give the lead their opinion; whoever leads must know what the review found wanting,
# and why it was named.
FOR_THE_LEAD = frozenset(
    {"work_order.co_reply", "work_order.sent_back", "work_order.dispute_reason", "work_order.dispute_record"}
)


# What goes to and fro below the unit; its unit reads all of it, each section its own.
OF_A_PASSING = frozenset({"passing.note", "passing.handler", "passing.reply", "passing.taken_back"})

# What the unit's leader found wanting in a draft is told to nobody outside the unit.
WITHIN_THE_UNIT = frozenset({"work_order.leader_sent_back"})


@dataclass(frozen=True)
class Passage:
    """One text, sealed to the citizen, or the name of one of the staff, sealed with the service's own key."""

    kind: str
    # Whose it is; empty: the office's.
    unit: str
    at: datetime
    sealed: Sealed | None = None
    staff: bytes = b""
    # The unit that the office decided about.
    to: str = ""


def passages(order: WorkOrder, unit: str = "") -> list[Passage]:
    """All that is not empty, oldest first; of what stays within a unit only the reader's own."""
    found = (p for p in _all(order) if p.unit == unit or p.kind not in WITHIN_THE_UNIT)
    return sorted((p for p in found if p.sealed or p.staff), key=lambda p: p.at)


def passages_for(order: WorkOrder, unit: str) -> list[Passage]:
    """Raises NotFound when the unit has no part in this round, nor anything of it passed on to it."""
    mine = next((a for a in order.active() if a.unit == unit), None)
    if mine is None and held_by(order, unit) is None:
        raise NotFound()
    found = passages(order, unit)
    if mine is None:
        return [p for p in found if unit in {p.unit, p.to} and p.kind in OF_A_PASSING]
    below = {p.section for p in order.passings if p.assignment_id == mine.id}
    return [
        p
        for p in found
        if unit in {p.unit, p.to}
        or (mine.is_lead and p.kind in FOR_THE_LEAD)
        or (p.unit in below and p.kind in OF_A_PASSING)
    ]


def check_open(order: WorkOrder, assignment: Assignment) -> None:
    """Whether its unit works on the order. Raises NotFound, OrderNotInHandling."""
    if assignment not in order.active():
        raise NotFound()
    if order.state not in OPEN:
        raise OrderNotInHandling(state=str(order.state))


def check_signed(assignment: Assignment) -> None:
    """Raises AssignmentNotSigned, also while the unit says that the matter is not its own."""
    if assignment.state not in {AssignmentState.SIGNED, AssignmentState.REPLIED}:
        raise AssignmentNotSigned()


def _all(order: WorkOrder) -> Iterator[Passage]:
    for note in order.notes:
        yield _sealed(note.by, note.at, note.text, to=note.to)
    for assignment in order.assignments:
        for asked in assignment.returns:
            yield _sealed(assignment.unit, asked.requested_at, asked.reason)
            yield _sealed(assignment.unit, asked.requested_at, asked.basis)
    for extension in order.extensions:
        unit = order.assignment(extension.assignment_id).unit
        yield _sealed(unit, extension.filed_at, extension.reason)
        yield _sealed(unit, extension.filed_at, extension.basis)
        yield Passage("extension.agreed_by", unit, extension.filed_at, staff=extension.agreed_by)
        yield Passage("extension.confirmed_by", unit, extension.filed_at, staff=extension.confirmed_by)
    for passed in order.passings:
        yield Passage("passing.handler", passed.by, passed.passed_at, staff=passed.handler, to=passed.section)
    for allowance in order.allowances:
        yield Passage("extension.allowed_by", "", allowance.at, staff=allowance.by)
    for recorded in order.force_majeure:
        yield Passage("force_majeure.by", "", recorded.at, staff=recorded.by)
    if order.reply:
        unit, at = order.assignment(order.reply.assignment_id).unit, order.reply.submitted_at
        for text in order.reply.texts:
            yield _sealed(unit, at, text)
        staff = {"handler": order.reply.handler, "section": order.reply.section, "reviewed_by": order.reply.reviewed_by}
        for who, name in staff.items():
            yield Passage(f"reply.{who}", unit, at, staff=name)


def _sealed(unit: str, at: datetime, text: Sealed | None, to: str = "") -> Passage:
    return Passage(text.field if text else "", unit, at, sealed=text, to=to)
