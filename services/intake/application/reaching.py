"""Where the citizens of a batch of messages can be reached: one question for all, each look written down."""

from base64 import b64decode
from typing import Annotated, Any

import structlog
from pydantic import Field, StringConstraints

from chassis.message import Line, Message, OptionalCity, OptionalCode
from chassis.privacy import CannotOpen, CannotSeal, seal_answer
from chassis.work import Work
from services.intake.application.ports import Looks
from services.intake.application.tables import answers
from services.intake.domain.case import Case
from services.intake.domain.citizen import PHONE, Citizen, Vault
from services.intake.domain.errors import BadReplyKey

log = structlog.get_logger()


class Wanted(Message):
    """The number of one case's citizen, or of one who is told of no case, and what for."""

    case_id: OptionalCode = ""
    citizen_id: OptionalCode = ""
    purpose: Line
    city: OptionalCity = ""


@answers.on("reveal_numbers", needs_city=False, writes=True)
def reveal_numbers(
    work: Work,
    *,
    wanted: Annotated[list[Wanted], Field(min_length=1, max_length=500)],
    reply_key: Annotated[str, StringConstraints(min_length=1, max_length=100)],
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """Telephone numbers by case, else by citizen, sealed to the asker; `unreadable` names whose cannot be opened.

    What is in neither leaves nobody to reach: unknown, erased, or no number was told. Raises BadReplyKey.
    """
    read = work.as_it_stands
    cases = read.get_all(Case, {one.case_id for one in wanted if one.case_id})
    named = {one.citizen_id for one in wanted if not one.case_id}
    citizens = read.get_all(Citizen, {*named, *(case.citizen_id for case in cases.values())} - {""})
    numbers: dict[str, str] = {}
    unreadable: set[str] = set()
    for one in wanted:
        case = cases.get(one.case_id)
        citizen = citizens.get(case.citizen_id if case else one.citizen_id)
        if citizen is None or (one.case_id and case is None) or one.city not in ("", citizen.city):
            continue
        key, purpose = one.case_id or citizen.id, f"{work.principal.id}: {one.purpose}"
        try:
            number = numbers.get(key) or _number(citizen, vault)
        except CannotOpen as error:
            log.error("unreadable_number", subject=key, error=type(error).__name__)
            unreadable.add(key)
            continue
        if number:
            numbers[key] = number
            if case:
                looks.log(work, case=case, what="number", purpose=purpose)
            else:
                looks.log_citizen(work, citizen=citizen, what="number", purpose=purpose)
    return {"sealed": _sealed(reply_key, numbers), "unreadable": sorted(unreadable)}


def _number(citizen: Citizen, vault: Vault) -> str:
    sealed = (citizen.contact or {}).get(PHONE)
    return vault.open(citizen, sealed, case_id="") if sealed and citizen.erased_at is None else ""


def _sealed(reply_key: str, numbers: dict[str, str]) -> bytes:
    try:
        return seal_answer(b64decode(reply_key, validate=True), numbers)
    except (ValueError, CannotSeal):
        raise BadReplyKey(field="reply_key") from None
