"""The moments of a case at which people are told something."""

from enum import StrEnum


class Moment(StrEnum):
    CASE_ACCEPTED = "case_accepted"
    CASE_REFUSED = "case_refused"
    CASE_JOINED = "case_joined"
    CASE_REPLIED = "case_replied"
    EXTENSION_TOLD_BY_PLATFORM = "extension_told_by_platform"
    WORK_ORDER_ENDED = "work_order_ended"
    WORK_ORDER_QUEUED = "work_order_queued"
    WORK_ORDER_DISPATCHED = "work_order_dispatched"
    EMERGENCY_DISPATCHED = "emergency_dispatched"
    EMERGENCY_UNANSWERED = "emergency_unanswered"
    RETURN_REQUESTED = "return_requested"
    RETURN_AGREED = "return_agreed"
    RETURN_REFUSED = "return_refused"
    EXTENSION_FILED = "extension_filed"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    REPLY_SENT_BACK = "reply_sent_back"
    REDO_ORDERED = "redo_ordered"
    ASSIGNMENT_RELEASED = "assignment_released"
    CLOCK_WARNED = "clock_warned"
    OFFICE_CLOCK_WARNED = "office_clock_warned"
    CLOCK_BREACHED = "clock_breached"
    OFFICE_CLOCK_BREACHED = "office_clock_breached"
