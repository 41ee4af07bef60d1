"""What goes to its end in the demonstration: a dispute, extensions that are refused, what is put right."""

import dataclasses
from datetime import timedelta

from cli.demo.cases import Dispute, OtherLaw, Story
from cli.demo.views import Action, CaseView, DisputeView, ExtensionView
from tests.unit.demo.test_actors import CONTACTED, DAY, HOUR, ORDER, T0, actors, next_of, scene, sure

DISPUTED = Story(dispute=Dispute(ground="overlap", steps=("second", "third"), units=("u-2", "u-3"), lead="u-2"))
ENTRY = DisputeView("d1", "open", ("first",), ("u-1", "u-2", "u-3"), T0)
CASE = CaseView("c1", "in_handling", T0, T0)


def decided(extended: Story, *states: str) -> Action:
    asked = tuple(ExtensionView(f"e{n}", state, T0 + n * HOUR) for n, state in enumerate(states, start=1))
    return sure(actors().dispatcher_next(scene(extended), dataclasses.replace(ORDER, extensions=asked)))


def test_the_office_refuses_the_application_that_the_case_names_and_says_why() -> None:
    twice = Story(extend=3, extension_refused=2)
    assert decided(twice, "pending").command == "GrantExtension"
    refused = decided(twice, "granted", "pending")
    assert (refused.command, refused.fields["name"], bool(refused.fields["reason"])) == ("RefuseExtension", "e2", True)
    assert decided(twice, "granted", "refused", "pending").command == "GrantExtension"


def test_who_was_refused_asks_again_later_and_before_the_last_moment() -> None:
    asked = (ExtensionView("e1", "granted", T0 + DAY), ExtensionView("e2", "refused", T0 + 2 * DAY))
    third = next_of(CONTACTED, scene(Story(extend=3)), dataclasses.replace(ORDER, extensions=asked))
    assert third.command == "RequestExtension"
    assert T0 + 2 * DAY < third.at <= T0 + 13 * DAY
    done = dataclasses.replace(ORDER, extensions=(*asked, asked[0]))
    assert next_of(CONTACTED, scene(Story(extend=3), {"ReportProgress": 1}), done).command == "AnswerCitizen"


def test_a_doubted_order_is_disputed_once_and_no_other_is() -> None:
    opened = sure(actors().dispatcher_next(scene(DISPUTED), ORDER))
    assert (opened.command, opened.fields["ground"]) == ("OpenDispute", "overlap")
    assert opened.fields["participants"] == ["u-2", "u-3"]
    assert actors().dispatcher_next(scene(DISPUTED, {"OpenDispute": 1}), ORDER) is None
    assert actors().dispatcher_next(scene(), ORDER) is None


def test_a_dispute_is_recorded_at_each_step_goes_on_and_is_settled_after_the_last() -> None:
    recorded = dataclasses.replace(ENTRY, record_time=T0 + DAY)
    third = dataclasses.replace(recorded, taken=("first", "second", "third"))
    acts = [sure(actors().dispute_next(scene(DISPUTED), entry)) for entry in (ENTRY, recorded, third)]
    assert [act.command for act in acts] == ["RecordDisputeStep", "AdvanceDispute", "SettleDispute"]
    assert (acts[1].fields["step"], acts[2].fields["lead"]) == ("second", "u-2")
    assert acts[0].at <= T0 + 3 * DAY
    assert acts[1].at > T0 + DAY
    assert actors().dispute_next(scene(DISPUTED), dataclasses.replace(third, state="settled")) is None


def test_a_category_and_a_limit_are_put_right_within_hours_each_once() -> None:
    law = OtherLaw(rank="law", title="消费者权益保护法", article="46", limit_amount=7, limit_unit="working_day")
    wrong = Story(correct_to="complaint", other_law=law)
    first = sure(actors().amendment_next(scene(wrong), CASE))
    then = sure(actors().amendment_next(scene(wrong, {"CorrectCase": 1}), CASE))
    assert (first.command, first.fields["category"]) == ("CorrectCase", "complaint")
    assert (then.command, then.fields["ground"], then.fields["limit_amount"]) == ("SetCaseLimit", "other_law", 7)
    assert max(first.at, then.at) - T0 < timedelta(hours=8)
    done = {"CorrectCase": 1, "SetCaseLimit": 1}
    assert actors().amendment_next(scene(wrong, done), CASE) is None
    assert actors().amendment_next(scene(wrong), dataclasses.replace(CASE, state="replied")) is None
