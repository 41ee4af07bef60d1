"""Return visits that are due, as seats list and make them, through the real store."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from tests.integration.intake.conftest import AGENT, FUZHOU, SHUANGYASHAN, Desk, citizen_of, principal

OFFICE = principal(Role.SUPERVISOR)
SAID = {"solved": True, "handling_score": "satisfied"}


def due(desk: Desk, city: str = FUZHOU, **asked: Any) -> list[Any]:
    return list(desk.ask(principal(Role.AGENT, city), "ListRevisitsDue", city=city, **asked).revisits)


def over(desk: Desk, case: Any, kind: str = "rating", **more: Any) -> None:
    desk.tell("sla.clock_breached", case.name, kind=kind, breached_at=desk.clock.now(), **more)


def test_what_nobody_rated_is_on_the_seats_list_until_the_third_call(desk: Desk) -> None:
    case = desk.replied()
    assert due(desk) == []
    over(desk, case)
    (one,) = due(desk)
    assert (one.case, one.number, one.why, one.missed_days) == (case.name, case.number, "not_rated", [])
    desk.do(AGENT, "RecordRevisit", name=case.name, reached=False)
    desk.do(AGENT, "RecordRevisit", name=case.name, reached=False)
    (one,) = due(desk, why="not_rated")
    assert (len(one.missed_days), one.attempt_time) == (1, desk.clock.now())
    for _ in range(2):
        desk.pass_time(days=1)
        desk.do(AGENT, "RecordRevisit", name=case.name, reached=False)
    assert (due(desk), desk.case(case.name).outcome) == ([], "not_rated")
    assert [t for t in desk.told() if t.startswith(("revisit", "case_closed"))] == [
        "revisit_due", *["revisit_recorded"] * 4, "case_closed"
    ]  # fmt: skip


def test_a_rating_that_comes_after_all_ends_the_calls(desk: Desk) -> None:
    case = desk.replied()
    over(desk, case)
    assert desk.do(citizen_of(case), "RateCase", name=case.name, **SAID).state == "closed"
    assert due(desk, why="not_rated") == []


def test_the_list_goes_page_by_page_and_knows_its_city(desk: Desk) -> None:
    names = []
    for number in range(3):
        case = desk.replied(caller={"name": "某人", "phone": f"1380013800{number}"})
        over(desk, case)
        names.append(case.name)
    first = desk.ask(AGENT, "ListRevisitsDue", city=FUZHOU, page_size=2)
    rest = desk.ask(OFFICE, "ListRevisitsDue", city=FUZHOU, page_size=2, page_token=first.next_page_token)
    assert [r.case for r in (*first.revisits, *rest.revisits)] == names
    assert (rest.next_page_token, due(desk, why="sample"), due(desk, SHUANGYASHAN)) == ("", [], [])
    for stranger in (principal(Role.UNIT, unit="lamps"), principal(Role.AGENT, SHUANGYASHAN)):
        with pytest.raises(PermissionDenied):
            desk.ask(stranger, "ListRevisitsDue", city=FUZHOU)


def test_in_shuangyashan_the_citizen_is_called_when_the_limit_is_over(desk: Desk) -> None:
    who = principal(Role.AGENT, SHUANGYASHAN)
    case = desk.accept(who, city=SHUANGYASHAN)
    desk.dispatched(case.name)
    over(desk, case, "finish")
    assert [r.why for r in due(desk, SHUANGYASHAN)] == ["expired"]
    over(desk, case, "finish")
    assert desk.told().count("revisit_due") == 1
    desk.do(who, "RecordRevisit", name=case.name, reached=True, contacted=False, solved=False)
    assert (due(desk, SHUANGYASHAN), desk.case(case.name, who).state) == ([], "in_handling")


def test_a_limit_that_is_over_asks_for_no_visit_in_fujian(desk: Desk) -> None:
    case = desk.accept()
    desk.dispatched(case.name)
    over(desk, case, "finish")
    assert (due(desk), desk.parked()) == ([], [])
