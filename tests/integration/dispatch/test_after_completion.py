"""After the answer: ratings that are verified and redone, return visits, a matter that comes again."""

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import StepNotAllowed
from services.dispatch.application import messages as m
from services.dispatch.application.views import WorkOrderView
from tests.integration.dispatch.conftest import Desk, office


def test_a_dissatisfied_rating_is_verified_and_redone(desk: Desk) -> None:
    desk.accept()
    order = desk.completed()
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    assert desk.order().state == "under_verification"
    redone = desk.do(office(), m.VerifyRating, name=order.name, finding="unit_at_fault", evidence="未到现场")
    assert (redone.state, redone.round) == ("dispatched", 2)
    assert desk.published()[-4:] == ["verification_opened", "rating_verified", "redo_ordered", "work_order_dispatched"]
    assert redone.number.endswith("-02-1")


def test_what_is_being_verified_neither_completes_nor_goes_out_by_hand(desk: Desk) -> None:
    desk.accept()
    order = desk.completed()
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    told = desk.published()
    for command, fields in ((m.CompleteWorkOrder, {}), (m.DispatchWorkOrder, {"lead": "350100-market"})):
        with pytest.raises(StepNotAllowed):
            desk.do(office(), command, name=order.name, **fields)
    assert (desk.order().state, desk.published()) == ("under_verification", told)


def test_only_a_supervisor_finds_a_rating_unreasonable(desk: Desk) -> None:
    desk.accept()
    order = desk.completed()
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], round=1, handling_satisfied=False)
    found = {"name": order.name, "finding": "unreasonable", "evidence": "诉求超出法律规定"}
    with pytest.raises(PermissionDenied):
        desk.do(office(), m.VerifyRating, **found)
    assert desk.do(office(role=Role.SUPERVISOR), m.VerifyRating, **found).state == "completed"


def test_pingli_redoes_at_once_and_only_once(desk: Desk) -> None:
    desk.accept(city="610926", pack="pingli-2018@1.0.0")
    for round in (1, 2):
        desk.completed("610926")
        desk.hear("intake.case_rated.v1", "610926", round=round, handling_satisfied=False)
    assert desk.order(city="610926").state == "completed"
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_ordered", "redo_declined"]


def _repeat(desk: Desk, **more: str) -> WorkOrderView:
    """A case that was answered by the unit a dispatcher chose, and comes again."""
    city, pack = "610926", "pingli-2018@1.0.0"
    desk.accept(city=city, pack=pack, masked_subject="你好", masked_text="有事想反映一下")
    desk.do(office(city), m.DispatchWorkOrder, name=desk.order(city=city).name, lead="610926-health")
    desk.completed(city)
    desk.accept(city=city, pack=pack, case_id="case-2", explain_only=True, repeated_case_id="case-1", **more)
    again: WorkOrderView = desk.order("case-2", city)
    return again


def test_a_repeat_goes_to_the_unit_that_answered_it_for_explanation_only(desk: Desk) -> None:
    order = _repeat(desk)
    assert [a.unit for a in order.assignments] == ["610926-health"]
    assert order.explain_only
    assert desk.payloads("work_order_dispatched")[-1]["explain_only"]
    route = desk.runtime.query(office("610926"), m.ExplainRoute(name=order.name))
    assert (route.step, route.rule) == ("repeat", "P18-10")
    assert "仅作说明" in route.zh


def test_a_repeat_about_the_unit_that_answered_it_goes_elsewhere(desk: Desk) -> None:
    assert "610926-health" not in {a.unit for a in _repeat(desk, respondent_unit="610926-health").assignments}


def test_what_was_only_explained_is_not_done_again(desk: Desk) -> None:
    _repeat(desk)
    desk.completed("610926", "case-2")
    desk.hear("intake.case_rated.v1", "610926", "case-2", round=1, handling_satisfied=False)
    assert desk.order("case-2", "610926").state == "completed"
    assert [e for e in desk.published() if e.startswith("redo")] == ["redo_declined"]


@pytest.mark.parametrize(
    ("city", "pack", "said", "state"),
    [
        ("230500", "shuangyashan-2024", {"satisfied": False}, "under_verification"),
        ("230500", "shuangyashan-2024", {"solved": False}, "under_verification"),
        ("230500", "shuangyashan-2024", {"solved": False, "may_redo": False}, "completed"),
        ("230500", "shuangyashan-2024", {"solved": True}, "completed"),
        ("350100", "fujian-2016", {"solved": False}, "completed"),
    ],
)
def test_a_return_visit_opens_a_verification_where_the_pack_says_so(
    desk: Desk, city: str, pack: str, said: dict[str, bool], state: str
) -> None:
    desk.accept(city=city, pack=f"{pack}@1.0.0")
    order = desk.completed(city)
    visit = {"work_order_id": order.name.rpartition("/")[2], "round": 1, "reached": True, "may_redo": True}
    desk.hear("intake.revisit_recorded.v1", city, **(visit | said))
    assert desk.order(city=city).state == state


@pytest.mark.parametrize("round", [1, 2])
def test_a_dissatisfied_return_visit_is_kept_also_when_nothing_follows_from_it(desk: Desk, round: int) -> None:
    """The rating of the round is being verified already, or the visit was of the round before a redo."""
    city = "230500"
    desk.accept(city=city, pack="shuangyashan-2024@1.0.0")
    order = desk.completed(city)
    desk.hear("intake.case_rated.v1", city, round=1, handling_satisfied=False)
    if round == 2:
        desk.do(office(city), m.VerifyRating, name=order.name, finding="unit_at_fault", evidence="未到现场")
    before = desk.order(city=city)
    assert before.round == round
    visit = {"work_order_id": order.name.rpartition("/")[2], "round": 1, "reached": True, "may_redo": True}
    desk.hear("intake.revisit_recorded.v1", city, **visit, satisfied=False)
    seen = desk.runtime.query(office(city), m.GetWorkOrder(name=order.name))
    assert [(said.kind, said.round, said.satisfied) for said in seen.evaluations[1:]] == [("revisit", 1, False)]
    assert (seen.state, seen.round, seen.supervisions) == (before.state, round, before.supervisions)
