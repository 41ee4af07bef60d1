"""MarkCase and UnmarkCase, and who sees the marks."""

from chassis.access import Principal, Role
from chassis.privacy import mask
from chassis.work import Work
from services.intake.application.masking import known_of
from services.intake.application.messages import MarkCase, UnmarkCase
from services.intake.application.ports import Regimes
from services.intake.application.tables import case_of, commands
from services.intake.application.views import CaseView, saved
from services.intake.domain import marking
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault

NO_MARKS: frozenset[str] = frozenset()


def marks_seen(case: Case, principal: Principal, regimes: Regimes) -> frozenset[str]:
    """The kinds that the pack of the case shows to one of the caller's roles."""
    if not case.attention.changes:
        return NO_MARKS
    rules = regimes.of(case.city, case.pack).rules
    return frozenset(m.code for m in rules.attention_marks if principal.has(*(Role(role) for role in m.seen_by)))


@commands.on(MarkCase, roles={Role.SUPERVISOR})
def mark_case(cmd: MarkCase, work: Work, *, regimes: Regimes, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    # The number of a document holds nobody's name, yet people type.
    document = mask(cmd.document, known_of(case, work.as_it_stands, vault)) if cmd.document else ""
    rules = regimes.of(case.city, case.pack).rules
    events = marking.mark(
        case, cmd.kind, rules, document=document, due_at=cmd.due_time, by=work.principal.id, now=work.now
    )
    work.save(case, *events)
    return saved(case, to_staff=True, marks=marks_seen(case, work.principal, regimes))


@commands.on(UnmarkCase, roles={Role.SUPERVISOR})
def unmark_case(cmd: UnmarkCase, work: Work, *, regimes: Regimes) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    work.save(case, *marking.unmark(case, cmd.kind, by=work.principal.id, now=work.now))
    return saved(case, to_staff=True, marks=marks_seen(case, work.principal, regimes))
