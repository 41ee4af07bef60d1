"""Commands of the citizen, or of a seat for them, while the case is open: urging and supplements."""

from chassis.access import Role
from chassis.message import id_of
from chassis.privacy import mask
from chassis.work import Work
from services.intake.application.masking import known_of
from services.intake.application.messages import SupplementCase, UrgeCase
from services.intake.application.tables import case_of, commands, may_see
from services.intake.application.views import CaseView, saved
from services.intake.domain import adding
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault
from services.intake.domain.parts import Supplement
from services.intake.domain.states import State


def own_case(cmd: UrgeCase | SupplementCase, work: Work) -> bool:
    """Agents speak for any citizen, citizens for themselves."""
    case = work.find(Case, id_of(cmd.name, "cases"))
    return case is not None and may_see(work, case)


@commands.on(UrgeCase, roles={Role.AGENT, Role.CITIZEN}, relation=own_case)
def urge_case(cmd: UrgeCase, work: Work) -> CaseView:
    case = case_of(work, cmd.name)
    urged = work.get(Case, case.main_case_id) if case.state is State.JOINED else case
    work.save(urged, *adding.urge(urged, now=work.now))
    if urged is not case:
        case.note("urged", work.now)
        work.save(case)
    return saved(case)


@commands.on(SupplementCase, roles={Role.AGENT, Role.CITIZEN}, relation=own_case)
def supplement_case(cmd: SupplementCase, work: Work, *, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name)
    case_events = adding.supplement(case, _said(cmd.text, case, work, vault))
    work.save(case, *case_events)
    return saved(case)


def _said(text: str, case: Case, work: Work, vault: Vault) -> Supplement:
    """Nothing is kept of what is said about an erased citizen's case."""
    if case.erased:
        return Supplement(work.now, "", None)
    sealed = vault.seal(
        case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=adding.SUPPLEMENT, text=text
    )
    return Supplement(work.now, mask(text, known_of(case, work.as_it_stands, vault)), sealed)
