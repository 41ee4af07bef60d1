"""What other services tell, and what the citizen does with the reply."""

from datetime import UTC, datetime

import pytest

from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, NAME, PORTAL, Desk, citizen_of

PHONE = "13800138000"
GOOD = {"solved": True, "call_score": "satisfied", "handling_score": "very_satisfied"}
BAD = {"solved": False, "handling_score": "dissatisfied", "comment": "没有修好"}


def test_a_case_goes_from_dispatch_to_reply_and_a_satisfied_citizen_closes_it(desk: Desk) -> None:
    case = desk.accept()
    desk.dispatched(case.name)
    assert desk.case(case.name).state == "in_handling"
    desk.completed(case)
    mine = desk.case(case.name, citizen_of(case))
    assert mine.state == "replied"
    assert mine.reply == "已修好"
    assert desk.case(case.name).reply == ""
    assert desk.do(citizen_of(case), "RateCase", name=case.name, **GOOD).state == "closed"
    assert desk.told() == ["case_accepted", "case_replied", "case_rated", "case_closed"]
    assert desk.parked() == []


def test_a_case_of_several_orders_is_replied_when_the_last_completes(desk: Desk) -> None:
    case = desk.accept()
    desk.dispatched(case.name, "wo-1")
    desk.tell("dispatch.work_order_queued", case.name, work_order_id="wo-2", queued_at=desk.clock.now())
    desk.completed(case, "wo-1", text="一")
    assert desk.case(case.name).state == "in_handling"
    desk.dispatched(case.name, "wo-2", unit="roads")
    desk.completed(case, "wo-2", text="二")
    assert desk.case(case.name, citizen_of(case)).reply == "一\n\n二"
    desk.do(citizen_of(case), "RateCase", name=case.name, **BAD)
    rated = [p["work_order_id"] for t, p in desk.events() if t == "case_rated"]
    assert rated == ["wo-1", "wo-2"]


def test_a_dissatisfied_rating_waits_for_the_finding_and_a_redo_begins_again(desk: Desk) -> None:
    case = desk.replied()
    assert desk.do(citizen_of(case), "RateCase", name=case.name, **BAD).state == "replied"
    with pytest.raises(errors.AlreadyRated):
        desk.do(citizen_of(case), "RateCase", name=case.name, **GOOD)
    desk.tell("dispatch.redo_ordered", case.name, work_order_id="wo-1", round=2, ordered_at=desk.clock.now())
    desk.dispatched(case.name, round=2)
    assert (desk.case(case.name).state, desk.case(case.name).round) == ("in_handling", 2)
    desk.completed(case, round=2, text="又修了一次")
    desk.do(citizen_of(case), "RateCase", name=case.name, **BAD)
    desk.tell("dispatch.redo_declined", case.name, work_order_id="wo-1", round=2, declined_at=desk.clock.now())
    seen = desk.case(case.name)
    assert (seen.state, seen.outcome) == ("closed", "redo_declined")
    assert [p["round"] for t, p in desk.events() if t == "case_rated"] == [1, 2]


def test_after_the_last_redo_the_finding_of_a_supervision_closes_the_case(desk: Desk) -> None:
    case = desk.replied()
    desk.do(citizen_of(case), "RateCase", name=case.name, **BAD)
    about = {"work_order_id": "wo-1", "round": 1}
    desk.tell("dispatch.verification_opened", case.name, **about, opened_at=desk.clock.now())
    desk.tell("sla.clock_breached", case.name, kind="rating", breached_at=desk.clock.now())
    closed = {"work_order_id": "wo-1", "closed_at": desk.clock.now()}
    desk.tell("dispatch.supervision_closed", case.name, **closed, closes_case=False)
    assert desk.case(case.name).state == "replied"
    desk.tell("dispatch.supervision_closed", case.name, **closed, closes_case=True)
    seen = desk.case(case.name)
    assert (seen.state, seen.outcome) == ("closed", "supervised")


def test_a_case_nobody_rates_closes_when_the_rating_clock_is_over(desk: Desk) -> None:
    case = desk.replied()
    desk.tell("sla.clock_breached", case.name, kind="finish", breached_at=desk.clock.now())
    assert desk.case(case.name).state == "replied"
    desk.nobody_rates(case)
    assert desk.case(case.name).outcome == "not_rated"


def test_within_fifteen_days_of_closing_a_dissatisfied_citizen_reopens_it_once(desk: Desk) -> None:
    case = desk.replied()
    desk.nobody_rates(case)
    desk.pass_time(days=14)
    assert desk.do(citizen_of(case), "RateCase", name=case.name, **BAD).state == "replied"
    assert desk.told()[-2:] == ["case_reopened", "case_rated"]
    desk.tell("dispatch.redo_declined", case.name, work_order_id="wo-1", round=1, declined_at=desk.clock.now())
    with pytest.raises(errors.NotRateable):
        desk.do(citizen_of(case), "RateCase", name=case.name, **BAD)


def test_a_score_outside_the_packs_scale_is_refused(desk: Desk) -> None:
    case = desk.replied()
    with pytest.raises(errors.UnknownScore):
        desk.do(citizen_of(case), "RateCase", name=case.name, solved=True, handling_score="so_so")
    with pytest.raises(errors.RatingEmpty):
        desk.do(citizen_of(case), "RateCase", name=case.name)


def test_the_portal_rates_with_number_and_phone(desk: Desk) -> None:
    case = desk.replied()
    from chassis.domain import NotFound

    for wrong in ({"phone": "13900139000"}, {"phone": ""}):
        with pytest.raises(NotFound):
            desk.do(PORTAL, "RateCase", number=case.number, **wrong, **GOOD)
    with pytest.raises(NotFound):
        desk.do(PORTAL, "RateCase", name=case.name, **GOOD)
    assert desk.do(PORTAL, "RateCase", number=case.number, phone=PHONE, **GOOD).state == "closed"


def test_joined_cases_get_the_same_reply(desk: Desk) -> None:
    main = desk.accept()
    repeat = desk.register(caller={"phone": "13900139000"}).case
    joined = desk.do(AGENT, "JoinCase", name=repeat.name, main_case=main.name)
    assert joined.state == "joined"
    assert joined.number
    assert desk.events()[-1][1]["number"] == joined.number
    with pytest.raises(errors.MainCaseNotOpen):
        desk.do(AGENT, "JoinCase", name=desk.register().case.name, main_case=repeat.name)
    desk.dispatched(main.name)
    desk.completed(main)
    assert desk.case(repeat.name, citizen_of(repeat)).reply == "已修好"
    assert [p["case_id"] for t, p in desk.events() if t == "case_replied"] == [
        main.name.rpartition("/")[2],
        repeat.name.rpartition("/")[2],
    ]
    assert desk.do(citizen_of(repeat), "RateCase", name=repeat.name, **BAD).state == "closed"


def test_when_the_main_case_is_withdrawn_the_first_follower_leads(desk: Desk) -> None:
    main = desk.accept()
    followers = [desk.register(caller={}).case for _ in range(2)]
    for follower in followers:
        desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    desk.do(citizen_of(main), "WithdrawCase", name=main.name)
    assert [desk.case(f.name).state for f in followers] == ["accepted", "joined"]
    assert desk.told()[-3:] == ["case_withdrawn", "case_accepted", "case_joined"]


@pytest.mark.parametrize("told_in_time", [True, False])
def test_a_follower_that_had_an_order_of_its_own_is_replied_when_it_goes_on_alone(
    desk: Desk, told_in_time: bool
) -> None:
    main, follower = desk.accept(), desk.accept(caller={})
    desk.dispatched(follower.name, "wo-1")
    desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    ended = {"work_order_id": "wo-1", "ground": "joined", "ended_at": desk.clock.now()}
    if told_in_time:
        desk.tell("dispatch.work_order_ended", follower.name, **ended)
        assert desk.case(follower.name).state == "joined"
    desk.do(AGENT, "WithdrawCase", name=main.name)
    if not told_in_time:
        desk.tell("dispatch.work_order_ended", follower.name, **ended)
    assert desk.case(follower.name).state == "accepted"
    desk.dispatched(follower.name, "wo-2")
    desk.completed(follower, "wo-2")
    assert desk.case(follower.name).state == "replied"
    assert desk.told()[-1] == "case_replied"


def test_a_main_case_can_be_withdrawn_in_its_redo_after_its_followers_were_answered(desk: Desk) -> None:
    main, follower = desk.accept(), desk.register(caller={}).case
    desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    desk.dispatched(main.name)
    desk.completed(main)
    desk.do(citizen_of(main), "RateCase", name=main.name, **BAD)
    desk.tell("dispatch.redo_ordered", main.name, work_order_id="wo-1", round=2, ordered_at=desk.clock.now())
    assert desk.do(citizen_of(main), "WithdrawCase", name=main.name).state == "withdrawn"
    assert desk.case(follower.name).state == "replied"


def test_an_ended_order_ends_the_case_and_those_that_joined_it(desk: Desk) -> None:
    main, follower = desk.accept(), desk.register(caller={}).case
    desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    desk.dispatched(main.name)
    ended(desk, main.name, ground="litigation", basis="F16-24, 20", next_authority=f"法院，找{NAME}")
    seen = desk.case(main.name)
    assert (seen.state, seen.outcome, seen.next_authority) == ("ended", "litigation", "法院，找［姓名］")
    followed = desk.case(follower.name)
    assert (followed.outcome, followed.basis, followed.next_authority) == (
        "main_case_closed",
        "F16-24, 20",
        seen.next_authority,
    )
    told = [(p["how"], p["ground"], p["cited"]) for t, p in desk.events() if t == "case_closed"]
    cited = "《福建省12345便民服务平台监督管理办法》第20条"
    assert told == [("ended", "litigation", cited), ("main_case_closed", "litigation", cited)]


@pytest.mark.parametrize("ended_first", [True, False])
def test_a_part_that_is_not_handled_is_told_with_the_reply_of_the_other(desk: Desk, ended_first: bool) -> None:
    """P18 art. 7: also where one of several orders ends, the citizen learns the basis and the competent authority."""
    main, follower = desk.accept(), desk.register(caller={}).case
    desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    for order in ("wo-1", "wo-2"):
        desk.dispatched(main.name, order)
    if not ended_first:
        desk.completed(main, "wo-2")
    ended(desk, main.name, ground="out_of_scope", basis="F16-24, 20", next_authority="人民法院")
    if ended_first:
        desk.completed(main, "wo-2")
    told = "部分事项不再继续办理，依据：《福建省12345便民服务平台监督管理办法》第20条。请向人民法院反映"
    seen = desk.ask(PORTAL, "LookUpProgress", number=main.number, phone=PHONE)
    assert told in [line.zh for line in seen.lines]
    assert (seen.state, seen.reply) == ("replied", f"已修好\n\n{told}")
    assert desk.case(follower.name, citizen_of(follower)).reply == seen.reply
    case = desk.case(main.name)
    assert (case.basis, case.next_authority, case.outcome) == ("F16-24, 20", "人民法院", "")


def test_a_case_whose_main_case_is_withdrawn_outlives_the_order_that_it_had_before(desk: Desk) -> None:
    main, follower = desk.accept(), desk.accept(caller={})
    desk.dispatched(follower.name, "wo-1")
    desk.do(AGENT, "JoinCase", name=follower.name, main_case=main.name)
    desk.do(citizen_of(main), "WithdrawCase", name=main.name)
    ended(desk, follower.name, ground="joined")
    desk.dispatched(follower.name, "wo-2", unit="roads")
    desk.completed(follower, "wo-2")
    assert desk.case(follower.name).state == "replied"
    assert "case_closed" not in desk.told()


def ended(desk: Desk, case: str, **why: str) -> None:
    desk.tell("dispatch.work_order_ended", case, work_order_id="wo-1", ended_at=desk.clock.now(), **why)


def test_late_news_about_a_withdrawn_case_changes_nothing(desk: Desk) -> None:
    case = desk.accept()
    desk.do(AGENT, "WithdrawCase", name=case.name)
    desk.dispatched(case.name)
    assert desk.case(case.name).state == "withdrawn"
    assert desk.parked() == []


def test_a_citizen_looks_up_progress_by_number_and_phone(desk: Desk) -> None:
    case = desk.accept()
    due = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
    desk.dispatched(case.name)
    desk.tell("dispatch.assignment_signed", case.name, signed_at=desk.clock.now())
    desk.tell("sla.clock_started", case.name, kind="sign", due_at=due)
    desk.tell("sla.clock_started", case.name, kind="citizen", due_at=due)
    seen = desk.ask(PORTAL, "LookUpProgress", number=case.number.replace("-", " "), phone="138 0013 8000")
    assert seen.state == "in_handling"
    assert seen.due_time == due
    assert [line.zh for line in seen.lines] == ["诉求已受理", "已派至承办单位", "承办单位已签收"]
    assert not seen.can_rate
    desk.completed(case)
    seen = desk.ask(PORTAL, "LookUpProgress", number=case.number, phone=PHONE)
    assert (seen.reply, seen.can_rate) == ("已修好", True)


def test_a_wrong_phone_and_a_missing_case_answer_alike_and_guessing_ends(desk: Desk) -> None:
    case = desk.accept()
    missing = "350100-20260924-999999-" + "0123456789"[0]
    said = set()
    for number, phone in ((case.number, "13900139000"), (missing, PHONE), (case.number, "x"), ("", "")):
        with pytest.raises(Exception) as caught:  # noqa: PT011
            desk.ask(PORTAL, "LookUpProgress", number=number, phone=phone)
        said.add((type(caught.value).__name__, str(caught.value)))
    assert {name for name, _ in said} == {"NotFound"}
    assert len(said) == 1
    for _ in range(8):
        with pytest.raises(Exception):  # noqa: B017, PT011
            desk.ask(PORTAL, "LookUpProgress", number=case.number, phone="13900139000")
    with pytest.raises(errors.TooManyLookUps):
        desk.ask(PORTAL, "LookUpProgress", number=case.number, phone=PHONE)


def test_a_revisit_is_told_for_each_order_and_only_after_the_dispatch(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(errors.NotRevisitable):
        desk.do(AGENT, "RecordRevisit", name=case.name, reached=True)
    desk.dispatched(case.name)
    desk.completed(case)
    desk.do(AGENT, "RecordRevisit", name=case.name, reached=False, solved=True)
    desk.do(AGENT, "RecordRevisit", name=case.name, reached=True, contacted=True, solved=True, satisfied=True)
    desk.do(AGENT, "RecordRevisit", name=case.name, reached=True, satisfied=False)
    told = [
        (p["attempt"], p["reached"], p["contacted"], p["solved"]) for t, p in desk.events() if t == "revisit_recorded"
    ]
    assert told == [(1, False, None, None), (2, True, True, True), (3, True, None, None)]
