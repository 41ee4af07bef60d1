"""Seeded actors: the same seed gives the same plan, whatever the order of asking."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import chinese_calendar

from chassis.packs import load_packs
from chassis.settings import ROOT
from cli.demo.actors import Actors
from cli.demo.cases import Caller, DemoCase, Story
from cli.demo.office import home, office
from cli.demo.scale import redo_finding
from cli.demo.views import (
    Action,
    AssignmentView,
    CaseView,
    ExtensionView,
    Scale,
    Scene,
    SlaFacts,
    WorkOrderView,
)

T0 = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIVE = Scale(("very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied"), 3)
FACTS = SlaFacts(
    {"sign": T0 + DAY, "contact": T0 + 2 * DAY, "finish": T0 + 14 * DAY},
    last_extension_time=T0 + 13 * DAY,
    finish_working_days=10,
)
DEMO = DemoCase(
    key="case-one",
    city="350100",
    at=datetime.fromisoformat("2026-09-14T08:30:00"),
    category="complaint",
    subject="井盖松动",
    text="路口井盖松了",
    caller=Caller(name="林小满", phone="19900001001"),
)
PACKS = load_packs(ROOT / "policies")
MINE = AssignmentView("a1", "350100-greenery", "lead", "assigned", T0, T0)
SIGNED = dataclasses.replace(MINE, state="signed", sign_time=T0 + HOUR)
CONTACTED = dataclasses.replace(SIGNED, contact_time=T0 + 2 * HOUR)
ORDER = WorkOrderView("o1", "in_handling", "complaint", T0, assignments=(CONTACTED,))


def actors(seed: int = 7, pack: str = "fujian-2016") -> Actors:
    finding = redo_finding(PACKS.current[pack])
    return Actors(
        seed=seed,
        redo_finding=finding,
        scale=FIVE,
        is_workday=chinese_calendar.is_workday,
        coordinator="350100-government",
    )


def scene(story: Story | None = None, done: Mapping[str, int] | None = None, **changes: object) -> Scene:
    case = DEMO.model_copy(update={"story": story or Story(), **changes})
    return Scene(case, T0, done or {})


def sure(action: Action | None) -> Action:
    assert action is not None
    return action


def next_of(mine: AssignmentView, at: Scene, order: WorkOrderView = ORDER, facts: SlaFacts = FACTS) -> Action:
    return sure(actors().unit_next(at, dataclasses.replace(order, assignments=(mine,)), mine, facts))


def test_the_same_seed_gives_the_same_action_and_another_seed_another() -> None:
    def sign(seed: int) -> Action | None:
        return actors(seed).unit_next(scene(), ORDER, MINE, FACTS)

    assert sign(7) == sign(7)
    assert len({sure(sign(seed)).at for seed in range(20)}) > 10


def test_asking_later_does_not_move_a_plan_that_still_lies_ahead() -> None:
    first = next_of(MINE, scene())
    asked_later = dataclasses.replace(scene(), now=T0 + timedelta(minutes=10))
    assert next_of(MINE, asked_later) == first


def test_a_unit_signs_contacts_answers_and_replies_in_time() -> None:
    steps = [
        next_of(MINE, scene()),
        next_of(SIGNED, scene()),
        next_of(CONTACTED, scene(done={"ReportProgress": 1})),
        next_of(dataclasses.replace(CONTACTED, answer_time=T0 + 3 * DAY), scene(done={"ReportProgress": 1})),
    ]
    assert [step.command for step in steps] == ["SignAssignment", "RecordContact", "AnswerCitizen", "SubmitReply"]
    assert steps[0].at <= FACTS.due["sign"]
    assert steps[1].at <= FACTS.due["contact"]
    assert steps[2].at < steps[3].at <= FACTS.due["finish"]


def test_a_late_unit_signs_after_the_deadline_and_a_breach_replies_after_it() -> None:
    assert next_of(MINE, scene(Story(late_sign=True))).at > FACTS.due["sign"]
    answered = dataclasses.replace(CONTACTED, answer_time=T0 + DAY)
    assert next_of(answered, scene(Story(breach=True), {"ReportProgress": 1})).at > FACTS.due["finish"]


def test_a_unit_returns_what_is_not_its_own_only_once() -> None:
    returning = Story(return_not_ours=True)
    assert next_of(MINE, scene(returning)).command == "RequestReturn"
    assert next_of(MINE, scene(returning, {"RequestReturn": 1})).command == "SignAssignment"


def test_an_extension_is_asked_for_before_its_last_moment_and_waits_for_the_decision() -> None:
    action = next_of(CONTACTED, scene(Story(extend=1)))
    assert action.command == "RequestExtension"
    assert action.at <= T0 + 13 * DAY
    pending = dataclasses.replace(ORDER, extensions=(ExtensionView("e1", "pending", T0 + DAY),))
    waiting = scene(Story(extend=1), {"ReportProgress": 1})
    assert actors().unit_next(waiting, pending, CONTACTED, FACTS) is None
    assert sure(actors().dispatcher_next(waiting, pending)).command == "GrantExtension"


def test_the_lead_waits_for_its_co_units() -> None:
    co = AssignmentView("a2", "350100-ecology", "co", "signed", T0, T0, sign_time=T0 + HOUR)
    both = dataclasses.replace(ORDER, assignments=(CONTACTED, co))
    waiting = scene(done={"ReportProgress": 1})
    assert actors().unit_next(waiting, both, CONTACTED, FACTS) is None
    assert sure(actors().unit_next(waiting, both, co, FACTS)).command == "SubmitCoReply"


def test_an_emergency_is_signed_and_contacted_within_half_an_hour_by_night() -> None:
    night = datetime(2026, 10, 2, 15, 0, tzinfo=UTC)
    order = dataclasses.replace(ORDER, emergency_class="urgent")
    at_night = dataclasses.replace(scene(), now=night)
    mine = dataclasses.replace(MINE, assign_time=night)
    signed = next_of(mine, at_night, order)
    assert signed.at - night < timedelta(minutes=30)


def test_dissatisfaction_leads_to_the_finding_that_the_pack_wants() -> None:
    verified = dataclasses.replace(ORDER, state="under_verification")
    unhappy = scene(Story(dissatisfied=True, redo=True))
    findings = [
        sure(actors(pack=pack).dispatcher_next(unhappy, verified)).fields["finding"]
        for pack in ("fujian-2016", "shuangyashan-2024")
    ]
    assert findings == ["unit_at_fault", "reasonable"]


def test_a_compound_case_is_recalled_and_sent_with_its_co_units() -> None:
    compound = scene(Story(co_units=("350100-ecology",)))
    sent = dataclasses.replace(ORDER, state="dispatched", assignments=(MINE,))
    assert sure(actors().dispatcher_next(compound, sent)).command == "RecallWorkOrder"
    queued = dataclasses.replace(ORDER, state="to_dispatch", assignments=(dataclasses.replace(MINE, state="released"),))
    again = sure(actors().dispatcher_next(dataclasses.replace(compound, done={"RecallWorkOrder": 1}), queued))
    assert again.fields["lead"] == "350100-greenery"
    assert again.fields["co_units"] == ["350100-ecology"]


def test_a_citizen_rates_in_waking_hours_and_a_silent_one_is_called_three_times() -> None:
    replied = CaseView("c1", "replied", T0, T0)
    rating = sure(actors().citizen_next(scene(), replied))
    assert rating.command == "RateCase"
    assert rating.fields["handling_score"] in FIVE.steps[:3]
    assert home().next(rating.at) == rating.at
    silent = scene(Story(no_rating=True))
    assert sure(actors().citizen_next(silent, replied)).command == "RecordRevisit"
    assert actors().citizen_next(dataclasses.replace(silent, done={"RecordRevisit": 6}), replied) is None


def test_the_office_is_shut_on_national_day_and_open_on_the_make_up_saturday() -> None:
    desk = office(chinese_calendar.is_workday)
    eve, friday = datetime(2026, 9, 30, 10, tzinfo=UTC), datetime(2026, 10, 9, 10, tzinfo=UTC)
    assert desk.next(eve).isoformat() == "2026-10-08T00:00:00+00:00"
    assert desk.next(friday).isoformat() == "2026-10-10T00:00:00+00:00"
    assert desk.last(datetime(2026, 10, 5, tzinfo=UTC)).isoformat() == "2026-09-30T09:30:00+00:00"


def test_who_is_refused_again_and_again_gives_up() -> None:
    refused = scene(done={"SignAssignment": 4})
    assert actors().unit_next(refused, dataclasses.replace(ORDER, assignments=(MINE,)), MINE, FACTS) is None
