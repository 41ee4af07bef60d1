"""Questions that other services ask."""

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import structlog
from pydantic import Field, StringConstraints

from chassis.access import Role
from chassis.audit.answering import answer_audits
from chassis.domain import NotFound, Sealed
from chassis.message import Code, Line, Message, OptionalCity, OptionalCode, OptionalLine
from chassis.privacy import CannotOpen, CannotSeal, seal_answer
from chassis.work import Read, Work
from services.intake.application.masking import known_of
from services.intake.application.ports import Looks
from services.intake.application.revealing import ROLES as REVEALERS
from services.intake.application.revealing import opened_contact, opened_text
from services.intake.application.tables import STAFF, answers, citizen_of
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault
from services.intake.domain.errors import BadReplyKey, CitizenErased
from services.intake.domain.pack import Confidentiality

log = structlog.get_logger()
V = TypeVar("V")
ReplyKey = Annotated[str, StringConstraints(max_length=100)]
"""In Base64; see chassis.privacy.ReplyBox."""


@answers.on("case_summary", roles=STAFF)
def case_summary(read: Read, *, case_id: Code, city: OptionalCity = "") -> dict[str, Any]:
    """What others may know of a case: nothing that tells the citizen. Raises NotFound."""
    case = read.get(Case, case_id)
    if city and case.city != city:
        raise NotFound()
    return {
        "case_id": case.id,
        "city": case.city,
        "number": case.number,
        "state": case.state,
        "category": case.category,
        "channel": case.channel,
        "pack": case.pack,
        "emergency_class": case.emergency_class,
        "masked_subject": case.masked_subject,
        "citizen_id": case.citizen_id,
        "citizen_reachable": case.reachable,
        "confidentiality": case.confidentiality,
        "round": case.round,
        "orders": [{"work_order_id": o.id, "state": o.state, "round": o.round} for o in case.orders],
    }


@answers.on("reveal_contact", roles=REVEALERS, writes=True)
def reveal_contact(
    work: Work,
    *,
    case_id: Code,
    purpose: Line,
    city: OptionalCity = "",
    unit: OptionalCode = "",
    viewer: OptionalLine = "",
    reply_key: ReplyKey = "",
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """The citizen's contact for a unit that handles the case, or for a message of the platform itself.

    With `reply_key` the answer travels sealed to the asker; `viewer` is the person for whom a service asks.
    Raises NotFound, BadReplyKey.
    """
    case = _seen_by(work, case_id, city, unit)
    _write_down(work, case, "contact", purpose, unit=unit, viewer=viewer, looks=looks, vault=vault)
    view = _unless_erased(opened_contact, case, work, vault)
    clear = {"name": view.name, "phone": view.phone, "address": view.address}
    return _wrapped(clear, reply_key)


@answers.on("reveal_text", roles=REVEALERS, writes=True)
def reveal_text(
    work: Work,
    *,
    case_id: Code,
    purpose: Line,
    city: OptionalCity = "",
    unit: OptionalCode = "",
    viewer: OptionalLine = "",
    reply_key: ReplyKey = "",
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """The case's text as it was said, for a unit that handles it."""
    case = _seen_by(work, case_id, city, unit)
    _write_down(work, case, "text", purpose, unit=unit, viewer=viewer, looks=looks, vault=vault)
    view = _unless_erased(opened_text, case, work, vault)
    return _wrapped({"subject": view.subject, "text": view.text}, reply_key)


# What may be written about a case, besides what its citizen has said.
_WRITTEN = ("extension", "force_majeure", "passing", "reply", "return", "supervision", "work_order")


class Passage(Message):
    """What a unit or the office wrote about the case, sealed to its citizen; what the citizen said is no passage."""

    id: Code
    field: Annotated[str, StringConstraints(max_length=64, pattern=rf"^({'|'.join(_WRITTEN)})\.[a-z_]+$")]
    ciphertext: Annotated[str, StringConstraints(max_length=100_000)]


@answers.on("reveal_passages", writes=True)
def reveal_passages(
    work: Work,
    *,
    case_id: Code,
    purpose: Line,
    passages: Annotated[list[Passage], Field(min_length=1, max_length=200)],
    reply_key: Annotated[str, StringConstraints(min_length=1, max_length=100)],
    city: OptionalCity = "",
    unit: OptionalCode = "",
    viewer: OptionalLine = "",
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """Passages by id, sealed to the asker, who knows which of them a unit may read; what cannot be opened is absent.

    Raises NotFound, BadReplyKey.
    """
    case = _of_the_city(work, case_id, city)
    if unit and not case.is_assigned(unit):
        raise NotFound()
    _write_down(work, case, "passages", purpose, unit=unit, viewer=viewer, looks=looks, vault=vault)
    opened = _unless_erased(partial(_opened, passages), case, work, vault)
    return _wrapped(opened, reply_key)


def _opened(passages: list[Passage], case: Case, work: Work, vault: Vault) -> dict[str, str]:
    """Raises CitizenErased."""
    citizen, texts = citizen_of(work, case), {}
    for one in passages:
        try:
            sealed = Sealed(citizen.id, one.field, b64decode(one.ciphertext, validate=True))
            texts[one.id] = vault.open(citizen, sealed, case_id=case.id)
        except (CannotOpen, ValueError) as error:
            log.error("unreadable_passage", subject=case.id, field=one.field, error=type(error).__name__)
    return texts


def _write_down(
    work: Work, case: Case, what: str, purpose: str, *, unit: str, viewer: str, looks: Looks, vault: Vault
) -> None:
    """In the name of `viewer` only where a service vouches for it."""
    vouched = viewer if work.principal.has(Role.SYSTEM) else ""
    known = known_of(case, work.as_it_stands, vault)
    purpose = f"{unit or work.principal.id}: {purpose}"
    looks.log(work, case=case, what=what, purpose=purpose, known=known, viewer=vouched)


def _unless_erased(open_it: Callable[[Case, Work, Vault], V], case: Case, work: Work, vault: Vault) -> V:
    """To other services an erased citizen is one who is not there."""
    try:
        return open_it(case, work, vault)
    except CitizenErased:
        raise NotFound() from None


def _seen_by(work: Work, case_id: str, city: str, unit: str) -> Case:
    """A unit sees what is assigned to it and not hidden from it, never a case about itself (F16-33, F16-34)."""
    case = _of_the_city(work, case_id, city)
    if unit:
        hidden = case.confidentiality is not Confidentiality.NORMAL or case.respondent_unit == unit
        if hidden or not case.is_assigned(unit):
            raise NotFound()
    return case


def _of_the_city(work: Work, case_id: str, city: str) -> Case:
    case = work.get(Case, case_id)
    if city and case.city != city:
        raise NotFound()
    return case


def _wrapped(clear: dict[str, str], reply_key: str) -> dict[str, Any]:
    if not reply_key:
        return dict(clear)
    try:
        return {"sealed": seal_answer(b64decode(reply_key, validate=True), clear)}
    except (ValueError, CannotSeal):
        raise BadReplyKey(field="reply_key") from None


answer_audits(answers)
