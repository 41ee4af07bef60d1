"""备案: each linked unit registers who is answerable; the office sees which unit has not, and whom to call."""

import json
from collections.abc import Iterator
from itertools import islice

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Read, Work
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import SECTION, Desk
from services.dispatch.application.ports import Sealing, StaffLooks
from services.dispatch.application.queries import DEFAULT_PAGE, OFFICE, queries
from services.dispatch.application.staff_messages import GetUnitStaff, ListUnitStaffing, RegisterUnitStaff
from services.dispatch.application.staff_views import (
    StaffingPage,
    StaffingView,
    StaffPersonView,
    UnitStaffView,
    staffing_view,
    unit_resource,
)
from services.dispatch.domain import staff
from services.dispatch.domain.routing import Unit
from services.dispatch.domain.staff import Part, Person, UnitStaff, id_of_unit
from services.dispatch.domain.staff_errors import NothingRegistered

AT_ONCE = 200


def own_or_of_the_office(cmd: RegisterUnitStaff, work: Work) -> bool:
    """A leader registers for their own unit, the office for any."""
    return work.principal.has(Role.DISPATCHER) or work.principal.unit == id_of(cmd.name, "units")


def _linked(desk: Desk, name: str) -> tuple[str, Unit]:
    """The city and the unit of the name; a section is no linked unit. Raises NotFound."""
    city = city_of(name)
    unit = desk.directory(city).units.get(id_of(name, "units"))
    if unit is None or unit.level == SECTION:
        raise NotFound()
    return city, unit


@commands.on(RegisterUnitStaff, roles={Role.UNIT_LEADER, Role.DISPATCHER}, relation=own_or_of_the_office)
def register_unit_staff(cmd: RegisterUnitStaff, work: Work, *, desk: Desk, sealing: Sealing) -> StaffingView:
    """Whole, in place of what was registered before: of who has left nothing stays."""
    city, unit = _linked(desk, cmd.name)
    rules = desk.regime("", city).staff
    people = [person.model_dump(mode="json") for person in cmd.persons]
    if rules:
        staff.check(people, cmd.section, rules)
    id = id_of_unit(city, unit.id)
    known = work.find(UnitStaff, id) or UnitStaff(id, city, unit.id)
    if cmd.version and cmd.version != known.version:
        raise VersionMovedOn(field="version")
    known.section = sealing.of_staff(id, cmd.section)
    known.persons = [Person(Part(one["part"]), sealing.of_staff(id, json.dumps(one))) for one in people]
    known.registered_at = work.now
    work.save(known)
    return staffing_view(city, unit, known, rules, version=known.version + 1)


@queries.on(GetUnitStaff, roles=OFFICE | {Role.UNIT_LEADER}, writes=True)
def get_unit_staff(
    query: GetUnitStaff, work: Work, *, desk: Desk, sealing: Sealing, looks: StaffLooks
) -> UnitStaffView:
    """In clear, for the unit's own leader and the office; the look is written down. Raises NothingRegistered."""
    if not work.principal.has(*OFFICE) and work.principal.unit != id_of(query.name, "units"):
        raise NotFound()
    city, unit = _linked(desk, query.name)
    id = id_of_unit(city, unit.id)
    known = work.find(UnitStaff, id)
    if known is None:
        raise NothingRegistered()
    looks.log(work, city=city, unit=unit.id, purpose=query.purpose)
    return UnitStaffView(
        name=unit_resource(city, unit.id),
        unit=unit.id,
        section=sealing.open_staff(id, known.section),
        persons=[StaffPersonView(**json.loads(sealing.open_staff(id, one.sealed))) for one in known.persons],
        register_time=known.registered_at,
        version=known.version,
    )


@queries.on(ListUnitStaffing, roles=OFFICE)
def list_unit_staffing(query: ListUnitStaffing, read: Read, *, desk: Desk) -> StaffingPage:
    """Every linked unit of the directory, or those alone that have registered fewer than the pack asks."""
    size = query.page_size or DEFAULT_PAGE
    shown = (v for v in _staffing(query, read, desk) if v.missing or not query.incomplete)
    found = list(islice(shown, size + 1))
    return StaffingPage(found[:size], found[size - 1].unit if len(found) > size else "")


def _staffing(query: ListUnitStaffing, read: Read, desk: Desk) -> Iterator[StaffingView]:
    city, rules = query.city, desk.regime("", query.city).staff
    units = sorted((u for u in desk.directory(city).units.values() if u.level != SECTION), key=lambda unit: unit.id)
    rest = (unit for unit in units if unit.id > query.page_token)
    while some := list(islice(rest, AT_ONCE)):
        known = read.get_all(UnitStaff, [id_of_unit(city, unit.id) for unit in some])
        yield from (staffing_view(city, unit, known.get(id_of_unit(city, unit.id)), rules) for unit in some)
