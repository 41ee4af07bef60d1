"""What callers are shown of the people of units; the fields are those of the proto responses."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.routing import Unit
from services.dispatch.domain.staff import Part, StaffRules, UnitStaff, missing


@dataclass(frozen=True)
class StaffingView:
    """Nobody's name: how many are registered, and what is missing."""

    name: str
    unit: str
    unit_name: str
    leaders: int
    responsible: int
    fixed_staff: int
    has_section: bool
    register_time: datetime | None
    missing: list[str]
    basis: str
    version: int


@dataclass(frozen=True)
class StaffingPage:
    units: list[StaffingView]
    next_page_token: str


@dataclass(frozen=True)
class StaffPersonView:
    part: Part
    name: str
    post: str
    staffing: str
    office_phone: str
    mobile: str


@dataclass(frozen=True)
class UnitStaffView:
    name: str
    unit: str
    section: str
    persons: list[StaffPersonView]
    register_time: datetime | None
    version: int


def unit_resource(city: str, unit: str) -> str:
    return f"cities/{city}/units/{unit}"


def staffing_view(
    city: str, unit: Unit, staff: UnitStaff | None, rules: StaffRules | None, *, version: int = 0
) -> StaffingView:
    return StaffingView(
        name=unit_resource(city, unit.id),
        unit=unit.id,
        unit_name=unit.name,
        leaders=staff.count(Part.LEADER) if staff else 0,
        responsible=staff.count(Part.RESPONSIBLE) if staff else 0,
        fixed_staff=staff.count(Part.FIXED) if staff else 0,
        has_section=bool(staff and staff.section),
        register_time=staff.registered_at if staff else None,
        missing=list(missing(staff, rules)),
        basis=str(rules.basis) if rules else "",
        version=version or (staff.version if staff else 0),
    )
