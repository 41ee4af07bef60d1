"""Who calls, and with which right. Deny is the default."""

from dataclasses import dataclass, field
from enum import StrEnum

from chassis.domain import DomainError, Status


class Role(StrEnum):
    AGENT = "agent"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    UNIT = "unit"
    UNIT_LEADER = "unit_leader"
    CITIZEN = "citizen"
    PORTAL = "portal"
    PLATFORM = "platform"
    PROVINCE = "province"
    PARTNER = "partner"
    """Petition, or "Internet + supervision": its account is called as the platform is in `intake.yaml`."""
    LINE_DEPARTMENT = "line_department"
    CIVILISATION_OFFICE = "civilisation_office"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller known from a signed token; `cities` holds administrative codes, or "*" for all."""

    id: str
    roles: frozenset[Role]
    cities: frozenset[str] = field(default_factory=frozenset)
    unit: str = ""
    citizen_id: str = ""
    contractor: str = ""
    """Whose staff the caller is, where telephones or IT are run by a contractor; empty: the government's own."""
    line: str = ""
    """The number of the merged line that the caller's department is in charge of, in all its cities."""

    def may_act_in(self, city: str) -> bool:
        return "*" in self.cities or city in self.cities

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def system(service: str) -> Principal:
    """The service itself, for its reactions, timers and questions to others."""
    return Principal(id=f"service:{service}", roles=frozenset({Role.SYSTEM}), cities=frozenset({"*"}))


class Unauthenticated(DomainError):
    """No token, or one that is forged or expired."""

    status = Status.UNAUTHENTICATED
    zh = "令牌缺失、无效或已过期"
    en = "the token is missing, forged or expired"


FOR_CONTRACTORS = frozenset({Role.AGENT, Role.PORTAL, Role.PLATFORM})
"""Telephones and IT may be contracted out, the handling of cases may not (N25-05)."""


class HandlingNotContractedOut(DomainError):
    """The token gives a contractor's staff a role that dispatches, handles, reviews or supervises."""

    status = Status.PERMISSION_DENIED
    zh = "诉求办理不得外包：{contractor} 的人员不能有角色 {roles}"
    en = "handling is not contracted out: staff of {contractor} cannot have the role {roles}"


class LineDepartmentStandsAlone(DomainError):
    """A token of a line's department names no line, or a further role: who supervises units acts for none."""

    status = Status.PERMISSION_DENIED
    zh = "热线主管部门的令牌须写明热线号码，且不得兼有其他角色"
    en = "a token of a line's department names its line, and no further role"


def check_roles(principal: Principal) -> None:
    """Raises HandlingNotContractedOut, LineDepartmentStandsAlone."""
    barred = principal.roles - FOR_CONTRACTORS
    if principal.contractor and barred:
        raise HandlingNotContractedOut(contractor=principal.contractor, roles=", ".join(sorted(barred)))
    if principal.has(Role.LINE_DEPARTMENT) and (not principal.line or len(principal.roles) > 1):
        raise LineDepartmentStandsAlone()


class PermissionDenied(DomainError):
    """The role or the city scope does not cover the call."""

    status = Status.PERMISSION_DENIED
    zh = "您的角色或地区范围不允许此操作；可由下列角色在其地区内进行：{roles}"
    en = "your role or city scope does not allow this; it is for these roles, within their cities: {roles}"
