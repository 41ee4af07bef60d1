"""限制使用: a supervisor keeps a number from the telephone for a short time; no case is ever refused by it."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.privacy import CannotOpen, mask, normalise_phone
from chassis.work import Read, Work
from services.intake.application.calling import call_of
from services.intake.application.masking import known_about
from services.intake.application.ports import Regimes, Restrictions
from services.intake.application.reading import PAGE
from services.intake.application.restricted import restricted
from services.intake.application.restriction_messages import (
    CheckCaller,
    LiftRestriction,
    ListRestrictions,
    RestrictCaller,
)
from services.intake.application.restriction_views import (
    CallerCheckView,
    RestrictionsView,
    RestrictionView,
    restriction_view,
    saved_restriction,
)
from services.intake.application.tables import case_of, commands, queries
from services.intake.domain import restriction as restrictions
from services.intake.domain.case import Case
from services.intake.domain.citizen import PHONE, Citizen, Vault
from services.intake.domain.errors import CitizenErased
from services.intake.domain.pack import LineKind
from services.intake.domain.restriction import Grounds, Restriction
from services.intake.domain.restriction_errors import RestsOnNothing
from services.intake.domain.telephone import power


@commands.on(RestrictCaller, roles={Role.SUPERVISOR})
def restrict_caller(cmd: RestrictCaller, work: Work, *, regimes: Regimes, vault: Vault) -> RestrictionView:
    """Who it is, the calls and cases tell: nobody types a number."""
    regime, read = regimes.of(cmd.city), work.as_it_stands
    power(regime.rules.restrictions, regime.pack_name)
    _check_in(cmd.city, [*cmd.calls, *cmd.cases])
    calls = [call_of(read, name) for name in dict.fromkeys(cmd.calls)]
    cases = [case_of(read, name) for name in dict.fromkeys(cmd.cases)]
    linked = [*read.get_all(Case, {id for call in calls for id in call.case_ids}).values()]
    callers = [*(call.citizen_id for call in calls), *(case.citizen_id for case in cases)]
    if not callers:
        raise RestsOnNothing(field="calls")
    # Locked: two supervisors at once make one restriction.
    citizen = work.get(Citizen, callers[0])
    grounds = Grounds(cmd.ground, mask(cmd.reason, known_about(citizen, cases, vault)), calls, cases, linked)
    one, told = restrictions.restrict(
        citizen, regime.rules, grounds, work.find_by(Restriction, "citizen_id", citizen.id),
        id=work.new_id(), pack_name=regime.pack_name, ends_at=cmd.end_time, by=work.principal.id, now=work.now,
    )  # fmt: skip
    work.save(one, told)
    return saved_restriction(one, phone=_number(citizen, vault), now=work.now)


@commands.on(LiftRestriction, roles={Role.SUPERVISOR})
def lift_restriction(cmd: LiftRestriction, work: Work, *, vault: Vault) -> RestrictionView:
    one = work.get(Restriction, id_of(cmd.name, "restrictions"))
    if one.city != city_of(cmd.name):
        raise NotFound()
    if cmd.version and cmd.version != one.version:
        raise VersionMovedOn(field="version")
    citizen = work.as_it_stands.get(Citizen, one.citizen_id)
    reason = mask(cmd.reason, known_about(citizen, (), vault))
    work.save(one, restrictions.lift(one, citizen, reason=reason, by=work.principal.id, now=work.now))
    return saved_restriction(one, phone=_number(citizen, vault), now=work.now)


@queries.on(ListRestrictions, roles={Role.SUPERVISOR})
def list_restrictions(
    query: ListRestrictions, read: Read, *, restriction_pages: Restrictions, vault: Vault
) -> RestrictionsView:
    size = query.page_size or PAGE
    state = str(query.state or "")
    found = restriction_pages.page(read, city=query.city, state=state, size=size + 1, before=query.page_token)
    more = found[size - 1].id if len(found) > size else ""
    citizens = read.get_all(Citizen, {one.citizen_id for one in found[:size]})
    return RestrictionsView(
        restrictions=[
            restriction_view(one, phone=_number(citizens.get(one.citizen_id), vault), now=read.now)
            for one in found[:size]
        ],
        next_page_token=more,
    )


@queries.on(CheckCaller, roles={Role.AGENT, Role.PORTAL})
def check_caller(query: CheckCaller, read: Read, *, regimes: Regimes, vault: Vault) -> CallerCheckView:
    """Whoever calls, the emergency lines are put through."""
    regime = regimes.of(query.city)
    lines = [line.code for line in regime.rules.lines if line.kind is LineKind.EMERGENCY]
    phone = normalise_phone(query.phone) if regime.rules.restrictions else None
    hashes = vault.phone_hashes(query.city, phone) if phone else []
    known = [citizen for hashed in hashes for citizen in read.find_by(Citizen, "phone_hash", hashed)]
    found = [restricted(citizen, read, regime) for citizen in known]
    return CallerCheckView(restriction=next(filter(None, found), None), emergency_lines=lines)


def _check_in(city: str, names: list[str]) -> None:
    if any(city_of(name) != city for name in names):
        raise NotFound()


def _number(citizen: Citizen | None, vault: Vault) -> str:
    """In clear for its stars alone; of an erased citizen, or one whose key cannot be read, none."""
    sealed = (citizen.contact or {}).get(PHONE) if citizen else None
    try:
        return vault.open(citizen, sealed, case_id="") if citizen and sealed else ""
    except (CitizenErased, CannotOpen):
        return ""
