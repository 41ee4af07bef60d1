"""What is sealed, opened for those who must work on it: dispatch knows the right, intake opens and logs the look."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from chassis.access import Principal, Role, system
from chassis.domain import DomainError, NotFound, Sealed
from chassis.lines import Lines
from chassis.message import city_of, id_of
from chassis.privacy import CannotOpen, ReplyBox
from chassis.questions import Questions
from chassis.work import Read
from services.dispatch.application.loading import order_seen
from services.dispatch.application.messages import RevealCitizenContact, RevealCitizenText, RevealPassages
from services.dispatch.application.ports import Sealing
from services.dispatch.application.queries import DEFAULT_PAGE, LINE, OFFICE, looking, queries
from services.dispatch.application.views import CitizenContactView, CitizenTextView, PassagePage, PassageView
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import CannotBeOpenedNow
from services.dispatch.domain.passages import WITHIN_THE_UNIT, Passage, check_open, check_signed, passages, passages_for
from services.dispatch.domain.passing import held_by, holds
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.work_order import WorkOrder

log = structlog.get_logger()
LIMIT_SECONDS = 2.0
UNREADABLE = "［无法打开］"
# Of sealed text in one page: in Base64 it must fit into one question.
MOST_BYTES = 140_000
READERS = OFFICE | {Role.AGENT}


@dataclass(frozen=True)
class Look:
    """Who looks at which case and why, as intake writes it down."""

    case_id: str
    city: str
    unit: str
    viewer: str
    purpose: str


@dataclass(frozen=True)
class SealedPage:
    """A page of passages, newest first; names of staff are opened."""

    look: Look
    passages: list[tuple[Passage, str]]
    next_page_token: str


# -- what the citizen told ---------------------------------------------------------------------------------------------


def contact_shown(look: Look, questions: Questions) -> CitizenContactView:
    told = _opened(questions, "reveal_contact", look)
    return CitizenContactView(name=told["name"], phone=told["phone"], address=told["address"])


def text_shown(look: Look, questions: Questions) -> CitizenTextView:
    told = _opened(questions, "reveal_text", look)
    return CitizenTextView(subject=told["subject"], text=told["text"])


@queries.on(RevealCitizenContact, roles={Role.UNIT}, then=contact_shown)
def reveal_citizen_contact(query: RevealCitizenContact, read: Read) -> Look:
    order, assignment = _own(query, read)
    check_signed(assignment)
    return look_at(order, read.principal, query.purpose, assignment.unit)


@queries.on(RevealCitizenText, roles={Role.UNIT}, then=text_shown)
def reveal_citizen_text(query: RevealCitizenText, read: Read) -> Look:
    order, assignment = _own(query, read)
    return look_at(order, read.principal, query.purpose, assignment.unit)


def _own(query: RevealCitizenContact | RevealCitizenText, read: Read) -> tuple[WorkOrder, Assignment]:
    """The caller's part in an open order, own or passed on, whose citizen is not hidden. Raises NotFound and others."""
    order = order_seen(query.name, read)
    assignment = order.assignment(id_of(query.name, "assignments"))
    if order.erased or not holds(order, assignment, read.principal.unit):
        raise NotFound()
    check_open(order, assignment)
    for unit in {assignment.unit, read.principal.unit}:
        order.case.check_shown_to(unit)
    return order, assignment


def look_at(order: WorkOrder, who: Principal, purpose: str, unit: str) -> Look:
    return Look(order.case.case_id, order.home_city, unit, who.id[:200], purpose)


# -- what units and the office wrote -----------------------------------------------------------------------------------


def passages_shown(page: SealedPage, questions: Questions) -> PassagePage:
    sealed = {str(n): p.sealed for n, (p, _) in enumerate(page.passages) if p.sealed}
    opened = opened_texts(page.look, sealed, questions)
    texts = (opened.get(str(n), UNREADABLE) if p.sealed else staff for n, (p, staff) in enumerate(page.passages))
    shown = [PassageView(p.kind, p.unit, p.at, text) for (p, _), text in zip(page.passages, texts, strict=True)]
    return PassagePage(shown, page.next_page_token)


def opened_texts(look: Look, sealed: Mapping[str, Sealed], questions: Questions) -> dict[str, str]:
    """By the same ids; what cannot be opened is absent. Raises CannotBeOpenedNow."""
    given = [_given(id, one) for id, one in sealed.items()]
    return _opened(questions, "reveal_passages", look, passages=given) if given else {}


def _given(id: str, sealed: Sealed) -> dict[str, str]:
    return {"id": id, "field": sealed.field, "ciphertext": b64encode(sealed.ciphertext).decode()}


@queries.on(RevealPassages, roles=READERS | LINE | {Role.UNIT, Role.PROVINCE}, then=passages_shown)
def reveal_passages(query: RevealPassages, read: Read, *, sealing: Sealing, lines: Lines) -> SealedPage:
    order, who = order_seen(query.name, read), looking(read, lines, city_of(query.name))
    if not who.has(*READERS, Role.UNIT) and not _asked_by(who, order, read):
        raise NotFound()
    all_of_it = not who.has(Role.UNIT, Role.LINE_DEPARTMENT) or who.has(*READERS)
    unit = "" if all_of_it else who.unit
    found = passages(order, who.unit) if all_of_it else passages_for(order, unit)
    if who.has(Role.LINE_DEPARTMENT):
        found = [passage for passage in found if passage.kind not in WITHIN_THE_UNIT]
    before = int(query.page_token or len(found))
    page = _page(found[:before], query.page_size or DEFAULT_PAGE)
    left = min(before, len(found)) - len(page)
    named = [(passage, staff_name(order, passage, sealing)) for passage in page]
    look = look_at(order, who, query.purpose, responsible_for(order, unit))
    return SealedPage(look, named, str(left) if left else "")


def _asked_by(who: Principal, order: WorkOrder, read: Read) -> bool:
    """The province's office, or a line's department, reads the words of an order only where it has asked about it."""
    entries = read.find_by(Supervision, "work_order_id", order.id)
    if who.has(Role.LINE_DEPARTMENT):
        return any(entry.line == who.line != "" for entry in entries)
    return any(entry.by_province for entry in entries)


def responsible_for(order: WorkOrder, unit: str) -> str:
    """Intake knows the unit that answers for the order; the look itself names the person of the section."""
    passed = held_by(order, unit)
    return order.assignment(passed.assignment_id).unit if passed else unit


def _page(found: list[Passage], most: int) -> list[Passage]:
    """From the end backwards, at least one if there is one."""
    page: list[Passage] = []
    size = 0
    for passage in reversed(found):
        size += len(passage.sealed.ciphertext) if passage.sealed else 0
        if len(page) == most or (page and size > MOST_BYTES):
            break
        page.append(passage)
    return page


def staff_name(order: WorkOrder, passage: Passage, sealing: Sealing) -> str:
    try:
        return sealing.open_own(order, passage.kind, passage.staff) if passage.staff else ""
    except CannotOpen:
        log.error("unreadable_passage", subject=order.case.case_id, field=passage.kind)
        return UNREADABLE


# -- intake ------------------------------------------------------------------------------------------------------------


def _opened(questions: Questions, question: str, look: Look, **more: Any) -> dict[str, str]:
    """What only this question can read of intake's answer. Raises CannotBeOpenedNow.

    The right was checked here: that intake finds nothing tells that it has not heard yet of the unit.
    """
    box = ReplyBox()
    key = b64encode(box.public_key).decode()
    try:
        answer = questions.ask(
            system("dispatch"), "intake", question, limit=LIMIT_SECONDS,
            case_id=look.case_id, city=look.city, unit=look.unit, viewer=look.viewer, purpose=look.purpose,
            reply_key=key, **more,
        )  # fmt: skip
        return box.open(b64decode(answer["sealed"]))
    except (DomainError, CannotOpen, LookupError, TypeError, ValueError) as error:
        log.warning("not_opened", question=question, subject=look.case_id, error=type(error).__name__)
        raise CannotBeOpenedNow() from None
