"""申诉、剔除: a unit's leader contests a fact of its figures; a supervisor decides, or leaves a fact out by himself."""

from typing import Protocol

from chassis.access import Role
from chassis.application import Commands
from chassis.domain import BadFields, NotFound, Violation
from chassis.message import city_of, id_of
from chassis.privacy import mask
from chassis.work import Work
from services.sla.application.appeal_messages import DecideAppeal, ExcludeFact, FileAppeal, LiftExclusion
from services.sla.application.appeal_views import AppealView, ExclusionView, appeal_view, exclusion_view
from services.sla.application.ports import Assessments, Sealing
from services.sla.domain.appeals import (
    AlreadyAppealed,
    AlreadyExcluded,
    Appeal,
    AppealState,
    Exclusion,
)
from services.sla.domain.assessment_rules import ExclusionReason
from services.sla.domain.clock import Clock
from services.sla.domain.counted import Fact, Meant, the_fact
from services.sla.domain.opinion import Opinion
from services.sla.domain.rulebook import Rulebook

commands = Commands()
SUPERVISOR = frozenset({Role.SUPERVISOR})


class OfCase(Protocol):
    @property
    def case(self) -> str: ...


class Named(Protocol):
    @property
    def name(self) -> str: ...


# -- who has to do with it ---------------------------------------------------------------------------------------------


def clocks_of(cmd: OfCase, work: Work) -> list[Clock]:
    """Of the case, locked: whoever contests a fact of it waits for whoever does so already."""
    found = work.find_by(Clock, "case_id", id_of(cmd.case, "cases"))
    return [clock for clock in found if clock.city == city_of(cmd.case)]


def known_in_the_city(cmd: OfCase, work: Work) -> bool:
    return bool(clocks_of(cmd, work))


def counted_for_the_unit(cmd: OfCase, work: Work) -> bool:
    """The caller's own unit has, or had, a part in the case."""
    own = work.principal.unit
    return own != "" and any(clock.unit == own for clock in clocks_of(cmd, work))


def appeal_named(cmd: Named, work: Work) -> Appeal | None:
    appeal = work.find(Appeal, id_of(cmd.name, "appeals"))
    return appeal if appeal and appeal.fact.case_id == id_of(cmd.name, "cases") else None


def exclusion_named(cmd: Named, work: Work) -> Exclusion | None:
    exclusion = work.find(Exclusion, id_of(cmd.name, "exclusions"))
    return exclusion if exclusion and exclusion.fact.case_id == id_of(cmd.name, "cases") else None


def appealed_in_the_city(cmd: Named, work: Work) -> bool:
    return appeal_named(cmd, work) is not None


def excluded_in_the_city(cmd: Named, work: Work) -> bool:
    return exclusion_named(cmd, work) is not None


# -- appeals -----------------------------------------------------------------------------------------------------------


@commands.on(FileAppeal, roles={Role.UNIT_LEADER}, relation=counted_for_the_unit)
def file_appeal(
    cmd: FileAppeal, work: Work, *, rulebook: Rulebook, assessments: Assessments, sealing: Sealing
) -> AppealView:
    fact = _meant(cmd, work, work.principal.unit)
    rules = assessments[fact.pack].appeals
    if work.find_by(Appeal, "fact", fact.key):
        raise AlreadyAppealed()
    if _in_force(fact, work):
        raise AlreadyExcluded()
    id = work.new_id()
    appeal = Appeal(
        id=id,
        city=fact.city,
        fact=fact,
        filed_at=work.now,
        last_at=rules.window.due(fact.counted_at, rulebook.calendar(fact.city)),
        filed_by=sealing.own(id, "filed_by", work.principal.id),
        reason=sealing.own(id, "reason", mask(cmd.reason)),
        evidence=sealing.own(id, "evidence", mask(cmd.evidence)),
    )
    work.save(appeal, appeal.filed(str(rules.basis)))
    return appeal_view(appeal)


@commands.on(DecideAppeal, roles=SUPERVISOR, relation=appealed_in_the_city)
def decide_appeal(cmd: DecideAppeal, work: Work, *, assessments: Assessments, sealing: Sealing) -> AppealView:
    appeal = appeal_named(cmd, work)
    if appeal is None:
        raise NotFound()
    by = sealing.own(appeal.id, "decided_by", work.principal.id)
    explanation = sealing.own(appeal.id, "explanation", mask(cmd.explanation))
    if cmd.decision is AppealState.REFUSED:
        work.save(appeal, appeal.refuse(by=by, explanation=explanation, now=work.now))
    elif cmd.decision is AppealState.GRANTED:
        reason = assessments[appeal.fact.pack].reason(cmd.reason)
        exclusion = _in_force(appeal.fact, work) or _excluded(
            appeal.fact, reason, cmd.basis or str(reason.basis), work, sealing, appeal_id=appeal.id
        )
        work.save(appeal, appeal.grant(exclusion, by=by, explanation=explanation, now=work.now))
    else:
        raise BadFields([Violation("decision", "应为同意或驳回", "must be granted or refused")])
    return appeal_view(appeal)


# -- exclusions --------------------------------------------------------------------------------------------------------


@commands.on(ExcludeFact, roles=SUPERVISOR, relation=known_in_the_city)
def exclude_fact(cmd: ExcludeFact, work: Work, *, assessments: Assessments, sealing: Sealing) -> ExclusionView:
    fact = _meant(cmd, work, cmd.unit)
    reason = assessments[fact.pack].reason(cmd.reason)
    if _in_force(fact, work):
        raise AlreadyExcluded()
    return exclusion_view(_excluded(fact, reason, cmd.basis, work, sealing), reason)


@commands.on(LiftExclusion, roles=SUPERVISOR, relation=excluded_in_the_city)
def lift_exclusion(cmd: LiftExclusion, work: Work, *, assessments: Assessments, sealing: Sealing) -> ExclusionView:
    exclusion = exclusion_named(cmd, work)
    if exclusion is None:
        raise NotFound()
    by = sealing.own(exclusion.id, "lifted_by", work.principal.id)
    work.save(exclusion, exclusion.lift(mask(cmd.reason), by=by, now=work.now))
    return exclusion_view(exclusion, assessments[exclusion.fact.pack].reason(exclusion.reason))


def _excluded(
    fact: Fact, reason: ExclusionReason, basis: str, work: Work, sealing: Sealing, *, appeal_id: str = ""
) -> Exclusion:
    id = work.new_id()
    exclusion = Exclusion(
        id=id,
        city=fact.city,
        fact=fact,
        reason=reason.code,
        basis=mask(basis),
        excluded_at=work.now,
        excluded_by=sealing.own(id, "excluded_by", work.principal.id),
        appeal_id=appeal_id,
    )
    work.save(exclusion, exclusion.excluded())
    return exclusion


# -- inside ------------------------------------------------------------------------------------------------------------


def _meant(cmd: FileAppeal | ExcludeFact, work: Work, unit: str) -> Fact:
    """Raises NothingToContest, FactNotClear."""
    meant = Meant(
        kind=cmd.kind,
        work_order_id=id_of(cmd.work_order, "workOrders") if cmd.work_order else "",
        unit=unit,
        clock=cmd.clock,
        round=cmd.round,
        due_at=cmd.due_time,
    )
    opinions = work.find_by(Opinion, "case_id", id_of(cmd.case, "cases"))
    return the_fact(meant, clocks_of(cmd, work), [one for one in opinions if one.city == city_of(cmd.case)])


def _in_force(fact: Fact, work: Work) -> Exclusion | None:
    return next((one for one in work.find_by(Exclusion, "fact", fact.key) if one.in_force), None)
