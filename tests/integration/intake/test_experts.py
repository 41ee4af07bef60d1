"""Experts from the unit that names them to the case that they answered, on the real database."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, VersionMovedOn
from services.intake.application import expert_messages
from services.intake.domain import expert_errors as errors
from services.intake.domain.errors import UnknownUnit
from services.intake.domain.expert import MOST_OF_UNIT
from tests.integration.intake.conftest import FUZHOU, PINGLI, SHUANGYASHAN, Desk, principal

GAS, WATER = "230500-gas", "230500-water"
LEADER, OTHER = (principal(Role.UNIT_LEADER, SHUANGYASHAN, unit=unit) for unit in (GAS, WATER))
SEAT, OFFICE = principal(Role.AGENT, SHUANGYASHAN), principal(Role.SUPERVISOR, SHUANGYASHAN)
PERSON, NUMBER = "诸葛敏", "0469-4690012"
AFTERNOON = {"days": [1, 2, 3, 4, 5], "start": "13:30", "end": "17:00"}
SAID = {"subject": "燃气费", "text": "燃气阶梯价格怎么算？", "category": "consultation"}


def do(desk: Desk, who: Principal, command: str, /, **fields: Any) -> Any:
    given = {"request_id": f"expert-{next(desk.numbers):04}"} | fields
    return desk.runtime.execute(who, getattr(expert_messages, command).of(given))


def ask(desk: Desk, who: Principal, query: str, /, **fields: Any) -> Any:
    return desk.runtime.query(who, getattr(expert_messages, query).of({"city": SHUANGYASHAN} | fields))


def named(desk: Desk, who: Principal = LEADER, **changed: Any) -> Any:
    told = {"city": SHUANGYASHAN, "unit": who.unit, "person_name": PERSON, "phone": NUMBER, "reached": "phone"}
    return do(desk, who, "NameExpert", **(told | {"keywords": ["燃气"], "categories": ["consultation"]} | changed))


def registered(desk: Desk) -> str:
    name: str = desk.register(SEAT, city=SHUANGYASHAN, **SAID).case.name
    return name


def put_through(desk: Desk, case: str, one: Any, outcome: str, **more: Any) -> Any:
    return do(desk, SEAT, "RecordExpertCall", name=case, expert=one.name, outcome=outcome, **more)


def found(desk: Desk, **sought: Any) -> list[str]:
    return [one.expert.name for one in ask(desk, SEAT, "FindExperts", **sought).experts]


def test_a_unit_names_one_and_the_person_stands_nowhere_in_clear(desk: Desk) -> None:
    one = named(desk, hours=[AFTERNOON], reached="seat")
    assert (one.unit, one.state, one.basis, one.in_office, one.named_by) == (
        GAS, "named", "S24-07 8(3)", True, LEADER.id,
    )  # fmt: skip
    (listed,) = ask(desk, OFFICE, "ListExperts").experts
    assert listed == one
    assert listed.person_name == PERSON
    for table in ("expert", "remembered", "outbox"):
        kept = str(desk.rows(f"select * from {table}"))
        assert PERSON not in kept, table
        assert NUMBER not in kept, table


def test_a_seat_finds_who_fits_and_is_on_duty_and_the_look_is_written_down(desk: Desk) -> None:
    at_seat = named(desk, hours=[AFTERNOON], reached="seat", keywords=["阶梯价格", "燃气"])
    by_phone = named(desk)
    named(desk, OTHER, keywords=["停水"], categories=["praise"])
    case = registered(desk)
    assert found(desk, case=case) == [at_seat.name, by_phone.name]
    (look, *_) = desk.rows("select principal, what, case_id, citizen_id, purpose from look")
    assert look[:4] == (SEAT.id, "experts", case.rpartition("/")[2], "")
    assert at_seat.name.rpartition("/")[2] in look[4]
    (shown, _) = ask(desk, SEAT, "FindExperts", case=case).experts
    assert (shown.expert.person_name, shown.phone) == (PERSON, NUMBER)
    desk.pass_time(hours=3)
    assert found(desk, case=case) == [by_phone.name]
    assert found(desk, category="praise", unit=GAS) == []
    assert found(desk, unit=GAS) == [by_phone.name]
    before = len(desk.rows("select id from look"))
    assert found(desk, category="report") == []
    assert len(desk.rows("select id from look")) == before


def test_answered_by_an_expert_the_case_is_completed_as_answered_directly(desk: Desk) -> None:
    one, case = named(desk), registered(desk)
    seen = put_through(desk, case, one, "answered", answer="按年用量分三档计价。")
    assert (seen.state, seen.outcome) == ("answered", "answered")
    (call,) = desk.case(case, SEAT).expert_calls
    assert (call.expert, call.unit, call.reached, call.outcome, call.asked_by) == (
        one.name, GAS, "phone", "answered", SEAT.id,
    )  # fmt: skip
    assert desk.told() == ["case_answered"]
    assert "三档" not in str(desk.rows("select body from case_file"))
    citizen = principal(Role.CITIZEN, SHUANGYASHAN, citizen=seen.citizen)
    assert desk.case(case, citizen).expert_calls == []


def test_who_was_not_reached_leaves_the_case_to_go_on_as_an_order(desk: Desk) -> None:
    one, case = named(desk), registered(desk)
    for outcome in ("not_reached", "reached"):
        assert put_through(desk, case, one, outcome).state == "registered"
    accepted = desk.do(SEAT, "AcceptCase", name=case)
    assert (accepted.state, desk.told()) == ("accepted", ["case_accepted"])
    assert [call.outcome for call in desk.case(case, SEAT).expert_calls] == ["not_reached", "reached"]


def test_what_was_recorded_is_counted_by_unit(desk: Desk) -> None:
    start = desk.clock.now()
    gas, water = named(desk), named(desk, OTHER)
    put_through(desk, registered(desk), gas, "answered", answer="分三档。")
    second = registered(desk)
    put_through(desk, second, gas, "not_reached")
    put_through(desk, second, water, "reached")
    desk.pass_time(hours=1)
    put_through(desk, second, gas, "not_reached")
    period = {"start_time": start, "end_time": start + timedelta(hours=1)}
    counted = ask(desk, OFFICE, "ListExpertFigures", **period).units
    assert [(f.unit, f.asked, f.reached, f.answered) for f in counted] == [(GAS, 2, 1, 1), (WATER, 1, 1, 0)]
    assert [f.unit for f in ask(desk, OTHER, "ListExpertFigures", **period).units] == [WATER]
    with pytest.raises(NotFound):
        ask(desk, OTHER, "ListExpertFigures", unit=GAS, **period)
    with pytest.raises(PermissionDenied):
        ask(desk, SEAT, "ListExpertFigures", **period)
    for end in (start, start + timedelta(days=367)):
        with pytest.raises(errors.FigurePeriodOutOfRange):
            ask(desk, OFFICE, "ListExpertFigures", start_time=start, end_time=end)


def test_a_leader_names_and_reads_their_own_and_nobody_in_their_place(desk: Desk) -> None:
    own = named(desk)
    unit = principal(Role.UNIT, SHUANGYASHAN, unit=GAS)
    with pytest.raises(NotFound):
        named(desk, OTHER, unit=GAS)
    for stranger in (unit, SEAT, OFFICE, principal(Role.UNIT_LEADER, PINGLI, unit=GAS)):
        with pytest.raises(PermissionDenied):
            named(desk, stranger, unit=GAS)
    assert [one.name for one in ask(desk, LEADER, "ListExperts").experts] == [own.name]
    assert ask(desk, OTHER, "ListExperts").experts == []
    with pytest.raises(NotFound):
        ask(desk, OTHER, "ListExperts", unit=GAS)
    for who in (unit, principal(Role.PORTAL, SHUANGYASHAN)):
        with pytest.raises(PermissionDenied):
            ask(desk, who, "ListExperts")
    for who in (LEADER, OFFICE):
        with pytest.raises(PermissionDenied):
            ask(desk, who, "FindExperts", unit=GAS)
        with pytest.raises(PermissionDenied):
            do(desk, who, "RecordExpertCall", name=registered(desk), expert=own.name, outcome="reached")


def test_the_unit_or_a_supervisor_ends_one_and_the_person_is_gone(desk: Desk) -> None:
    first, second, case = named(desk), named(desk), registered(desk)
    for stranger, refusal in ((OTHER, NotFound), (SEAT, PermissionDenied)):
        with pytest.raises(refusal):
            do(desk, stranger, "EndExpert", name=first.name, reason="调离")
    with pytest.raises(VersionMovedOn):
        do(desk, OFFICE, "EndExpert", name=first.name, reason="调离", version=9)
    ended = do(desk, OFFICE, "EndExpert", name=first.name, reason=f"{PERSON}调离", version=first.version)
    assert (ended.state, ended.person_name, ended.ended_by, ended.version) == ("ended", "", OFFICE.id, 2)
    assert PERSON not in ended.end_reason
    assert "调离" in ended.end_reason
    do(desk, LEADER, "EndExpert", name=second.name, reason="轮换")
    assert found(desk, unit=GAS) == []
    assert desk.rows("select distinct body->>'sealed' from expert") == [("",)]
    naming = "select count(answer) from remembered where command = 'NameExpert'"
    assert desk.rows(naming) == [(0,)]
    listed = ask(desk, OFFICE, "ListExperts", state="ended", page_size=1)
    assert [one.name for one in listed.experts] == [second.name]
    rest = ask(desk, OFFICE, "ListExperts", page_token=listed.next_page_token)
    assert ([one.name for one in rest.experts], rest.next_page_token) == ([first.name], "")
    with pytest.raises(errors.ExpertNotInOffice):
        put_through(desk, case, first, "reached")


def test_what_is_recorded_hangs_together(desk: Desk) -> None:
    one, case = named(desk), registered(desk)
    with pytest.raises(errors.ExpertAnswerMissing):
        put_through(desk, case, one, "answered")
    with pytest.raises(errors.AnswerWithoutAnswering):
        put_through(desk, case, one, "not_reached", answer="稍后回复")
    with pytest.raises(UnknownUnit):
        named(desk, principal(Role.UNIT_LEADER, SHUANGYASHAN, unit="230500-nobody"))
    for wrong in ({"phone": "call me"}, {"keywords": ["气"]}, {"hours": [AFTERNOON | {"days": [8]}]},
                  {"hours": [AFTERNOON | {"end": "25:00"}]}, {"keywords": ["燃气"] * 51}):  # fmt: skip
        with pytest.raises(BadFields):
            named(desk, **wrong)
    fuzhou = desk.register(city=FUZHOU).case.name
    with pytest.raises(NotFound):
        do(desk, principal(Role.AGENT), "RecordExpertCall", name=fuzhou, expert=one.name, outcome="reached")
    with pytest.raises(NotFound):
        ask(desk, SEAT, "FindExperts", case=fuzhou)
    with pytest.raises(errors.NoExperts):
        named(desk, principal(Role.UNIT_LEADER, PINGLI, unit="610926-water"), city=PINGLI)


def test_a_unit_has_only_so_many_at_a_time(desk: Desk) -> None:
    for _ in range(MOST_OF_UNIT):
        named(desk)
    with pytest.raises(errors.TooManyExperts):
        named(desk)
    assert named(desk, OTHER).unit == WATER
