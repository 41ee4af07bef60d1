"""Events of dispatch between the levels of government, in the shape that notify needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfPassing:
    """What was passed on below a unit: to which section, by whom."""

    case_id: str
    city: str
    work_order_id: str
    passing_id: str
    section: str
    by: str
    declined: bool = False


@dataclass(frozen=True)
class OfHandOver:
    """An order that another tenant handed over, or has answered."""

    case_id: str
    city: str
    work_order_id: str
    from_city: str
