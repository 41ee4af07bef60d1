"""Clues of malicious claims: who hands them over, what the police are told, who looks, and how they end."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, StepNotAllowed, VersionMovedOn
from services.intake.domain.clue_errors import ClueHandedOverAlready, NotForThePolice
from services.intake.domain.errors import CitizenErased
from tests.integration.intake.conftest import (
    ADDRESS,
    AGENT,
    NAME,
    PHONE,
    PINGLI,
    SHUANGYASHAN,
    SUPERVISOR,
    Desk,
    principal,
)

EVIDENCE = "欧阳明月当日拨打四十余次，辱骂话务员，见通话录音。"


def refused(desk: Desk, ground: str, city: str, **more: Any) -> str:
    agent = principal(Role.AGENT, city)
    name = str(desk.register(agent, city=city, **more).case.name)
    desk.do(agent, "RefuseCase", name=name, ground=ground)
    return name


def handed_over(desk: Desk, who: Principal, case: str) -> Any:
    return desk.do(who, "HandOverClue", name=case, evidence=EVIDENCE)


def test_what_is_known_of_a_malicious_claim_goes_to_the_police_and_comes_to_an_end(desk: Desk) -> None:
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    case = refused(desk, "malicious", PINGLI)
    clue = handed_over(desk, supervisor, case)
    assert (clue.state, clue.ground, clue.basis, clue.duty, clue.decided_by) == (
        "handed_over", "malicious", "P18-35 34", "police", supervisor.id,
    )  # fmt: skip
    told = dict(desk.events())["clue_handed_over"]
    assert (told["duty"], told["ground"], told["decided_by"]) == ("police", "malicious", supervisor.id)
    assert EVIDENCE not in str(told)
    desk.do(supervisor, "AcknowledgeClue", name=clue.name, receipt="PG-2026-0001")
    ended = desk.do(supervisor, "ConcludeClue", name=clue.name, result="warned")
    assert (ended.state, ended.result) == ("concluded", "warned")
    assert desk.told()[-3:] == ["clue_handed_over", "clue_acknowledged", "clue_concluded"]
    (listed,) = desk.ask(supervisor, "ListClues", city=PINGLI, state="concluded").clues
    assert listed == ended
    assert desk.ask(supervisor, "ListClues", city=PINGLI, state="handed_over").clues == []


def test_a_disturbance_under_the_national_overlay_is_for_the_police_too(desk: Desk) -> None:
    case = refused(desk, "disturbance", SHUANGYASHAN)
    assert handed_over(desk, principal(Role.SUPERVISOR, SHUANGYASHAN), case).basis == "N25-04 2"


def test_nothing_else_goes_to_the_police(desk: Desk) -> None:
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    for case in (refused(desk, "incomplete", PINGLI), desk.accept(principal(Role.AGENT, PINGLI), city=PINGLI).name):
        with pytest.raises(NotForThePolice):
            handed_over(desk, supervisor, case)


def test_only_a_supervisor_of_the_city_decides_and_only_once(desk: Desk) -> None:
    case = refused(desk, "malicious", PINGLI)
    for stranger in (principal(Role.AGENT, PINGLI), principal(Role.DISPATCHER, PINGLI), SUPERVISOR):
        with pytest.raises(PermissionDenied):
            handed_over(desk, stranger, case)
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    clue = handed_over(desk, supervisor, case)
    with pytest.raises(ClueHandedOverAlready):
        handed_over(desk, supervisor, case)
    with pytest.raises(NotFound):
        desk.do(SUPERVISOR, "ConcludeClue", name=clue.name.replace(PINGLI, "350100"), result="warned")
    with pytest.raises(VersionMovedOn):
        desk.do(supervisor, "ConcludeClue", name=clue.name, result="warned", version=9)


def test_a_concluded_clue_stays_concluded(desk: Desk) -> None:
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    clue = handed_over(desk, supervisor, refused(desk, "malicious", PINGLI))
    with pytest.raises(BadFields):
        desk.do(supervisor, "ConcludeClue", name=clue.name, result="jailed")
    desk.do(supervisor, "ConcludeClue", name=clue.name, result="not_taken")
    for step, more in (("AcknowledgeClue", {"receipt": "1"}), ("ConcludeClue", {"result": "warned"})):
        with pytest.raises(StepNotAllowed):
            desk.do(supervisor, step, name=clue.name, **more)


def test_the_material_is_opened_for_the_police_and_each_look_is_written_down(desk: Desk) -> None:
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    clue = handed_over(desk, supervisor, refused(desk, "malicious", PINGLI))
    dossier = desk.ask(supervisor, "RevealClue", name=clue.name, purpose="移交平利县公安局")
    assert (dossier.evidence, dossier.name, dossier.phone, dossier.address) == (EVIDENCE, NAME, PHONE, ADDRESS)
    (look,) = [row for row in desk.rows("select principal, what, purpose from look") if row[1] == "clue"]
    assert look == (supervisor.id, "clue", "移交平利县公安局")
    with pytest.raises(PermissionDenied):
        desk.ask(AGENT, "RevealClue", name=clue.name, purpose="好奇")


def test_an_erased_citizen_leaves_no_evidence(desk: Desk) -> None:
    supervisor = principal(Role.SUPERVISOR, PINGLI)
    clue = handed_over(desk, supervisor, refused(desk, "malicious", PINGLI))
    citizen = desk.ask(principal(Role.AGENT, PINGLI), "GetCase", name=clue.case).citizen
    desk.do(supervisor, "EraseCitizen", name=citizen, reason="本人申请")
    with pytest.raises(CitizenErased):
        desk.ask(supervisor, "RevealClue", name=clue.name, purpose="移交平利县公安局")
    assert desk.rows("select body->>'evidence' from clue") == [(None,)]
