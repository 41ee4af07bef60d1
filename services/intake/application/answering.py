"""Questions that other services ask."""

from base64 import b64decode
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints

from chassis.audit.answering import answer_audits
from chassis.domain import NotFound
from chassis.message import Code, Line, OptionalCity, OptionalCode
from chassis.privacy import CannotSeal, seal_answer
from chassis.work import Read, Work
from services.intake.application.masking import known_of
from services.intake.application.ports import Looks
from services.intake.application.revealing import ROLES as REVEALERS
from services.intake.application.revealing import opened_contact, opened_text
from services.intake.application.tables import STAFF, answers
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault
from services.intake.domain.errors import BadReplyKey, CitizenErased
from services.intake.domain.pack import Confidentiality

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
    reply_key: ReplyKey = "",
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """The citizen's contact for a unit that handles the case, or for a message of the platform itself.

    With `reply_key` the answer travels sealed to the asker. Raises NotFound, BadReplyKey.
    """
    case = _seen_by(work, case_id, city, unit)
    known = known_of(case, work.as_it_stands, vault)
    looks.log(work, case=case, what="contact", purpose=f"{unit or work.principal.id}: {purpose}", known=known)
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
    reply_key: ReplyKey = "",
    vault: Vault,
    looks: Looks,
) -> dict[str, Any]:
    """The case's text as it was said, for a unit that handles it."""
    case = _seen_by(work, case_id, city, unit)
    known = known_of(case, work.as_it_stands, vault)
    looks.log(work, case=case, what="text", purpose=f"{unit or work.principal.id}: {purpose}", known=known)
    view = _unless_erased(opened_text, case, work, vault)
    return _wrapped({"subject": view.subject, "text": view.text}, reply_key)


def _unless_erased(open_it: Callable[[Case, Work, Vault], V], case: Case, work: Work, vault: Vault) -> V:
    """To other services an erased citizen is one who is not there."""
    try:
        return open_it(case, work, vault)
    except CitizenErased:
        raise NotFound() from None


def _seen_by(work: Work, case_id: str, city: str, unit: str) -> Case:
    """A unit sees what is assigned to it and not hidden from it, never a case about itself (F16-33, F16-34)."""
    case = work.get(Case, case_id)
    if city and case.city != city:
        raise NotFound()
    if unit:
        hidden = case.confidentiality is not Confidentiality.NORMAL or case.respondent_unit == unit
        if hidden or not case.is_assigned(unit):
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
