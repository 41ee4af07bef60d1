"""MarkCase and UnmarkCase through the pipeline, and who sees what."""

from datetime import timedelta

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import VersionMovedOn
from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, NAME, PINGLI, SUPERVISOR, Desk, citizen_of, principal

DISPATCHER = principal(Role.DISPATCHER)
LEADER = {"kind": "leader_instruction", "document": "榕政办〔2026〕12号"}


def test_a_marked_case_is_told_of_and_each_change_is_kept(desk: Desk) -> None:
    case = desk.accept()
    view = desk.do(SUPERVISOR, "MarkCase", name=case.name, **LEADER)
    assert [(m.kind, m.document, m.set_by) for m in view.attention_marks] == [(*LEADER.values(), SUPERVISOR.id)]
    desk.pass_time(hours=1)
    view = desk.do(SUPERVISOR, "UnmarkCase", name=case.name, kind="leader_instruction")
    assert view.attention_marks == []
    assert [(c.change, c.change_time - view.accept_time) for c in view.mark_changes] == [
        ("marked", timedelta(0)),
        ("unmarked", timedelta(hours=1)),
    ]
    assert desk.told() == ["case_accepted", "case_marked", "case_unmarked"]
    assert "document" not in dict(desk.events())["case_marked"]


def test_only_the_roles_of_the_pack_see_a_mark(desk: Desk) -> None:
    case = desk.accept()
    for kind in ("leader_instruction", "media", "sensitive"):
        desk.do(SUPERVISOR, "MarkCase", name=case.name, kind=kind, document="榕政办〔2026〕12号")
    seen = {
        who.id: [m.kind for m in desk.case(case.name, who).attention_marks]
        for who in (SUPERVISOR, DISPATCHER, AGENT, citizen_of(case))
    }
    assert list(seen.values()) == [
        ["leader_instruction", "media", "sensitive"],
        ["leader_instruction", "media"],
        ["media"],
        [],
    ]
    assert desk.case(case.name, citizen_of(case)).mark_changes == []
    (listed,) = desk.ask(AGENT, "ListCases", city="350100").cases
    assert [m.kind for m in listed.attention_marks] == ["media"]
    assert "标注" not in str(desk.ask(AGENT, "LookUpProgress", number=case.number, phone="13800138000"))


def test_only_a_supervisor_of_the_city_marks(desk: Desk) -> None:
    case = desk.accept()
    for who in (AGENT, DISPATCHER, citizen_of(case), principal(Role.SUPERVISOR, PINGLI)):
        with pytest.raises(PermissionDenied):
            desk.do(who, "MarkCase", name=case.name, **LEADER)
        with pytest.raises(PermissionDenied):
            desk.do(who, "UnmarkCase", name=case.name, kind="media")


def test_its_own_limit_is_the_leaders_limit_of_the_case(desk: Desk) -> None:
    case = desk.accept()
    due = desk.clock.now() + timedelta(days=2)
    view = desk.do(SUPERVISOR, "MarkCase", name=case.name, **LEADER, due_time=due)
    assert [(own.ground, own.due_time) for own in view.own_limits] == [("leader", due)]
    assert desk.told() == ["case_accepted", "case_limit_set", "case_marked"]
    assert desk.case(case.name, citizen_of(case)).own_limits == []
    assert desk.do(SUPERVISOR, "UnmarkCase", name=case.name, kind="leader_instruction").own_limits == []


def test_what_cannot_be_marked_is_refused(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(errors.UnknownMark):
        desk.do(SUPERVISOR, "MarkCase", name=case.name, kind="rumour")
    with pytest.raises(errors.DocumentMissing):
        desk.do(SUPERVISOR, "MarkCase", name=case.name, kind="delegate")
    with pytest.raises(VersionMovedOn):
        desk.do(SUPERVISOR, "MarkCase", name=case.name, **LEADER, version=99)
    registered = desk.register(text="另一件事，楼道里的灯也坏了").case
    with pytest.raises(errors.CaseNotMarkable):
        desk.do(SUPERVISOR, "MarkCase", name=registered.name, **LEADER)
    assert desk.told() == ["case_accepted"]


def test_a_name_that_somebody_typed_into_the_number_is_masked(desk: Desk) -> None:
    case = desk.accept()
    view = desk.do(SUPERVISOR, "MarkCase", name=case.name, kind="media", document=f"{NAME}来信")
    assert NAME not in view.attention_marks[0].document
