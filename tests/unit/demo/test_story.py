"""The case that the page tells whole."""

from datetime import timedelta
from itertools import permutations

from huying.sla.v1 import sla_pb2

from chassis.policy import load_cities
from chassis.settings import ROOT
from cli.demo.cases import load_cases
from cli.demo.driver import Play
from cli.demo.result import StoryLine, Tone
from cli.demo.story import tell
from cli.demo.views import Action, Party


def test_the_deadlines_of_lead_and_co_unit_stand_in_one_order_however_they_were_listed() -> None:
    (case, *_) = load_cases()
    start, clocks = case.instant, []
    for minutes in (7, 4, 0):
        clock = sla_pb2.Clock(kind="sign", state=sla_pb2.CLOCK_STATE_MET)
        clock.start_time.FromDatetime(start)
        clock.due_time.FromDatetime(start + timedelta(minutes=30))
        if minutes:
            clock.stop_time.FromDatetime(start + timedelta(minutes=minutes))
        clocks.append(clock)
    city = load_cities(ROOT / "policies")[case.city]
    stories = [tell(Play(case), listed, city, {}) for listed in permutations(clocks)]
    assert stories == [stories[0]] * 6
    stopped = [d.stopped_at and (d.stopped_at - start) // timedelta(minutes=1) for d in stories[0].deadlines]
    assert stopped == [4, 7, None]


def test_what_people_say_with_an_act_and_what_the_rule_does_stand_in_the_line_of_time() -> None:
    (case, *_) = load_cases()
    later = case.instant + timedelta(hours=2)
    play = Play(case)
    fields = {"name": "e1", "reason": "理由不充分"}
    play.acts.append((later, Action(later, "RefuseExtension", Party.DISPATCHER, fields)))
    by_rule = StoryLine(case.instant + timedelta(hours=1), "平台", "自动列入督办", "supervised", Tone.BAD)
    told = tell(play, (), load_cities(ROOT / "policies")[case.city], {}, (by_rule,))
    assert [(line.who_zh, line.zh) for line in told.lines[1:]] == [
        ("平台", "自动列入督办"),
        ("热线办公室", "不同意延期：理由不充分"),
    ]
