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
