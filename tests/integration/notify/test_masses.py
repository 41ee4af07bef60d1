"""Who is told of a mass event, and at what hours."""

from datetime import timedelta

from tests.integration.notify.conftest import CASE, Desk, Provider

EVENT = {"mass_event_id": "event-1"}


def test_supervisors_learn_of_the_proposal_and_the_desk_of_what_is_declared_and_over(desk: Desk) -> None:
    desk.hear("intake.mass_event_proposed", **EVENT, similar_cases=10, minutes=60)
    desk.accepted()
    desk.hear("intake.mass_event_declared", **EVENT, title="停水")
    desk.hear("intake.mass_event_ended", **EVENT, title="停水", how="ended")
    told = [(m.audience, m.template) for m in desk.messages() if m.template.startswith("mass_")]
    assert told == [
        ("supervisors", "mass_event_proposed"),
        ("dispatchers", "mass_event_declared"),
        ("dispatchers", "mass_event_ended"),
    ]
    assert "60 分钟内同一区域出现 10 件相似诉求" in desk.message(template="mass_event_proposed").text
    assert f"主诉求 number-of-{CASE}" in desk.message(template="mass_event_declared").text


def test_what_was_turned_down_is_told_to_nobody(desk: Desk) -> None:
    desk.hear("intake.mass_event_ended", **EVENT, title="", how="turned_down")
    assert desk.messages() == []


def test_each_citizen_is_told_once_of_each_word_with_their_own_number(desk: Desk) -> None:
    desk.accepted()
    for number, reachable in ((2, True), (3, False)):
        joined = {"number": f"number-{number}", "citizen_id": f"citizen-{number}", "citizen_reachable": reachable}
        desk.hear("intake.case_joined", f"case-{number}", pack="fujian-2016@1.0.0", **joined)
    for case in (CASE, "case-2", "case-3"):
        desk.hear("intake.mass_progress_told", case, **EVENT, number=1, text="预计十八时恢复供水。")
    told = desk.messages(template="mass_progress")
    assert [m.case_id for m in told] == [CASE, "case-2"]
    assert told[1].text.endswith("您的诉求 number-2 最新进展：预计十八时恢复供水。")


def test_at_night_it_waits_for_the_morning(desk: Desk) -> None:
    provider = Provider("fake")
    desk.use(provider)
    desk.accepted()
    desk.wait(hours=13)
    before = len(provider.sent)
    desk.hear("intake.mass_progress_told", **EVENT, number=1, text="抢修仍在进行。")
    message = desk.message(template="mass_progress")
    assert (message.send_at - desk.clock.now()) == timedelta(hours=10)
    desk.wait(hours=9)
    assert len(provider.sent) == before
    desk.wait(hours=2)
    assert len(provider.sent) == before + 1
