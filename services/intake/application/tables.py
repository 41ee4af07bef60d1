"""The tables that the handlers enter themselves into, and what several of them need."""

from chassis.access import Role
from chassis.application import Answers, Commands, Queries, Reactions
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Read, Work
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen

commands = Commands()
queries = Queries()
reactions = Reactions()
answers = Answers()

STAFF = (Role.AGENT, Role.DISPATCHER, Role.SUPERVISOR)


def case_of(source: Work | Read, name: str, *, version: int = 0) -> Case:
    """The case of a resource name. Raises NotFound, also when it lies in another city; VersionMovedOn."""
    case = source.get(Case, id_of(name, "cases"))
    if case.city != city_of(name):
        raise NotFound()
    if version and version != case.version:
        raise VersionMovedOn(field="version")
    return case


def citizen_of(source: Work | Read, case: Case) -> Citizen:
    return source.get(Citizen, case.citizen_id)


def may_see(source: Work | Read, case: Case) -> bool:
    """Staff see every case of their city, citizens their own, units those that they handle."""
    principal = source.principal
    if principal.has(*STAFF):
        return True
    if principal.has(Role.CITIZEN):
        return bool(principal.citizen_id) and principal.citizen_id == case.citizen_id
    return principal.has(Role.UNIT, Role.UNIT_LEADER) and bool(principal.unit) and case.is_assigned(principal.unit)
