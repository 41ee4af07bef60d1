"""CorrectCase, SetCaseLimit and LiftCaseLimit through the pipeline."""

from datetime import timedelta

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import VersionMovedOn
from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, NAME, PINGLI, SUPERVISOR, Desk, citizen_of, principal

DISPATCHER = principal(Role.DISPATCHER)
LAW = {
    "ground": "other_law",
    "rank": "law",
    "title": "噪声污染防治法",
    "article": "9",
    "limit_amount": 10,
    "limit_unit": "working_day",
}


def test_a_dispatcher_corrects_a_case_in_handling_and_everybody_is_told(desk: Desk) -> None:
    case = desk.accept(item="23")
    desk.dispatched(case.name)
    view = desk.do(DISPATCHER, "CorrectCase", name=case.name, category="consultation", item="")
    assert (view.category, view.item, view.state) == ("consultation", "", "in_handling")
    told = dict(desk.events())["case_corrected"]
    assert (told["old_category"], told["old_item"], told["corrected_by"]) == ("complaint", "23", DISPATCHER.id)
    assert told["accepted_at"] == dict(desk.events())["case_accepted"]["accepted_at"]


def test_what_is_absent_stays_as_it_is(desk: Desk) -> None:
    case = desk.accept(item="23", area="350102")
    view = desk.do(DISPATCHER, "CorrectCase", name=case.name, item="7")
    assert (view.category, view.item, view.area) == ("complaint", "07", "350102")


def test_the_seat_corrects_only_what_is_not_dispatched(desk: Desk) -> None:
    case = desk.accept()
    assert desk.do(AGENT, "CorrectCase", name=case.name, category="help").category == "help"
    desk.dispatched(case.name)
    with pytest.raises(errors.DispatchedAlready):
        desk.do(AGENT, "CorrectCase", name=case.name, category="complaint")


def test_what_is_replied_or_unknown_or_moved_on_is_refused(desk: Desk) -> None:
    case = desk.replied()
    for command in ("CorrectCase", "SetCaseLimit", "LiftCaseLimit"):
        fields = {"CorrectCase": {"category": "help"}, "SetCaseLimit": LAW}.get(command, {"ground": "other_law"})
        with pytest.raises(errors.CaseNotInHand):
            desk.do(DISPATCHER, command, name=case.name, **fields)
    other = desk.accept()
    with pytest.raises(errors.UnknownCategory):
        desk.do(DISPATCHER, "CorrectCase", name=other.name, category="tea")
    with pytest.raises(errors.UnknownItem):
        desk.do(DISPATCHER, "CorrectCase", name=other.name, item="99")
    with pytest.raises(VersionMovedOn):
        desk.do(DISPATCHER, "CorrectCase", name=other.name, category="help", version=99)
    for who in (SUPERVISOR, citizen_of(other), principal(Role.DISPATCHER, PINGLI)):
        with pytest.raises(PermissionDenied):
            desk.do(who, "CorrectCase", name=other.name, category="help")


def test_a_limit_of_other_law_is_kept_shown_told_and_lifted(desk: Desk) -> None:
    case = desk.accept()
    view = desk.do(SUPERVISOR, "SetCaseLimit", name=case.name, **LAW)
    assert [(one.title, one.limit_amount) for one in view.own_limits] == [("噪声污染防治法", 10)]
    assert dict(desk.events())["case_limit_set"]["cited"] == "《噪声污染防治法》第9条（法律）"
    assert desk.do(DISPATCHER, "LiftCaseLimit", name=case.name, ground="other_law").own_limits == []
    assert desk.told() == ["case_accepted", "case_limit_set", "case_limit_lifted"]
    with pytest.raises(PermissionDenied):
        desk.do(AGENT, "SetCaseLimit", name=case.name, **LAW)


def test_the_citizen_reads_of_it_in_the_progress(desk: Desk) -> None:
    case = desk.accept()
    due = desk.clock.now() + timedelta(days=2)
    desk.do(DISPATCHER, "SetCaseLimit", name=case.name, ground="agreement", due_time=due)
    lines = desk.ask(AGENT, "LookUpProgress", number=case.number, phone="13800138000").lines
    assert lines[-1].zh == "办理期限已按规定或约定另行确定"


def test_the_citizen_sees_the_law_and_not_the_leader(desk: Desk) -> None:
    case = desk.accept()
    due = desk.clock.now() + timedelta(days=2)
    desk.do(DISPATCHER, "SetCaseLimit", name=case.name, ground="leader", due_time=due)
    view = desk.do(DISPATCHER, "SetCaseLimit", name=case.name, **LAW)
    assert [one.ground for one in view.own_limits] == ["leader", "other_law"]
    assert [one.ground for one in desk.case(case.name).own_limits] == ["leader", "other_law"]
    assert [one.ground for one in desk.case(case.name, citizen_of(case)).own_limits] == ["other_law"]


def test_a_name_that_somebody_typed_into_the_title_does_not_travel(desk: Desk) -> None:
    case = desk.accept()
    desk.do(DISPATCHER, "SetCaseLimit", name=case.name, **LAW | {"title": f"{NAME}的办法"})
    assert NAME not in str(desk.events())
