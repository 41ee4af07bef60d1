"""Events between the levels of government; fields are those of protos/huying/dispatch/v1/events.proto."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPassedOn(Event):
    """转办 below the unit, which stays responsible; no clock moves."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    section: str
    by: str
    passing_id: str
    passed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionReplied(Event):
    """The section has told its result, or that the matter is not its own, to whoever passed it on."""

    case_id: str
    work_order_id: str
    assignment_id: str
    section: str
    by: str
    passing_id: str
    declined: bool
    replied_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentTakenBack(Event):
    """The section has it no longer."""

    case_id: str
    work_order_id: str
    assignment_id: str
    section: str
    by: str
    passing_id: str
    why: str
    taken_back_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHandedOver(Event):
    """移交 to another tenant; the case and the citizen's clock stay."""

    case_id: str
    work_order_id: str
    linked_order_id: str
    to_city: str
    mode: str
    basis: str
    occurrence: int
    handed_over_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderLinked(Event):
    """The receiver has an order of its own for it, under its own pack."""

    case_id: str
    pack: str
    work_order_id: str
    number: str
    from_city: str
    from_order_id: str
    category: str
    item: str
    emergency_class: str
    citizen_reachable: bool
    linked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverReturned(Event):
    """The receiver does not handle it; it waits for a dispatcher of the first tenant."""

    case_id: str
    work_order_id: str
    linked_order_id: str
    from_city: str
    outcome: str
    occurrence: int
    returned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAnswered(Event):
    """The linked order is completed, and the first one with it."""

    case_id: str
    work_order_id: str
    linked_order_id: str
    from_city: str
    answered_at: datetime
