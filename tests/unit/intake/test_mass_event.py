"""集中诉求: the state table of a mass event with its refusals, and the case that goes its own way."""

from datetime import timedelta

import pytest

from chassis.domain import StepNotAllowed
from services.intake.domain import errors, events, handling, mass_event
from services.intake.domain.case import Case
from services.intake.domain.mass_event import MASS, MOST_CASES, MassEvent, MassState
from services.intake.domain.parts import OrderState
from services.intake.domain.states import OPEN, State
from tests.unit.intake.test_case import NOW, case
from tests.unit.intake.test_correcting import PACK, PACKS, accepted

WORDS = {"title": "停水", "script": "正在抢修", "voice": "您所在片区正在抢修供水管道"}


def declared(event: MassEvent | None = None, main: Case | None = None) -> MassEvent:
    event = event or MassEvent("e1", "350100", "350102", MassState.ACTIVE)
    mass_event.declare(event, main or accepted(id="m"), **WORDS, by="supervisor:1", now=NOW)
    return event


def proposed() -> MassEvent:
    event, _ = mass_event.propose("e1", case(id="c9", area="350102"), ["c1", "c2"], minutes=60, now=NOW)
    event.version = 1
    return event


@pytest.mark.parametrize("pack", PACKS)
def test_ten_alike_cases_of_one_area_within_an_hour_are_proposed(pack: str) -> None:
    rule = PACKS[pack].mass_events
    assert rule is not None
    assert (rule.cases, rule.minutes) == (10, 60)
    assert rule.basis.rule == "platform-default"


def test_a_proposal_names_its_cases_and_counts_on() -> None:
    event, (told,) = mass_event.propose("e1", case(id="c9", area="350102"), ["c1", "c2"], minutes=60, now=NOW)
    assert isinstance(told, events.MassEventProposed)
    assert (told.case_id, told.similar_cases, event.cases) == ("c9", 3, ["c1", "c2", "c9"])
    event.note("c10")
    event.note("c10")
    assert event.similar_cases == 4
    for number in range(MOST_CASES):
        event.note(f"d{number}")
    assert (len(event.cases), event.similar_cases) == (MOST_CASES, 4 + MOST_CASES)


def test_what_is_proposed_is_declared_with_the_case_that_leads() -> None:
    event = proposed()
    (told,) = mass_event.declare(event, accepted(id="m"), **WORDS, by="supervisor:1", now=NOW)
    assert (event.state, event.main_case_id, event.area) == (MassState.ACTIVE, "m", "350102")
    assert (told.case_id, told.title, told.declared_by) == ("m", "停水", "supervisor:1")  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_only_an_open_case_leads(state: State) -> None:
    event = proposed()
    with pytest.raises(errors.MainCaseNotOpen):
        declared(event, case(id="m", state=state))
    assert event.state is MassState.PROPOSED


@pytest.mark.parametrize("state", MassState)
def test_a_step_that_the_table_does_not_know_is_refused(state: MassState) -> None:
    event = proposed()
    event.state = state
    for after, step in ((MassState.ACTIVE, lambda: declared(event)), (MassState.ENDED, lambda: _end(event))):
        event.state = state
        if after in MASS.table.get(state, ()):
            step()
            continue
        with pytest.raises(StepNotAllowed):
            step()


def _end(event: MassEvent) -> object:
    return mass_event.end(event, by="supervisor:1", now=NOW)


def test_the_end_says_whether_it_was_ever_declared() -> None:
    for event, how, about in ((declared(), "ended", "m"), (proposed(), "turned_down", "c1")):
        (told,) = mass_event.end(event, by="supervisor:1", now=NOW)
        assert (told.how, told.case_id) == (how, about)  # type: ignore[attr-defined]


def test_each_broadcast_has_a_number_and_goes_once_to_each_case() -> None:
    event = declared()
    for number in (1, 2):
        told = mass_event.broadcast(event, "已抢通一半", ["m", "c1"], by="dispatcher:1", now=NOW)
        assert [(t.case_id, t.number) for t in told] == [("m", number), ("c1", number)]  # type: ignore[attr-defined]
    assert [(b.number, b.cases) for b in event.broadcasts] == [(1, 2), (2, 2)]
    _end(event)
    with pytest.raises(errors.MassEventNotActive):
        mass_event.broadcast(event, "已恢复", ["m"], by="dispatcher:1", now=NOW)


# -- the case that goes its own way ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(set(State) - {State.JOINED}))
def test_only_a_case_that_follows_is_split_off(state: State) -> None:
    one = case(state=state)
    with pytest.raises(errors.NotJoined):
        mass_event.split_off(one, PACK, now=NOW)
    assert one.state is state


def test_it_is_accepted_for_itself_and_keeps_its_number() -> None:
    main, one = accepted(id="m"), case()
    one.join(main, number="n", now=NOW)
    told = mass_event.split_off(one, PACK, now=NOW + timedelta(hours=1))
    assert [type(event).__name__ for event in told] == ["CaseSplitOff", "CaseAccepted"]
    assert (one.state, one.number, one.main_case_id, one.outcome) == (State.ACCEPTED, "n", "", "")
    assert one.accepted_at == NOW + timedelta(hours=1)
    assert one.lines[-1].zh == "已按您的要求拆单，单独办理"


def test_the_order_that_it_had_before_does_not_end_it_later() -> None:
    main, one = accepted(id="m"), accepted()
    handling.order_dispatched(one, "own", round=1, units=["u"], at=NOW)
    one.join(main, number="", now=NOW)
    mass_event.split_off(one, PACK, now=NOW)
    assert [order.state for order in one.orders] == [OrderState.ENDED]


def test_an_anonymous_claim_for_own_rights_is_not_accepted_by_this_way_either() -> None:
    one = case(state=State.JOINED, main_case_id="m", own_rights_claim=True, named=False)
    with pytest.raises(errors.AnonymousOwnRightsClaim):
        mass_event.split_off(one, PACKS["pingli-2018"], now=NOW)
