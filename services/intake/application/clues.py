"""线索移交: clues of malicious claims go to the police, decided by a supervisor, and are kept on record."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Read, Work
from services.intake.application.clue_messages import AcknowledgeClue, ConcludeClue, HandOverClue, ListClues, RevealClue
from services.intake.application.clue_views import ClueDossierView, CluesView, ClueView, clue_view, saved_clue
from services.intake.application.masking import known_of
from services.intake.application.ports import Clues, Looks, Regimes
from services.intake.application.reading import PAGE
from services.intake.application.revealing import opened_contact, opened_text
from services.intake.application.tables import case_of, citizen_of, commands, queries
from services.intake.domain import clue as clues
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault
from services.intake.domain.clue import EVIDENCE, Clue
from services.intake.domain.clue_errors import ClueHandedOverAlready
from services.intake.domain.errors import CitizenErased


@commands.on(HandOverClue, roles={Role.SUPERVISOR})
def hand_over_clue(cmd: HandOverClue, work: Work, *, regimes: Regimes, vault: Vault) -> ClueView:
    case = case_of(work, cmd.name, version=cmd.version)
    if case.erased:
        raise CitizenErased()
    if work.find_by(Clue, "case_id", case.id):
        raise ClueHandedOverAlready(field="name")
    evidence = vault.seal(
        case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=EVIDENCE, text=cmd.evidence
    )
    rules, by = regimes.of(case.city, case.pack).rules, work.principal.id
    clue, told = clues.hand_over(case, rules, id=work.new_id(), evidence=evidence, by=by, now=work.now)
    work.save(clue, told)
    return saved_clue(clue)


@commands.on(AcknowledgeClue, roles={Role.SUPERVISOR})
def acknowledge_clue(cmd: AcknowledgeClue, work: Work) -> ClueView:
    clue = _clue_of(cmd.name, work, version=cmd.version)
    work.save(clue, clues.acknowledge(clue, receipt=cmd.receipt, now=work.now))
    return saved_clue(clue)


@commands.on(ConcludeClue, roles={Role.SUPERVISOR})
def conclude_clue(cmd: ConcludeClue, work: Work) -> ClueView:
    clue = _clue_of(cmd.name, work, version=cmd.version)
    work.save(clue, clues.conclude(clue, result=cmd.result, now=work.now))
    return saved_clue(clue)


@queries.on(ListClues, roles={Role.SUPERVISOR})
def list_clues(query: ListClues, read: Read, *, clue_pages: Clues) -> CluesView:
    size = query.page_size or PAGE
    state = str(query.state or "")
    found = clue_pages.page(read, city=query.city, state=state, size=size + 1, before=query.page_token)
    more = found[size - 1].id if len(found) > size else ""
    return CluesView(clues=[clue_view(clue) for clue in found[:size]], next_page_token=more)


@queries.on(RevealClue, roles={Role.SUPERVISOR}, writes=True)
def reveal_clue(query: RevealClue, work: Work, *, vault: Vault, looks: Looks) -> ClueDossierView:
    """Raises CitizenErased: nothing can be opened then."""
    clue = _clue_of(query.name, work)
    case = work.get(Case, clue.case_id)
    looks.log(work, case=case, what="clue", purpose=query.purpose, known=known_of(case, work.as_it_stands, vault))
    contact, told = opened_contact(case, work, vault), opened_text(case, work, vault)
    shown = vault.open(citizen_of(work, case), clue.evidence, case_id=case.id) if clue.evidence else ""
    return ClueDossierView(
        clue=clue_view(clue),
        evidence=shown,
        subject=told.subject,
        text=told.text,
        name=contact.name,
        phone=contact.phone,
        address=contact.address,
    )


def _clue_of(name: str, work: Work, *, version: int = 0) -> Clue:
    """Raises NotFound, VersionMovedOn."""
    clue = work.get(Clue, id_of(name, "clues"))
    if clue.city != city_of(name):
        raise NotFound()
    if version and version != clue.version:
        raise VersionMovedOn(field="version")
    return clue
