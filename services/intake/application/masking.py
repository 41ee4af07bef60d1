"""What tells who a citizen is, to be found again in what others write about their case."""

from chassis.work import Read
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen, Vault


def known_of(case: Case, read: Read, vault: Vault) -> list[str]:
    """The contact behind the case in clear, for `mask` and for nothing else; the citizen is not locked."""
    citizen = read.get_all(Citizen, [case.citizen_id]).get(case.citizen_id)
    return opened(citizen, vault) if citizen else []


def opened(citizen: Citizen, vault: Vault) -> list[str]:
    """Nothing once they are erased."""
    kept = (citizen.contact or {}) if citizen.erased_at is None else {}
    return [vault.open(citizen, sealed, case_id="") for sealed in kept.values()]
