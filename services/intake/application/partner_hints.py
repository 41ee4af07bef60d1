"""Which matters at partners are a citizen's, and which of them a seat is shown beside a case."""

from dataclasses import dataclass

from chassis.privacy import CannotOpen, normalise_phone
from chassis.work import Read, Work
from services.intake.application.partner_views import PartnerHintView, hint_view
from services.intake.application.ports import Looks, Regime
from services.intake.domain.case import Case
from services.intake.domain.citizen import IDENTITY, PHONE, Citizen, Vault
from services.intake.domain.errors import BadPhone, CitizenErased
from services.intake.domain.partner import PartnerMatter, alike

MOST_HINTS = 5


@dataclass(frozen=True)
class Person:
    """As keyed hashes, by every key, the newest first; empty: not known."""

    phones: list[str]
    identities: list[str]


def person(city: str, vault: Vault, *, phone: str = "", identity: str = "") -> Person:
    """Raises BadPhone."""
    plain = normalise_phone(phone) if phone else ""
    if plain is None:
        raise BadPhone(field="phone")
    return Person(
        vault.phone_hashes(city, plain) if plain else [],
        vault.identity_hashes(city, identity.upper()) if identity else [],
    )


def person_behind(citizen: Citizen, case: Case | None, vault: Vault) -> Person:
    """Who has told nothing of themselves, or was erased, is nobody."""
    kept = [("", (citizen.contact or {}).get(PHONE)), ("", (citizen.contact or {}).get(IDENTITY))]
    if case and IDENTITY in case.contact:
        kept[1] = (case.id, case.contact[IDENTITY])
    try:
        phone, identity = (vault.open(citizen, one, case_id=of) if one else "" for of, one in kept)
    except (CannotOpen, CitizenErased):
        return Person([], [])
    # A call may have come from abroad: no partner tells of such a number.
    return person(citizen.city, vault, phone=normalise_phone(phone) or "", identity=identity)


def matters_of(read: Read, who: Person) -> list[PartnerMatter]:
    """Every one of the person that has not ended, not locked."""
    found = [one for hashed in who.phones for one in read.find_by(PartnerMatter, "phone_hash", hashed)]
    found += [one for hashed in who.identities for one in read.find_by(PartnerMatter, "identity_hash", hashed)]
    return list({one.id: one for one in found}.values())


def hints(
    case: Case, citizen: Citizen, work: Work, regime: Regime, *, vault: Vault, looks: Looks
) -> list[PartnerHintView]:
    """For a seat; what is shown is written down. A city whose rules share nothing asks nobody."""
    rules = regime.rules.partners
    if rules is None:
        return []
    known = matters_of(work.as_it_stands, person_behind(citizen, case, vault))
    found = alike(case, known, regime.rules.duplicates.likeness)[:MOST_HINTS]
    work.shows(PartnerMatter, [one.id for one, _ in found])
    if found:
        shown = ", ".join(f"{one.platform} {one.number}" for one, _ in found)
        looks.log_shared(work, city=case.city, citizen_id=citizen.id, case_id=case.id, what=shown, purpose="registered")
    return [hint_view(one, score, rules) for one, score in found]
