"""What each pack wants of the closing form (办结)."""

from datetime import UTC, datetime
from itertools import count

import pytest

from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import handling
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.errors import CitizenNotAnswered, FieldRequired, ValueNotAllowed
from services.dispatch.domain.work_order import Choice, WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
NOW = datetime(2026, 9, 24, tzinfo=UTC)
FULL = {"result": "r", "result_kind": "solved", "handler": "h", "legal_basis": "b"}


def check(pack: str, category: str = "complaint", *, answered: bool = True, **form: str) -> None:
    case = CaseCopy("case-1", "350100-20260924-000001-7", category, citizen_reachable=True)
    order = WorkOrder("order-1", "350100", pack, case, 1, NOW)
    ids = (f"id-{n}" for n in count(1))
    order.dispatch(Choice("a"), ids=ids, now=NOW)
    lead = order.active()[0]
    lead.answered_at = NOW if answered else None
    handling.check_form(order, lead, FULL | form, PACKS[pack].form)


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
