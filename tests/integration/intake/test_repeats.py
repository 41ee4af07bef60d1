"""A matter that was answered and comes again."""

import pytest

from chassis.access import Role
from chassis.domain import NotFound
from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, PINGLI, Desk, principal

PINGLI_AGENT = principal(Role.AGENT, PINGLI)


def test_pingli_has_an_answered_matter_explained_again(desk: Desk) -> None:
    former = desk.accept(PINGLI_AGENT, city=PINGLI)
    again = desk.register(PINGLI_AGENT, city=PINGLI).case
    accept = {"name": again.name, "repeated_case": former.name}
    with pytest.raises(errors.NotOnlyExplained):
        desk.do(PINGLI_AGENT, "AcceptCase", **accept)
    desk.dispatched(former.name)
    desk.completed(former)
    with pytest.raises(errors.NotOnlyExplained):
        desk.do(PINGLI_AGENT, "AcceptCase", **accept, emergency_class="sudden")
    assert desk.do(PINGLI_AGENT, "AcceptCase", **accept).state == "accepted"
    told = [(p["explain_only"], p["repeated_case_id"]) for t, p in desk.events() if t == "case_accepted"]
    assert told == [(False, ""), (True, former.name.rpartition("/")[2])]


def test_what_repeats_is_explained_only_where_the_pack_says_so_and_in_its_own_city(desk: Desk) -> None:
    former = desk.replied()
    with pytest.raises(errors.NotOnlyExplained):
        desk.do(AGENT, "AcceptCase", name=desk.register().case.name, repeated_case=former.name)
    elsewhere = desk.register(PINGLI_AGENT, city=PINGLI).case
    with pytest.raises(NotFound):
        desk.do(PINGLI_AGENT, "AcceptCase", name=elsewhere.name, repeated_case=former.name)


def test_a_case_that_ended_with_its_main_case_was_never_answered(desk: Desk) -> None:
    main, former = (desk.accept(PINGLI_AGENT, city=PINGLI, caller=who) for who in ({}, {"phone": "13900139000"}))
    desk.do(PINGLI_AGENT, "JoinCase", name=former.name, main_case=main.name)
    desk.dispatched(main.name)
    ended = {"work_order_id": "wo-1", "ground": "litigation", "ended_at": desk.clock.now()}
    desk.tell("dispatch.work_order_ended", main.name, **ended)
    assert [p["how"] for t, p in desk.events() if t == "case_closed"] == ["ended", "main_case_closed"]
    again = desk.register(PINGLI_AGENT, city=PINGLI).case
    with pytest.raises(errors.NotOnlyExplained):
        desk.do(PINGLI_AGENT, "AcceptCase", name=again.name, repeated_case=former.name)
