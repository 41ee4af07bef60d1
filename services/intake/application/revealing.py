"""Looks at personal data: right checked, purpose written down in the same transaction, then opened."""

from chassis.access import Role
from chassis.work import Work
from services.intake.application.call_messages import RevealCaller
from services.intake.application.call_views import CallContactView
from services.intake.application.calling import call_of
from services.intake.application.masking import known_about, known_of
from services.intake.application.messages import RevealContact, RevealText
from services.intake.application.ports import Looks
from services.intake.application.tables import case_of, citizen_of, queries
from services.intake.application.views import CaseTextView, ContactView
from services.intake.domain.case import Case
from services.intake.domain.citizen import ADDRESS, IDENTITY, NAME, PHONE, Citizen, Vault
from services.intake.domain.errors import CitizenErased

SUPPLEMENTED = "\n补充："
ROLES = frozenset({Role.AGENT, Role.SUPERVISOR})


@queries.on(RevealContact, roles=ROLES, writes=True)
def reveal_contact(query: RevealContact, work: Work, *, vault: Vault, looks: Looks) -> ContactView:
    case = case_of(work, query.name)
    looks.log(work, case=case, what="contact", purpose=query.purpose, known=known_of(case, work.as_it_stands, vault))
    return opened_contact(case, work, vault)


@queries.on(RevealText, roles=ROLES, writes=True)
def reveal_text(query: RevealText, work: Work, *, vault: Vault, looks: Looks) -> CaseTextView:
    case = case_of(work, query.name)
    looks.log(work, case=case, what="text", purpose=query.purpose, known=known_of(case, work.as_it_stands, vault))
    return opened_text(case, work, vault)


@queries.on(RevealCaller, roles=ROLES, writes=True)
def reveal_caller(query: RevealCaller, work: Work, *, vault: Vault, looks: Looks) -> CallContactView:
    """Raises CitizenErased."""
    call = call_of(work, query.name)
    citizen = work.get(Citizen, call.citizen_id)
    looks.log_caller(work, call=call, purpose=query.purpose, known=known_about(citizen, (), vault))
    citizen.check_not_erased()
    phone = (citizen.contact or {}).get(PHONE) if call.number_known else None
    return CallContactView(
        phone=vault.open(citizen, phone, case_id="") if phone else "",
        recording=vault.open(citizen, call.recording, case_id=call.id) if call.recording else "",
    )


def opened_contact(case: Case, work: Work, vault: Vault) -> ContactView:
    """Raises CitizenErased; empty fields were never told."""
    citizen = citizen_of(work, case)
    citizen.check_not_erased()
    own = {field: vault.open(citizen, sealed, case_id=case.id) for field, sealed in case.contact.items()}
    # Several people may call from one telephone: who gave a name is not shown with what another one told.
    kept = {field: sealed for field, sealed in (citizen.contact or {}).items() if field == PHONE or NAME not in own}
    clear = {field: vault.open(citizen, sealed, case_id="") for field, sealed in kept.items()} | own
    return ContactView(
        name=clear.get(NAME, ""),
        phone=clear.get(PHONE, ""),
        address=clear.get(ADDRESS, ""),
        identity_number=clear.get(IDENTITY, ""),
    )


def opened_text(case: Case, work: Work, vault: Vault) -> CaseTextView:
    """Raises CitizenErased."""
    citizen = citizen_of(work, case)
    if case.sealed_subject is None or case.sealed_text is None:
        raise CitizenErased()
    texts = [case.sealed_text, *(s.sealed_text for s in case.supplements if s.sealed_text)]
    return CaseTextView(
        subject=vault.open(citizen, case.sealed_subject, case_id=case.id),
        text=SUPPLEMENTED.join(vault.open(citizen, text, case_id=case.id) for text in texts),
    )
