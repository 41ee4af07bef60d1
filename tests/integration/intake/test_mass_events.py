"""集中诉求 through the pipeline: proposed, declared, joined in one step, told of progress, split off, ended."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import NotFound, VersionMovedOn
from services.intake.domain import errors
from tests.integration.intake.conftest import (
    AGENT,
    CALLER,
    FUZHOU,
    NAME,
    PINGLI,
    PORTAL,
    SUPERVISOR,
    Desk,
    citizen_of,
    principal,
)

DISPATCHER = principal(Role.DISPATCHER)
WORDS = {"title": "鼓楼片区停水", "seat_script": "正在抢修，预计十八时恢复，可致电0591-96110。"}
WATER = "五一路小区从早上开始停水，家里一滴水都没有，请尽快恢复供水。"
HERE = {"area": "350102", "subject": "停水", "text": WATER}


def call(desk: Desk, number: int, who: Any = AGENT, **changed: Any) -> Any:
    """Another citizen with the same matter."""
    caller = CALLER | {"phone": f"1390000{number:04}"}
    return desk.register(who, **HERE | {"caller": caller} | changed)


def crowd(desk: Desk, size: int, *, first: int = 0, **changed: Any) -> list[Any]:
    return [call(desk, first + number, **changed) for number in range(size)]


def proposals(desk: Desk) -> list[Any]:
    return list(desk.ask(SUPERVISOR, "ListMassEventProposals", city=FUZHOU).mass_events)


def declared(desk: Desk, **more: Any) -> tuple[Any, Any]:
    """The main case and its event."""
    main = desk.accept(**HERE)
    return main, desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **WORDS, **more)


def join(desk: Desk, event: Any, number: int) -> Any:
    return desk.do(AGENT, "JoinMassEvent", name=event.name, case=call(desk, number).case.name)


# -- proposed by the platform ------------------------------------------------------------------------------------------


def test_the_tenth_alike_case_of_an_area_within_an_hour_makes_a_proposal(desk: Desk) -> None:
    cases = crowd(desk, 9)
    assert (proposals(desk), desk.told()) == ([], [])
    cases += crowd(desk, 1, first=9)
    (event,) = proposals(desk)
    assert (event.state, event.area, event.similar_cases, event.main_case) == ("proposed", "350102", 10, "")
    assert set(event.cases) == {one.case.name for one in cases}
    (told,) = [payload for type, payload in desk.events() if type == "mass_event_proposed"]
    assert (told["similar_cases"], told["minutes"], told["case_id"] in cases[-1].case.name) == (10, 60, True)


def test_further_cases_are_counted_on_and_propose_nothing_more(desk: Desk) -> None:
    crowd(desk, 12)
    (event,) = proposals(desk)
    assert event.similar_cases == 12
    assert desk.told() == ["mass_event_proposed"]


def test_other_areas_other_words_and_earlier_hours_do_not_count(desk: Desk) -> None:
    crowd(desk, 5)
    crowd(desk, 3, first=20, area="350103")
    crowd(desk, 3, first=30, subject="路灯不亮", text="门口的路灯不亮三天了，晚上没法走。")
    crowd(desk, 3, first=40, area="")
    desk.pass_time(minutes=61)
    crowd(desk, 9, first=50)
    assert proposals(desk) == []
    crowd(desk, 1, first=60)
    assert len(proposals(desk)) == 1


def test_reports_that_only_the_platform_knows_are_not_counted(desk: Desk) -> None:
    crowd(desk, 9, confidentiality="platform_only")
    crowd(desk, 1, first=9)
    assert proposals(desk) == []


def test_an_area_that_is_given_at_the_acceptance_counts_too(desk: Desk) -> None:
    crowd(desk, 9)
    late = call(desk, 9, area="")
    assert proposals(desk) == []
    desk.do(AGENT, "AcceptCase", name=late.case.name, area="350102")
    assert [event.similar_cases for event in proposals(desk)] == [10]


def test_what_is_turned_down_is_not_proposed_again_at_once(desk: Desk) -> None:
    crowd(desk, 10)
    (event,) = proposals(desk)
    assert desk.do(SUPERVISOR, "EndMassEvent", name=event.name).state == "ended"
    crowd(desk, 2, first=10)
    assert proposals(desk) == []
    assert dict(desk.events())["mass_event_ended"]["how"] == "turned_down"
    assert desk.ask(AGENT, "ListMassEvents", city=FUZHOU).mass_events == []


def test_only_supervisors_see_proposals_and_declare(desk: Desk) -> None:
    main = desk.accept(**HERE)
    for who in (AGENT, DISPATCHER, PORTAL, citizen_of(main), principal(Role.SUPERVISOR, PINGLI)):
        with pytest.raises(PermissionDenied):
            desk.ask(who, "ListMassEventProposals", city=FUZHOU)
        with pytest.raises(PermissionDenied):
            desk.do(who, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **WORDS)


# -- declared ----------------------------------------------------------------------------------------------------------


def test_a_proposal_is_declared_and_leaves_the_list(desk: Desk) -> None:
    cases = crowd(desk, 10)
    main = desk.do(AGENT, "AcceptCase", name=cases[0].case.name)
    (event,) = proposals(desk)
    words = WORDS | {"voice_notice": "您所在片区正在抢修供水管道。", "proposal": event.name}
    active = desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **words)
    assert (active.name, active.state, active.main_case) == (event.name, "active", main.name)
    assert proposals(desk) == []
    (listed,) = desk.ask(AGENT, "ListMassEvents", city=FUZHOU).mass_events
    assert (listed.seat_script, listed.voice_notice) == (WORDS["seat_script"], "您所在片区正在抢修供水管道。")
    told = dict(desk.events())["mass_event_declared"]
    assert (told["case_id"] in main.name, told["area"], told["title"]) == (True, "350102", "鼓楼片区停水")
    crowd(desk, 10, first=20)
    assert proposals(desk) == [], "it is known by its main case"


def test_a_seat_is_shown_the_event_and_what_to_say_and_a_portal_is_not(desk: Desk) -> None:
    _, event = declared(desk)
    shown = call(desk, 1).mass_events
    assert [(e.name, e.seat_script) for e in shown] == [(event.name, WORDS["seat_script"])]
    assert call(desk, 2, PORTAL, channel="web").mass_events == []
    assert call(desk, 3, subject="路灯", text="门口的路灯不亮三天了").mass_events == []
    assert call(desk, 4, area="350103").mass_events == []
    assert [e.name for e in call(desk, 5, area="").mass_events] == [event.name]


def test_what_cannot_lead_is_refused(desk: Desk) -> None:
    main, _ = declared(desk)
    with pytest.raises(errors.MassEventDeclaredAlready):
        desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **WORDS)
    with pytest.raises(errors.MainCaseNotOpen):
        desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=desk.register().case.name, **WORDS)
    with pytest.raises(NotFound):
        desk.do(principal(Role.SUPERVISOR, PINGLI), "DeclareMassEvent", city=PINGLI, main_case=main.name, **WORDS)
    other = desk.accept(**HERE)
    with pytest.raises(errors.LeadsMassEvent):
        desk.do(AGENT, "JoinCase", name=main.name, main_case=other.name)


def test_a_name_in_the_title_does_not_travel(desk: Desk) -> None:
    main = desk.accept(**HERE)
    words = WORDS | {"title": f"{NAME}家停水"}
    event = desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **words)
    desk.do(SUPERVISOR, "BroadcastProgress", name=event.name, text=f"{NAME}家已恢复，致电13800138000")
    assert not any(secret in str(desk.events()) for secret in (NAME, "13800138000"))


# -- joined ------------------------------------------------------------------------------------------------------------


def test_one_key_joins_and_the_main_case_counts(desk: Desk) -> None:
    main, event = declared(desk)
    joined = [join(desk, event, number) for number in (1, 2)]
    assert [(one.state, one.outcome) for one in joined] == [("joined", "joined")] * 2
    assert joined[0].number != joined[1].number
    assert desk.case(main.name).joined_cases == 2
    assert desk.case(main.name, citizen_of(main)).joined_cases == 0
    (listed,) = desk.ask(SUPERVISOR, "ListMassEvents", city=FUZHOU).mass_events
    assert listed.joined_cases == 2


def test_an_accepted_case_joins_as_well_and_gets_the_one_reply(desk: Desk) -> None:
    main, event = declared(desk)
    other = desk.accept(**HERE, caller=CALLER | {"phone": "13900000001"})
    desk.do(AGENT, "JoinMassEvent", name=event.name, case=other.name)
    desk.dispatched(main.name)
    desk.completed(main, text="已恢复供水")
    seen = desk.case(other.name, citizen_of(other))
    assert (seen.state, seen.reply) == ("replied", "已恢复供水")
    rated = desk.do(citizen_of(other), "RateCase", name=other.name, handling_score="satisfied", solved=True)
    assert (rated.state, "case_rated" in desk.told()) == ("closed", False)


def test_nothing_joins_an_event_that_is_over_or_unknown(desk: Desk) -> None:
    main, event = declared(desk)
    desk.do(SUPERVISOR, "EndMassEvent", name=event.name)
    case = call(desk, 1).case
    with pytest.raises(errors.MassEventNotActive):
        desk.do(AGENT, "JoinMassEvent", name=event.name, case=case.name)
    with pytest.raises(NotFound):
        desk.do(AGENT, "JoinMassEvent", name=f"cities/{FUZHOU}/massEvents/none", case=case.name)
    with pytest.raises(VersionMovedOn):
        desk.do(SUPERVISOR, "BroadcastProgress", name=event.name, text="快了", version=99)
    assert [e.state for e in desk.ask(DISPATCHER, "ListMassEvents", city=FUZHOU).mass_events] == ["ended"]
    assert desk.case(main.name).state == "accepted"


def test_when_the_main_case_is_withdrawn_the_first_that_joined_leads_the_event(desk: Desk) -> None:
    main, event = declared(desk)
    first, second = join(desk, event, 1), join(desk, event, 2)
    desk.do(citizen_of(main), "WithdrawCase", name=main.name)
    (listed,) = desk.ask(SUPERVISOR, "ListMassEvents", city=FUZHOU).mass_events
    assert (listed.main_case, listed.joined_cases) == (first.name, 1)
    assert [desk.case(one.name).state for one in (first, second)] == ["accepted", "joined"]
    join(desk, event, 3)
    assert desk.case(first.name).joined_cases == 2


# -- told of progress --------------------------------------------------------------------------------------------------


def test_one_broadcast_tells_everybody_once_in_the_bulk_lane(desk: Desk) -> None:
    main, event = declared(desk)
    joined = [join(desk, event, number) for number in (1, 2)]
    split = join(desk, event, 3)
    desk.do(citizen_of(split), "SplitOffCase", name=split.name)
    view = desk.do(DISPATCHER, "BroadcastProgress", name=event.name, text="预计十八时恢复供水。")
    assert [(b.number, b.text, b.cases) for b in view.broadcasts] == [(1, "预计十八时恢复供水。", 3)]
    told = [payload for type, payload in desk.events() if type == "mass_progress_told"]
    assert {t["case_id"] for t in told} == {one.name.rpartition("/")[2] for one in (main, *joined)}
    with desk.runtime.engine.connect() as connection:
        lanes = connection.exec_driver_sql(
            "select distinct bulk, type = 'intake.mass_progress_told.v1' from outbox order by 1"
        )
        assert [tuple(row) for row in lanes] == [(False, False), (True, True)]
    for who in (AGENT, citizen_of(main)):
        with pytest.raises(PermissionDenied):
            desk.do(who, "BroadcastProgress", name=event.name, text="好了")


# -- split off ---------------------------------------------------------------------------------------------------------


def test_a_joined_citizen_goes_their_own_way(desk: Desk) -> None:
    main, event = declared(desk)
    one = join(desk, event, 1)
    seen = desk.do(citizen_of(one), "SplitOffCase", name=one.name)
    assert (seen.state, seen.number, seen.outcome) == ("accepted", one.number, "")
    assert desk.told()[-3:] == ["case_joined", "case_split_off", "case_accepted"]
    assert dict(desk.events())["case_split_off"]["main_case_id"] in main.name
    assert desk.case(main.name).joined_cases == 0
    desk.dispatched(main.name)
    desk.completed(main)
    assert desk.case(one.name).state == "accepted"


def test_who_follows_nobody_or_is_somebody_elses_is_not_split_off(desk: Desk) -> None:
    main, event = declared(desk)
    one = join(desk, event, 1)
    with pytest.raises(NotFound):
        desk.do(citizen_of(main), "SplitOffCase", name=one.name)
    with pytest.raises(errors.NotJoined):
        desk.do(AGENT, "SplitOffCase", name=main.name)
    desk.dispatched(main.name)
    desk.completed(main)
    with pytest.raises(errors.NotJoined):
        desk.do(citizen_of(one), "SplitOffCase", name=one.name)
