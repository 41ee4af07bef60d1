"""What tells who a citizen is, to be found again in what others write about their case."""

from collections.abc import Iterable

import structlog

from chassis.privacy import CannotOpen
from chassis.work import Read
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen, Vault

log = structlog.get_logger()


def known_of(case: Case, read: Read, vault: Vault) -> list[str]:
    """The contact behind the case in clear, for `mask` and for nothing else; the citizen is not locked."""
    citizen = read.get_all(Citizen, [case.citizen_id]).get(case.citizen_id)
    return known_about(citizen, [case], vault) if citizen else []


def known_about(citizen: Citizen, cases: Iterable[Case], vault: Vault) -> list[str]:
    """What was newest told of the citizen, and what with these cases; nothing once they are erased."""
    kept = [("", sealed) for sealed in (citizen.contact or {}).values()]
    kept += [(case.id, sealed) for case in cases for sealed in case.contact.values()]
    try:
        return [vault.open(citizen, sealed, case_id=case_id) for case_id, sealed in kept]
    except CannotOpen as error:
        # A case must go on although its citizen's key cannot be read.
        log.error("unreadable_contact", subject=citizen.id, error=type(error).__name__)
        return []
