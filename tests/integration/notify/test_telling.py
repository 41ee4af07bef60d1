"""What happens elsewhere reaches the right people in the right words at the right time."""

from datetime import timedelta

import pytest

from services.notify.domain.message import State
from tests.integration.notify.conftest import CASE, CITIZEN_PHONE, FIRE, MORNING, ORDER, Desk

CLOCK = {
    "clock_id": "clock-1",
    "work_order_id": ORDER,
    "assignment_id": "assignment-1",
    "due_at": "2026-09-21T09:30:00Z",
}


def told(desk: Desk) -> list[tuple[str, str, str]]:
    return [(m.template, m.audience.value, m.medium.value) for m in desk.messages()]


def test_the_citizen_of_an_accepted_case_is_told_its_number(desk: Desk) -> None:
    desk.accepted()
    desk.work()
    message = desk.message()
    assert message.state is State.DELIVERED
    assert message.text == "【福州市12345】您的诉求已受理，编号 number-of-case-1。凭编号和来电号码可查询办理进度。"
    assert desk.events() == ["message_delivered"]


def test_a_citizen_without_contact_is_told_nothing(desk: Desk) -> None:
    desk.accepted(citizen_reachable=False)
    assert desk.messages() == []


def test_the_number_of_a_citizen_is_kept_nowhere(desk: Desk) -> None:
    desk.accepted()
    desk.work()
    tables = ("message", "recorded", "outbox", "case_file", "inbox", "parked")
    kept = "".join(str(desk.rows(f"select * from {table}")) for table in tables)
    assert "number-of-case-1" in kept
    assert CITIZEN_PHONE not in kept
    (asked,) = desk.questions.asked
    assert asked[:2] == ("intake", "reveal_numbers")
    assert [one["purpose"] for one in asked[2]["wanted"]] == ["message:case_accepted"]


def test_a_case_accepted_at_night_is_told_in_the_morning(desk: Desk) -> None:
    desk.clock.move_to(MORNING + timedelta(hours=13, minutes=30))
    desk.accepted()
    desk.work()
    assert desk.message().state is State.QUEUED
    desk.wait(hours=9, minutes=29)
    assert desk.message().state is State.QUEUED
    desk.wait(minutes=1)
    assert desk.message().state is State.DELIVERED


def test_a_message_held_up_into_the_night_waits_for_the_morning(desk: Desk) -> None:
    desk.clock.move_to(MORNING + timedelta(hours=11, minutes=59, seconds=45))
    answers = dict(desk.questions.answers)
    desk.questions.answers.clear()
    desk.accepted()
    desk.work()
    desk.questions.answers.update(answers)
    desk.wait(hours=2)
    assert desk.message().state is State.QUEUED
    desk.wait(hours=9, minutes=1)
    assert desk.message().state is State.DELIVERED


@pytest.mark.parametrize(
    ("event", "template", "payload", "words"),
    [
        (
            "case_refused",
            "case_refused",
            {"reason": "属于紧急救助", "cited": "《办法》第13条第（6）项", "guidance": "请拨打110。"},
            "不予受理：属于紧急救助。依据：《办法》第13条第（6）项。请拨打110。",
        ),
        ("case_joined", "case_joined", {"number": "n-2"}, "编号 n-2，与正在办理的另一件诉求相同，已合并办理"),
        *(
            ("case_closed", "case_ended", {"how": how, "cited": "《办法》第20条", "next_authority": "市法院"}, words)
            for how in ("ended", "main_case_closed")
            for words in ["不再继续办理，依据：《办法》第20条。请向市法院反映。"]
        ),
        ("case_replied", "case_replied", {"number": "n-1"}, "n-1 已办理答复"),
    ],
)
def test_the_citizen_is_told_of_the_other_ends(
    desk: Desk, event: str, template: str, payload: dict[str, str], words: str
) -> None:
    if event == "case_closed":
        desk.accepted()
    desk.hear(f"intake.{event}", citizen_id="citizen-1", citizen_reachable=True, pack="fujian-2016@1.0.0", **payload)
    message = desk.message(template=template)
    assert words in message.text


def test_the_dispatchers_are_told_of_a_case_without_route_once_its_number_is_known(desk: Desk) -> None:
    desk.hear("dispatch.work_order_queued", work_order_id=ORDER, why="no_route")
    assert desk.messages() == []
    desk.accepted()
    desk.wait(seconds=10)
    message = desk.message(template="order_queued")
    assert message.text == "【福州市12345】诉求 number-of-case-1 待人工派单（无匹配规则），请及时处理。"


def test_each_unit_is_reminded_to_sign(desk: Desk) -> None:
    lead = {"assignment_id": "a-1", "unit": FIRE, "role": "lead"}
    co = {"assignment_id": "a-2", "unit": "350100-police", "role": "co"}
    desk.dispatched(assignments=[lead, co])
    assert [(m.template, m.recipient, m.medium.value) for m in desk.messages()] == [
        ("order_dispatched", FIRE, "sms"),
        ("order_dispatched", "350100-police", "sms"),
    ]


@pytest.mark.parametrize(
    ("event", "payload", "expected"),
    [
        ("return_requested", {}, ("return_requested", "dispatchers", "sms")),
        ("return_agreed", {}, ("return_agreed", "unit", "sms")),
        ("return_refused", {}, ("return_refused", "unit", "sms")),
        ("extension_refused", {}, ("extension_refused", "unit", "sms")),
        ("co_unit_pressed", {}, ("co_unit_pressed", "unit", "sms")),
        ("assignment_released", {"why": "lead_changed"}, ("order_taken_back", "unit", "sms")),
        ("reply_sent_back", {}, ("reply_sent_back", "unit", "sms")),
        ("redo_ordered", {"round": 2}, ("redo_ordered", "unit", "sms")),
        ("assignment_released", {"why": "recalled"}, ("order_taken_back", "unit", "sms")),
    ],
)
def test_what_becomes_of_an_order_is_told(
    desk: Desk, event: str, payload: dict[str, object], expected: tuple[str, str, str]
) -> None:
    desk.dispatched()
    desk.of_assignment(event, **payload)
    assert told(desk)[1:] == [expected]
    message = desk.messages()[1]
    assert "number-1-01" in message.text
    assert message.recipient in {FIRE, "dispatchers"}


def test_only_an_application_for_more_time_waits_for_the_dispatchers(desk: Desk) -> None:
    desk.dispatched(pack="pingli-2018@1.0.0")
    desk.of_assignment("extension_filed", how="filing", working_days=5)
    desk.of_assignment("extension_filed", how="approval", working_days=5)
    assert [m.template for m in desk.messages()[1:]] == ["extension_filed"]


def test_the_centre_is_told_of_a_longer_cycle_that_is_filed_with_it(desk: Desk) -> None:
    desk.dispatched(pack="pingli-2018@1.0.0")
    desk.of_assignment("extension_filed", how="filing", route="long_cycle", working_days=30)
    assert [(m.template, m.audience.value) for m in desk.messages()[1:]] == [("long_cycle_filed", "dispatchers")]


@pytest.mark.parametrize(("bar", "word"), [("late", "逾时申请"), ("barred", "原则上不予延期的事项")])
def test_a_unit_is_told_that_it_may_ask_for_more_time_after_all(desk: Desk, bar: str, word: str) -> None:
    desk.dispatched()
    desk.of_assignment("extension_allowed", bar=bar)
    message = desk.message(template="extension_allowed")
    assert (message.recipient, word in message.text) == (FIRE, True)


@pytest.mark.parametrize(("told_by", "citizens"), [("platform", 1), ("unit", 0)])
def test_the_citizen_learns_of_more_time_from_whom_the_pack_names(desk: Desk, told_by: str, citizens: int) -> None:
    desk.accepted(pack="pingli-2018@1.0.0")
    desk.dispatched()
    desk.of_assignment("extension_granted", told_by=told_by, working_days=5)
    assert len(desk.messages(template="extension_granted_citizen")) == citizens
    assert len(desk.messages(template="extension_granted")) == 1


@pytest.mark.parametrize("how", ["rated", "not_rated", "redo_declined"])
def test_a_citizen_who_has_the_answer_is_not_told_of_the_end(desk: Desk, how: str) -> None:
    desk.accepted()
    desk.hear("intake.case_closed", how=how)
    assert desk.messages(template="case_ended") == []


def test_an_order_that_ends_while_others_go_on_is_not_told_as_the_end_of_the_case(desk: Desk) -> None:
    desk.accepted(pack="pingli-2018@1.0.0")
    desk.hear("dispatch.work_order_ended", work_order_id=ORDER, ground="out_of_scope", basis="P18-04, 7, 10(2)")
    assert desk.messages(template="case_ended") == []


@pytest.mark.parametrize(
    ("of", "template", "words"),
    [("return", "return_closing", "申请退单"), ("extension", "extension_closing", "提出延期")],
)
def test_a_unit_is_told_of_the_last_moment_to_ask(desk: Desk, of: str, template: str, words: str) -> None:
    desk.dispatched()
    last = {key: value for key, value in CLOCK.items() if key != "due_at"} | {"last_at": CLOCK["due_at"]}
    desk.hear("sla.clock_reminded", kind="finish", unit=FIRE, of=of, **last)
    message = desk.message(template=template)
    assert (message.recipient, message.medium.value) == (FIRE, "sms")
    assert f"请在 9月21日17:30 前{words}" in message.text


def test_each_unit_is_told_what_force_majeure_excuses(desk: Desk) -> None:
    desk.dispatched()
    units = {"units": [FIRE, "350100-police"], "clocks": ["first_response", "finish"]}
    desk.hear("dispatch.force_majeure_recorded", work_order_id=ORDER, **units)
    told = desk.messages(template="force_majeure_recorded")
    assert [m.recipient for m in told] == units["units"]
    assert "先期响应、办结超期不计" in told[0].text


def test_a_yellow_light_presses_the_unit_and_a_red_one_calls_the_supervisors_too(desk: Desk) -> None:
    desk.dispatched()
    desk.hear("sla.clock_warned", kind="sign", unit=FIRE, **CLOCK)
    desk.hear("sla.clock_breached", kind="sign", unit=FIRE, **CLOCK)
    assert [(m.template, m.audience.value) for m in desk.messages()[1:]] == [
        ("clock_warned", "unit"),
        ("clock_breached", "unit"),
        ("clock_breached_supervisors", "supervisors"),
    ]
    assert desk.messages()[1].text == "【福州市12345】黄灯：工单 number-1-01 的签收期限为 9月21日17:30，请抓紧办理。"


def test_the_hotline_office_sees_its_own_lights(desk: Desk) -> None:
    desk.accepted()
    desk.hear("sla.clock_breached", kind="dispatch", **CLOCK)
    assert [m.audience.value for m in desk.messages()[1:]] == ["dispatchers", "supervisors"]


def test_a_withdrawn_breach_is_not_shown_to_those_who_have_not_seen_it(desk: Desk) -> None:
    desk.dispatched()
    desk.hear("sla.clock_breached", kind="sign", unit=FIRE, **CLOCK)
    desk.hear("sla.breach_withdrawn", **CLOCK)
    assert [m.state for m in desk.messages()[1:]] == [State.EXPIRED, State.EXPIRED]
    desk.work()
    assert len(desk.rows("select * from recorded")) == 1


def test_an_erased_citizen_is_told_nothing_more(desk: Desk) -> None:
    desk.clock.move_to(MORNING + timedelta(hours=13))
    desk.accepted()
    desk.hear("intake.citizen_erased", citizen_id="citizen-of-case-1")
    desk.hear("intake.case_closed", how="ended", cited="x")
    desk.wait(days=2)
    message = desk.message()
    assert (message.state, message.recipient, message.reason) == (State.EXPIRED, "", "erased")
    assert "citizen-of" not in str(desk.rows("select body from case_file"))


def test_the_same_event_twice_makes_one_message(desk: Desk) -> None:
    desk.accepted()
    desk._sequences["intake", CASE] = 0
    desk.accepted()
    assert len(desk.messages()) == 1


@pytest.mark.parametrize(
    ("event", "payload", "words"),
    [
        ("policy_registered", {"policy_id": "p-1", "title": "公积金新规"}, "《公积金新规》"),
        ("article_expired", {"article_id": "a-1"}, "已失效下线"),
        ("article_questioned", {"article_id": "a-1"}, "被指有误"),
    ],
)
def test_the_unit_is_asked_to_care_for_its_knowledge(
    desk: Desk, event: str, payload: dict[str, str], words: str
) -> None:
    desk.hear(f"knowledge.{event}", "cities/350100/articles/a-1", unit=FIRE, **payload)
    desk.work()
    message = desk.message()
    assert words in message.text
    assert (message.recipient, message.case_id, message.state) == (FIRE, "", State.DELIVERED)
    assert desk.rows("select subject from outbox") == [(f"cities/350100/messages/{message.id}",)]


def test_a_late_upload_is_told_to_the_unit_and_the_supervisors(desk: Desk) -> None:
    clock = {"clock_id": "clock-9", "kind": "knowledge_upload", "unit": FIRE, "due_at": "2026-09-21T09:30:00Z"}
    desk.hear("sla.clock_breached", "cities/350100/policies/p-1", **(clock | {"case_id": ""}))
    assert [(m.template, m.audience.value) for m in desk.messages()] == [
        ("knowledge_clock_breached", "unit"),
        ("knowledge_clock_breached", "supervisors"),
    ]
