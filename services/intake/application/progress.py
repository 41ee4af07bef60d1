"""LookUpProgress: a citizen without an account asks with number and phone."""

from datetime import datetime

from chassis.access import Principal, Role
from chassis.domain import NotFound
from chassis.privacy import CannotOpen, normalise_phone
from chassis.work import Read
from services.intake.application.messages import LookUpProgress
from services.intake.application.ports import CasePages, Limiter
from services.intake.application.tables import queries
from services.intake.application.views import ProgressView
from services.intake.domain import errors
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen, Vault
from services.intake.domain.numbers import normalise_number
from services.intake.domain.parts import OrderState
from services.intake.domain.states import State


@queries.on(LookUpProgress, roles={Role.PORTAL, Role.AGENT}, needs_city=False)
def look_up_progress(
    query: LookUpProgress, read: Read, *, case_pages: CasePages, vault: Vault, limiter: Limiter
) -> ProgressView:
    """A wrong phone and a missing case answer alike; neither says which it was."""
    check_rate(limiter, read.principal, query.number, read.now)
    number = normalise_number(query.number) or ""
    case = case_pages.by_number(read, number) if number else None
    citizen = read.get(Citizen, case.citizen_id) if case else None
    if not phone_fits(vault, number[:6], query.phone, citizen) or case is None or citizen is None:
        raise NotFound()
    return ProgressView(
        number=case.number,
        state=case.state,
        category=case.category,
        accept_time=case.accepted_at,
        due_time=case.due_at,
        lines=case.lines,
        reply=opened_reply(case, read, vault),
        can_rate=can_rate(case),
    )


def check_rate(limiter: Limiter, principal: Principal, number: str, now: datetime) -> None:
    """Guessing phones for one number, or numbers for one phone, ends soon. Raises TooManyLookUps."""
    asked = normalise_number(number) or "nonsense"
    for key in (f"number/{asked}", f"caller/{principal.id}"):
        if not limiter.take(key, now):
            raise errors.TooManyLookUps()


def phone_fits(vault: Vault, city: str, phone: str, citizen: Citizen | None) -> bool:
    """Compares a keyed hash even when there is nothing to compare with, so that both take as long."""
    kept = citizen.phone_hash if citizen else ""
    return vault.phone_fits(city, normalise_phone(phone) or "", kept) and bool(kept)


def can_rate(case: Case) -> bool:
    return case.state is State.REPLIED and not any(o.under_verification for o in case.orders)


def opened_reply(case: Case, read: Read, vault: Vault) -> str:
    """What the units replied, or the seat answered, in clear for the citizen, and of which part there is no reply."""
    citizen = read.get(Citizen, case.citizen_id)
    sealed = [o.reply for o in case.orders if o.reply and o.state is OrderState.COMPLETED]
    sealed += [case.answer] if case.answer else []
    texts = []
    for one in sealed:
        try:
            texts.append(vault.open(citizen, one, case_id=case.id))
        except (errors.CitizenErased, CannotOpen):
            continue
    return "\n\n".join([*texts, *(o.told for o in case.orders if o.told)])
