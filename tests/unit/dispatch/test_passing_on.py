"""A unit passes its part on to a section, the section to a town; the unit stays responsible."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.domain import DomainError
from services.dispatch.domain import handling, passing, returns
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.notes import Passing, Reply
from services.dispatch.domain.passages import passages_for
from services.dispatch.domain.regime import GrassRoots, PassingRules
from services.dispatch.domain.routing import Directory, Unit
from services.dispatch.domain.states import PASSING, AssignmentState, PassingState, ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder

NOW = datetime(2026, 9, 24, tzinfo=UTC)
BASIS = Basis("S24-09", "9")
RULES = PassingRules(depth=2, basis=BASIS)
GRASS_ROOTS = GrassRoots(frozenset({"township"}), frozenset({"department"}), Basis("N25-10", "5"))
TREE = Directory(
    "350100",
    [
        Unit("county", "县政府", "county"),
        Unit("section", "县城管科", "section", supervised_by="county"),
        Unit("desk", "城管科内勤", "section", supervised_by="section"),
        Unit("town", "某镇", "township", supervised_by="county"),
        Unit("village", "某村", "township", supervised_by="town"),
        Unit("bureau", "某局", "department"),
        Unit("post", "某镇派出机构", "township", supervised_by="bureau"),
    ],
    [],
)


def order(unit: str = "county", state: AssignmentState = AssignmentState.SIGNED) -> WorkOrder:
    case = CaseCopy("case-1", "n", "complaint")
    made = WorkOrder("order-1", "350100", "p@1", case, 1, NOW, state=State.IN_HANDLING)
    made.assignments = [Assignment("a1", unit, Role.LEAD, 1, NOW, state)]
    return made


def pass_on(one: WorkOrder, section: str, by: str = "", grass_roots: GrassRoots | None = None) -> Passing:
    part = one.assignments[-1]
    by = by or part.unit
    passing.check(one, part, by=by, section=section, rules=RULES, directory=TREE, grass_roots=grass_roots)
    new = Passing(f"p-{section}-{len(one.passings)}", part.id, section, by, NOW)
    passing.pass_on(one, new, note=None)
    return new


def refused(call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(DomainError) as told:
        call(*args, **more)
    return told.value.reason


def test_it_goes_from_the_unit_to_the_section_and_from_there_to_the_town() -> None:
    one = order()
    pass_on(one, "section")
    pass_on(one, "town", by="section")
    assert passing.held_by(one, "section")
    assert passing.held_by(one, "town")
    assert passing.holds(one, one.assignments[0], "town")
    assert (one.lead and one.lead.unit, one.lead and str(one.lead.state)) == ("county", "signed")


@pytest.mark.parametrize("elsewhere", ["bureau", "county", "nobody", "post"])
def test_it_does_not_leave_what_stands_below_the_unit(elsewhere: str) -> None:
    assert refused(pass_on, order(), elsewhere) == "NOT_BELOW_THE_UNIT"


def test_a_town_does_not_pass_it_up_or_sideways() -> None:
    one = order()
    pass_on(one, "town")
    assert refused(pass_on, one, "section", by="town") == "NOT_BELOW_THE_UNIT"


def test_it_is_passed_on_no_further_than_the_pack_says() -> None:
    one = order()
    pass_on(one, "section")
    pass_on(one, "town", by="section")
    assert refused(pass_on, one, "village", by="town") == "PASSED_TOO_FAR"


def test_what_a_department_must_do_does_not_go_to_the_grass_roots() -> None:
    assert refused(pass_on, order("bureau"), "post", grass_roots=GRASS_ROOTS) == "BARRED_TO_PASS_ON"
    pass_on(order("county"), "town", grass_roots=GRASS_ROOTS)


def test_a_section_has_it_once_and_none_that_has_a_part_of_its_own() -> None:
    one = order()
    pass_on(one, "section")
    assert refused(pass_on, one, "section") == "PASSED_ON_ALREADY"
    one.assignments.insert(0, Assignment("a2", "town", Role.CO, 1, NOW))
    assert refused(pass_on, one, "town") == "HAS_ITS_OWN_PART"


@pytest.mark.parametrize(
    ("state", "reason"),
    [(AssignmentState.ASSIGNED, "ASSIGNMENT_NOT_SIGNED"), (AssignmentState.REPLIED, "ASSIGNMENT_NOT_SIGNED"),
     (AssignmentState.RETURN_REQUESTED, "ASSIGNMENT_NOT_SIGNED"), (AssignmentState.RELEASED, "ORDER_NOT_IN_HANDLING")],
)  # fmt: skip
def test_the_unit_signs_before_it_passes_anything_on(state: AssignmentState, reason: str) -> None:
    assert refused(pass_on, order(state=state), "section") == reason


@pytest.mark.parametrize("declined", [False, True])
def test_the_section_replies_to_whoever_passed_it_on_and_has_it_no_longer(declined: bool) -> None:
    one = order()
    pass_on(one, "section")
    below = pass_on(one, "town", by="section")
    told = passing.reply(one, below, text=None, declined=declined, now=NOW)
    assert (told.by, told.declined) == ("section", declined)  # type: ignore[attr-defined]
    assert passing.held_by(one, "town") is None
    assert passing.held_by(one, "section") is not None
    assert refused(passing.reply, one, below, text=None, declined=False, now=NOW) == "STEP_NOT_ALLOWED"


def test_what_the_unit_takes_back_from_the_section_the_town_has_no_longer_either() -> None:
    one = order()
    section = pass_on(one, "section")
    pass_on(one, "town", by="section")
    passing.take_back(one, section, reason=None, now=NOW)
    assert passing.held_by(one, "town") is None
    assert [(e.section, e.why) for e in passing.let_go(one, NOW)] == [("town", "no_longer_held")]  # type: ignore[attr-defined]
    assert passing.let_go(one, NOW) == []


def test_it_may_be_passed_on_again_after_a_reply() -> None:
    one = order()
    first = pass_on(one, "section")
    passing.reply(one, first, text=None, declined=False, now=NOW)
    again = pass_on(one, "section")
    assert passing.held_by(one, "section") is again


def test_it_ends_by_itself_when_the_unit_has_replied() -> None:
    one = order()
    pass_on(one, "section")
    handling.submit_reply(one, one.assignments[0], Reply("a1", None, None, b"", "solved", NOW))
    assert passing.held_by(one, "section") is None
    assert len(passing.let_go(one, NOW)) == 1


def test_a_section_works_on_while_the_return_of_its_unit_is_reviewed_and_not_after_it() -> None:
    one = order()
    part = one.assignments[0]
    mine = pass_on(one, "section")
    part.move(AssignmentState.RETURN_REQUESTED)
    part.returns.append(ReturnRequest(ReturnKind.NOT_OURS, "", NOW, late=False))
    assert passing.held_by(one, "section") is mine
    returns.agree(one, part, now=NOW)
    assert passing.held_by(one, "section") is None
    assert refused(passing.reply, one, mine, text=None, declined=False, now=NOW) == "ORDER_NOT_IN_HANDLING"


def test_a_section_reads_nothing_after_it_has_lost_it() -> None:
    one = order()
    mine = pass_on(one, "section")
    assert passages_for(one, "section") == []
    passing.reply(one, mine, text=None, declined=False, now=NOW)
    assert refused(passages_for, one, "section") == "NOT_FOUND"


@pytest.mark.parametrize("state", sorted(set(PassingState) - {PassingState.PASSED_ON}))
def test_what_is_over_stays_over(state: PassingState) -> None:
    for then in PassingState:
        with pytest.raises(DomainError):
            PASSING.check(state, then)
