"""Ratings and return visits."""

from chassis.access import Role
from chassis.domain import NotFound
from chassis.work import Read, Work
from services.intake.application.messages import ListRevisitsDue, RateCase, RecordRevisit
from services.intake.application.ports import CasePages, Limiter, Regimes
from services.intake.application.progress import check_rate, phone_fits
from services.intake.application.reading import PAGE
from services.intake.application.tables import case_of, commands, may_see, queries
from services.intake.application.views import CaseView, saved
from services.intake.application.visit_views import RevisitsDueView, revisit_due_view
from services.intake.domain import errors, handling, revisiting
from services.intake.domain.case import COMMENT, Case
from services.intake.domain.citizen import Citizen, Vault
from services.intake.domain.events import RevisitRecorded
from services.intake.domain.numbers import normalise_number
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import Rating


@commands.on(RateCase, roles={Role.CITIZEN, Role.PORTAL, Role.AGENT})
def rate_case(
    cmd: RateCase, work: Work, *, regimes: Regimes, vault: Vault, case_pages: CasePages, limiter: Limiter
) -> CaseView:
    case = _by_number(cmd, work, vault, case_pages, limiter) if cmd.number else _by_name(cmd, work)
    rules = regimes.of(case.city, case.pack).rules
    work.save(case, *handling.rate(case, rules, _rating(cmd, case, rules, vault, work), now=work.now))
    return saved(case)


def _by_name(cmd: RateCase, work: Work) -> Case:
    """The portal speaks for anybody, so it needs number and phone."""
    case = case_of(work, cmd.name)
    if not may_see(work, case):
        raise NotFound()
    return case


def _by_number(cmd: RateCase, work: Work, vault: Vault, pages: CasePages, limiter: Limiter) -> Case:
    check_rate(limiter, work.principal, cmd.number, work.now)
    number = normalise_number(cmd.number) or ""
    id = pages.id_of_number(work, number)
    case = work.find(Case, id) if id else None
    citizen = work.find(Citizen, case.citizen_id) if case else None
    if not phone_fits(vault, number[:6], cmd.phone, citizen) or case is None:
        raise NotFound()
    return case


def _rating(cmd: RateCase, case: Case, rules: IntakePack, vault: Vault, work: Work) -> Rating:
    call = rules.score(cmd.call_score, "call_score").code if cmd.call_score else ""
    handled = rules.score(cmd.handling_score, "handling_score") if cmd.handling_score else None
    if handled is None and not cmd.solved:
        raise errors.RatingEmpty(field="handling_score")
    comment = None
    if cmd.comment and not case.erased:
        comment = vault.seal(
            case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=COMMENT, text=cmd.comment
        )
    return Rating(
        round=case.round,
        solved=cmd.solved,
        call_score=call,
        handling_score=handled.code if handled else "",
        handling_satisfied=handled.satisfied if handled else bool(cmd.solved),
        rated_at=work.now,
        comment=comment,
    )


@commands.on(RecordRevisit, roles={Role.AGENT})
def record_revisit(cmd: RecordRevisit, work: Work, *, regimes: Regimes) -> CaseView:
    case = case_of(work, cmd.name)
    rules = regimes.of(case.city, case.pack).rules
    told = handling.revisit(
        case,
        rules,
        reached=cmd.reached,
        contacted=cmd.contacted,
        solved=cmd.solved,
        satisfied=cmd.satisfied,
        now=work.now,
    )
    wrong = (cmd.solved is False or cmd.satisfied is False) and any(
        isinstance(each, RevisitRecorded) and each.may_redo for each in told
    )
    ended = revisiting.attempted(case, rules, reached=cmd.reached, wrong=wrong, now=work.now)
    work.save(case, *told, *ended)
    return saved(case)


@queries.on(ListRevisitsDue, roles={Role.AGENT, Role.SUPERVISOR})
def list_revisits_due(query: ListRevisitsDue, read: Read, *, case_pages: CasePages) -> RevisitsDueView:
    """待回访: oldest first, to be called by a seat."""
    size, why = query.page_size or PAGE, str(query.why or "")
    found = case_pages.visits_due(read, city=query.city, why=why, size=size + 1, after=query.page_token)
    token = found[size - 1].id if len(found) > size else ""
    return RevisitsDueView([revisit_due_view(case) for case in found[:size]], token)
