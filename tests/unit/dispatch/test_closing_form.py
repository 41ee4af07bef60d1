"""What each pack wants of the closing form (办结)."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import closing_form, handling
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.errors import CitizenNotAnswered, FieldRequired, ValueNotAllowed
from services.dispatch.domain.notes import AttachmentNote
from services.dispatch.domain.work_order import WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
NOW = datetime(2026, 9, 24, tzinfo=UTC)
FULL = {
    "result": "r",
    "result_kind": "solved",
    "handler": "h",
    "legal_basis": "b",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}


def new_order(pack: str, category: str) -> WorkOrder:
    case = CaseCopy("case-1", "350100-20260924-000001-7", category, citizen_reachable=True)
    order = WorkOrder("order-1", "350100", pack, case, 1, NOW)
    ids = (f"id-{n}" for n in count(1))
    order.dispatch(Choice("a"), ids=ids, now=NOW)
    order.active()[0].answered_at = NOW
    return order


def check(pack: str, category: str = "complaint", *, answered: bool = True, **form: str) -> None:
    order = new_order(pack, category)
    lead = order.active()[0]
    lead.answered_at = NOW if answered else None
    handling.check_form(order, lead, FULL | form, PACKS[pack].form)
    handling.check_answered(order, lead, PACKS[pack].form)


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_a_full_form_of_an_answered_citizen_passes(pack: str) -> None:
    check(pack)


@pytest.mark.parametrize("pack", sorted(PACKS))
@pytest.mark.parametrize("kind", ["adopted", "partly_adopted", "not_adopted"])
def test_a_suggestion_is_adopted_partly_or_not(pack: str, kind: str) -> None:
    check(pack, "suggestion", result_kind=kind)


def test_in_fujian_the_reply_to_a_suggestion_says_whether_it_is_adopted() -> None:
    with pytest.raises(ValueNotAllowed):
        check("fujian-2016", "suggestion", result_kind="solved")
    check("shuangyashan-2024", "suggestion", result_kind="solved")


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_what_cannot_be_solved_now_is_a_kind_of_result_of_its_own(pack: str) -> None:
    check(pack, result_kind="cannot_now")
    with pytest.raises(CitizenNotAnswered):
        check(pack, result_kind="cannot_now", answered=False)


def test_pingli_wants_the_legal_basis() -> None:
    with pytest.raises(FieldRequired) as refused:
        check("pingli-2018", legal_basis="")
    assert "P18-18" in str(refused.value)
    check("fujian-2016", legal_basis="")


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_the_handler_is_named(pack: str) -> None:
    with pytest.raises(FieldRequired):
        check(pack, handler="")


# -- the section and the leader (F16 art. 18), the decision to file (P18 art. 15(3)) -----------------------------------


@pytest.mark.parametrize("field", ["section", "reviewed_by"])
def test_in_fujian_the_section_and_the_leader_who_reviewed_it_are_named(field: str) -> None:
    with pytest.raises(FieldRequired) as refused:
        check("fujian-2016", **{field: ""})
    assert "F16-19" in str(refused.value)
    check("pingli-2018", **{field: ""})


def filed(category: str = "complaint", pack: str = "pingli-2018", **form: str) -> None:
    order = new_order(pack, category)
    order.attachments = [AttachmentNote("file-1", "application/pdf", 1)]
    rules, full = PACKS[pack].form, FULL | form
    handling.check_form(order, order.active()[0], full, rules)
    closing_form.check_filing(order, full, rules, today=date(2026, 9, 24))


NUMBER = {"filing": "filed", "filing_number": "12号"}


@pytest.mark.parametrize(
    "form",
    [
        {"filing": "none"},
        NUMBER | {"filing_date": "2026-09-24"},
        {"filing": "filed", "filing_document": "file-1"},
        {"filing": "not_filed", "not_filed_reason": "违法事实不成立"},
    ],
)
def test_a_complaint_in_pingli_says_what_was_decided_about_filing(form: dict[str, str]) -> None:
    filed(**form)
    filed("report", **form)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"filing": ""}, "filing"),
        (NUMBER, "filing_date"),
        ({"filing": "filed", "filing_date": "2026-09-24"}, "filing_number"),
        ({"filing": "not_filed"}, "not_filed_reason"),
    ],
)
def test_what_the_decision_lacks_is_named_with_its_article(form: dict[str, str], field: str) -> None:
    with pytest.raises(FieldRequired) as refused:
        filed(**form)
    assert (refused.value.field, "P18-18" in str(refused.value)) == (field, True)


@pytest.mark.parametrize(
    "form",
    [
        {"filing": "none", "filing_number": "12号"},
        {"filing": "filed", "filing_document": "file-1", "not_filed_reason": "无"},
        NUMBER | {"filing_date": "2026-09-25"},
        NUMBER | {"filing_date": "2026-09-31"},
        {"filing": "filed", "filing_document": "file-2"},
    ],
)
def test_a_form_that_contradicts_itself_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(ValueNotAllowed):
        filed(**form)


def test_only_complaints_and_reports_and_only_in_pingli_need_it() -> None:
    filed("consultation", filing="")
    filed("complaint", "fujian-2016", filing="")


# -- the class of a redo (P18 art. 19) ---------------------------------------------------------------------------------


def classed(pack: str = "pingli-2018", round: int = 2, **form: str) -> None:
    order = new_order(pack, "complaint")
    order.round = round
    closing_form.check_redo_class(order, FULL | form, PACKS[pack].redo)


def test_a_redo_names_its_class_and_what_is_beyond_the_unit_has_its_statement() -> None:
    classed(redo_class="can_be_done")
    classed(redo_class="not_answered")
    classed(redo_class="beyond", statement="已依法履责")
    classed("fujian-2016")
    classed(round=1)


@pytest.mark.parametrize(("form", "field"), [({}, "redo_class"), ({"redo_class": "beyond"}, "statement")])
def test_a_redo_without_its_class_or_its_statement_is_refused(form: dict[str, str], field: str) -> None:
    with pytest.raises(FieldRequired) as refused:
        classed(**form)
    assert (refused.value.field, "P18-22" in str(refused.value)) == (field, True)


@pytest.mark.parametrize(
    ("pack", "round", "form"),
    [
        ("pingli-2018", 1, {"redo_class": "can_be_done"}),
        ("pingli-2018", 1, {"statement": "已依法履责"}),
        ("pingli-2018", 2, {"redo_class": "whatever"}),
        ("fujian-2016", 2, {"redo_class": "can_be_done"}),
    ],
)
def test_no_class_is_made_up(pack: str, round: int, form: dict[str, str]) -> None:
    with pytest.raises(ValueNotAllowed):
        classed(pack, round, **form)
