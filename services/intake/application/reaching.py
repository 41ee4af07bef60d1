"""Where the citizens of a batch of messages can be reached: one question for all, each look written down."""

from base64 import b64decode
from typing import Annotated, Any

import structlog
from pydantic import Field, StringConstraints

from chassis.message import Code, Line, Message, OptionalCity
from chassis.privacy import CannotOpen, CannotSeal, seal_answer
from chassis.work import Work
from services.intake.application.ports import Looks
from services.intake.application.tables import answers
from services.intake.domain.case import Case
from services.intake.domain.citizen import PHONE, Citizen, Vault
from services.intake.domain.errors import BadReplyKey

log = structlog.get_logger()


class Wanted(Message):
    """The number of one case's citizen, and what for."""

    case_id: Code
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
    """Telephone numbers by case, sealed to the asker; `unreadable` names cases whose number cannot be opened.

    A case in neither leaves nobody to reach: unknown, erased, or its citizen told no number. Raises BadReplyKey.
    """
    read = work.as_it_stands
    cases = read.get_all(Case, {one.case_id for one in wanted})
    citizens = read.get_all(Citizen, {case.citizen_id for case in cases.values()})
    numbers: dict[str, str] = {}
    unreadable: set[str] = set()
    for one in wanted:
        case = cases.get(one.case_id)
        if case is None or one.city not in ("", case.city):
            continue
        try:
            number = numbers.get(case.id) or _number(citizens[case.citizen_id], vault)
        except CannotOpen as error:
            log.error("unreadable_number", subject=case.id, error=type(error).__name__)
            unreadable.add(case.id)
            continue
        if number:
            numbers[case.id] = number
            looks.log(work, case=case, what="number", purpose=f"{work.principal.id}: {one.purpose}")
    return {"sealed": _sealed(reply_key, numbers), "unreadable": sorted(unreadable)}


def _number(citizen: Citizen, vault: Vault) -> str:
    sealed = (citizen.contact or {}).get(PHONE)
    return vault.open(citizen, sealed, case_id="") if sealed and citizen.erased_at is None else ""


def _sealed(reply_key: str, numbers: dict[str, str]) -> bytes:
    try:
        return seal_answer(b64decode(reply_key, validate=True), numbers)
    except (ValueError, CannotSeal):
        raise BadReplyKey(field="reply_key") from None
