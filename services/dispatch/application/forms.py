"""办结单 with two faces: whole for the lead unit and the office, and as the citizen may have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chassis.access import Role
from chassis.domain import NotFound, Sealed
from chassis.message import city_of, id_of
from chassis.questions import Questions
from chassis.work import Read
from services.dispatch.application.desk import Desk
from services.dispatch.application.form_views import (
    CitizenClosingFormsView,
    CitizenClosingFormView,
    ClosingFormView,
)
from services.dispatch.application.loading import order_seen
from services.dispatch.application.messages import GetCitizenClosingForms, GetClosingForm
from services.dispatch.application.ports import Orders, Page, Sealing
from services.dispatch.application.queries import OFFICE, queries
from services.dispatch.application.revealing import UNREADABLE, Look, look_at, opened_texts, staff_name
from services.dispatch.application.views import case_name, order_name
from services.dispatch.domain import leader_review
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.notes import Reply
from services.dispatch.domain.passages import Passage
from services.dispatch.domain.reply_errors import NoReplyYet
from services.dispatch.domain.states import State
from services.dispatch.domain.work_order import WorkOrder

# What the review has accepted; what is done again is no result for the citizen any more.
ACCEPTED = frozenset({State.COMPLETED, State.UNDER_VERIFICATION})
OF_STAFF = ("handler", "section", "reviewed_by")
OWN_FORM = "查阅办结单"
MOST_ORDERS = 50


@dataclass(frozen=True)
class Form:
    """The form of one order, its texts still sealed; names of staff are opened only for those who may read them."""

    order: WorkOrder
    reply: Reply
    by: Assignment
    unit_name: str
    staff: Mapping[str, str]

    def sealed(self, field: str) -> Sealed | None:
        text: Sealed | None = getattr(self.reply, field)
        return text


@dataclass(frozen=True)
class Forms:
    look: Look
    forms: list[Form]


TEXTS = ("result", "legal_basis", "filing_number", "not_filed_reason", "statement")


def _clear(page: Forms, fields: Iterable[str], questions: Questions) -> list[dict[str, str]]:
    """The texts of each form, asked for at once."""
    sealed = {
        f"{n}-{field}": text for n, form in enumerate(page.forms) for field in fields if (text := form.sealed(field))
    }
    opened = opened_texts(page.look, sealed, questions)
    return [
        {field: opened.get(f"{n}-{field}", UNREADABLE) if f"{n}-{field}" in sealed else "" for field in TEXTS}
        for n in range(len(page.forms))
    ]


# -- for the unit and the office ---------------------------------------------------------------------------------------


def form_shown(page: Forms, questions: Questions) -> ClosingFormView:
    (form,) = page.forms
    (text,) = _clear(page, TEXTS, questions)
    order, reply, by = form.order, form.reply, form.by
    document = reply.filing_document
    return ClosingFormView(
        work_order=order_name(order),
        number=order.number,
        category=order.case.category,
        unit=by.unit,
        unit_name=form.unit_name,
        co_units=[a.unit for a in order.active() if not a.is_lead],
        round=order.round,
        result_kind=reply.result_kind,
        result=text["result"],
        legal_basis=text["legal_basis"],
        handler=form.staff["handler"],
        section=form.staff["section"],
        reviewed_by=form.staff["reviewed_by"],
        filing=reply.filing,
        filing_number=text["filing_number"],
        filing_date=reply.filing_date,
        filing_document=f"{case_name(order)}/attachments/{document}" if document else "",
        not_filed_reason=text["not_filed_reason"],
        redo_class=reply.redo_class,
        statement=text["statement"],
        dispatch_time=order.dispatched_at,
        sign_time=by.signed_at,
        contact_time=by.contacted_at,
        answer_time=by.answered_at,
        answer_method=by.answered_by,
        reply_time=reply.submitted_at,
        accept_time=reply.accepted_at,
        handled_as=order.handled_as,
        leader_review_time=reply.leader_reviewed_at,
    )


@queries.on(GetClosingForm, roles=OFFICE | {Role.UNIT, Role.UNIT_LEADER}, then=form_shown)
def get_closing_form(query: GetClosingForm, read: Read, *, desk: Desk, sealing: Sealing) -> Forms:
    """Of this round. Raises NoReplyYet, NotFound for a unit that does not lead."""
    order, who = order_seen(query.name, read), read.principal
    unit = "" if who.has(*OFFICE) else who.unit
    if not who.has(*OFFICE) and (order.lead is None or not unit or order.lead.unit != unit):
        raise NotFound()
    # What its leader has not let out yet is the unit's own.
    draft = leader_review.stage(order) if unit else None
    reply = draft.draft.reply if draft else order.reply
    if reply is None:
        raise NoReplyYet()
    staff = {
        field: staff_name(order, Passage(f"reply.{field}", "", read.now, staff=getattr(reply, field)), sealing)
        for field in OF_STAFF
    }
    return Forms(look_at(order, who, query.purpose, unit), [_form(order, reply, desk, staff)])


def _form(order: WorkOrder, reply: Reply, desk: Desk, staff: Mapping[str, str]) -> Form:
    by = order.assignment(reply.assignment_id)
    return Form(order, reply, by, desk.directory(order.city).name_of(by.unit), staff)


# -- for the citizen ---------------------------------------------------------------------------------------------------

SHOWN = ("result", "legal_basis", "filing_number", "not_filed_reason")


def citizens_forms_shown(page: Forms, questions: Questions) -> CitizenClosingFormsView:
    texts = _clear(page, SHOWN, questions) if page.forms else []
    return CitizenClosingFormsView(
        [
            CitizenClosingFormView(
                number=form.order.case.number,
                unit=form.unit_name,
                round=form.order.round,
                result_kind=form.reply.result_kind,
                result=text["result"],
                legal_basis=text["legal_basis"],
                filing=form.reply.filing,
                filing_number=text["filing_number"],
                filing_date=form.reply.filing_date,
                not_filed_reason=text["not_filed_reason"],
                answer_time=form.by.answered_at,
                answer_method=form.by.answered_by,
                complete_time=form.reply.accepted_at,
            )
            for form, text in zip(page.forms, texts, strict=True)
        ]
    )


@queries.on(GetCitizenClosingForms, roles={Role.AGENT, Role.CITIZEN}, then=citizens_forms_shown)
def get_citizen_closing_forms(query: GetCitizenClosingForms, read: Read, *, desk: Desk, orders: Orders) -> Forms:
    """Of every order of the case that the review has accepted; a seat reads them to the citizen."""
    who, case_id = read.principal, id_of(query.name, "cases")
    found = orders.page(read, Page(city_of(query.name), case_id=case_id, size=MOST_ORDERS))
    own = who.has(Role.AGENT) or (who.citizen_id and all(o.case.citizen_id == who.citizen_id for o in found))
    if not found or not own:
        raise NotFound()
    forms = [_form(o, o.reply, desk, {}) for o in found if o.reply and o.state in ACCEPTED]
    return Forms(look_at(found[0], who, OWN_FORM, ""), forms)
