"""What a unit states against a rating (S24 art. 22) and proposes to end (S24 art. 23): the rules and their refusals."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from chassis.domain import DomainError, Event, NotFound
from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import endings, events, handling, redo, statements
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.notes import Reply
from services.dispatch.domain.regime import Regime
from services.dispatch.domain.states import Finding, State
from services.dispatch.domain.work_order import WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
S24 = PACKS["shuangyashan-2024"]
NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)


def in_handling(*, answered: bool = True, reachable: bool = True) -> WorkOrder:
    case = CaseCopy("case-1", "230500-20260924-000001-7", "complaint", citizen_reachable=reachable)
    order = WorkOrder("order-1", "230500", "shuangyashan-2024@1.0.0", case, 1, NOW)
    ids = (f"id-{n}" for n in count(1))
    order.dispatch(Choice("a", ("b",)), ids=ids, now=NOW)
    for assignment in order.active():
        handling.sign(order, assignment, now=NOW)
    order.assignments[0].answered_at = NOW if answered else None
    return order


def verified(round: int = 1) -> WorkOrder:
    order = in_handling()
    order.round = round
    for assignment in order.assignments:
        assignment.round = round
    handling.submit_co_reply(order, order.assignments[1], result=None, now=NOW)
    handling.submit_reply(order, order.assignments[0], Reply(order.assignments[0].id, None, None, b"", "solved", NOW))
    handling.complete(order, now=NOW)
    redo.rated_dissatisfied(order, rules=S24.redo, ids=iter(()), now=NOW)
    return order


def refused(act: Callable[[], Event]) -> str:
    with pytest.raises(DomainError) as error:
        act()
    return error.value.reason


# -- statements --------------------------------------------------------------------------------------------------------


def state(order: WorkOrder, claim: Finding = Finding.UNREASONABLE, *, part: int = 0, regime: Regime = S24) -> Event:
    return statements.submit(order, order.assignments[part], claim, rules=regime.statements, now=NOW)


@pytest.mark.parametrize("claim", [Finding.UNREASONABLE, Finding.OBJECTIVE_LIMITS])
def test_a_unit_states_its_side_while_the_rating_is_looked_into(claim: Finding) -> None:
    order = verified()
    event = state(order, claim)
    assert isinstance(event, events.StatementSubmitted)
    assert (event.unit, event.round, event.claim, order.state) == ("a", 1, claim, State.UNDER_VERIFICATION)


def test_it_states_it_once_a_round_and_again_in_the_next() -> None:
    order = verified()
    state(order)
    assert refused(lambda: state(order)) == "ALREADY_STATED"
    again = verified(round=2)
    again.statements = order.statements
    assert isinstance(state(again), events.StatementSubmitted)


def test_what_no_rule_wants_is_refused() -> None:
    assert refused(lambda: state(in_handling())) == "NOTHING_TO_STATE"
    assert refused(lambda: state(verified(), Finding.REASONABLE)) == "VALUE_NOT_ALLOWED"
    assert refused(lambda: state(verified(), part=1)) == "LEAD_ONLY"
    for pack in ("fujian-2016", "pingli-2018"):
        assert refused(lambda pack=pack: state(verified(), regime=PACKS[pack])) == "STATEMENT_NOT_KNOWN"  # type: ignore[misc]
    released = verified()
    released.release(NOW, why="ended")
    with pytest.raises(NotFound):
        state(released)


# -- proposals to end --------------------------------------------------------------------------------------------------


def propose(order: WorkOrder, ground: str = "repeated", *, part: int = 0, regime: Regime = S24) -> Event:
    mine = order.assignments[part]
    return endings.propose(order, mine, ground=ground, next_authority="", rules=regime.endings, now=NOW)


def test_every_ground_of_the_article_may_be_proposed_and_the_order_stays_where_it_is() -> None:
    assert S24.endings is not None
    assert [*S24.endings.grounds] == ["other_procedure", "against_the_law", "repeated", "other_by_law"]
    for number, ground in enumerate(S24.endings.grounds.values(), start=1):
        assert str(ground.basis) == f"S24-33, 23({number})"
    for code in S24.endings.grounds:
        order = in_handling()
        assert isinstance(propose(order, code), events.EndProposed)
        assert (order.state, endings.pending(order) is not None) == (State.IN_HANDLING, True)


def test_the_citizen_is_told_first_where_there_is_one_to_tell() -> None:
    assert refused(lambda: propose(in_handling(answered=False))) == "CITIZEN_NOT_ANSWERED"
    assert isinstance(propose(in_handling(answered=False, reachable=False)), events.EndProposed)


def test_a_proposal_that_no_rule_allows_is_refused() -> None:
    assert refused(lambda: propose(in_handling(), "too_difficult")) == "VALUE_NOT_ALLOWED"
    assert refused(lambda: propose(in_handling(), part=1)) == "LEAD_ONLY"
    assert refused(lambda: propose(verified())) == "ORDER_NOT_IN_HANDLING"
    for pack in ("fujian-2016", "pingli-2018"):
        assert refused(lambda pack=pack: propose(in_handling(), regime=PACKS[pack])) == "END_NOT_KNOWN"  # type: ignore[misc]
    order = in_handling()
    propose(order)
    assert refused(lambda: propose(order)) == "END_AWAITS_DECISION"


def test_a_refused_proposal_lets_the_unit_go_on_and_ask_again() -> None:
    order = in_handling()
    assert refused(lambda: endings.refuse(order, now=NOW)) == "NO_END_PENDING"
    propose(order)
    event = endings.refuse(order, now=NOW + timedelta(hours=1))
    assert isinstance(event, events.EndRefused)
    assert (event.unit, event.occurrence, order.end_proposals[0].outcome) == ("a", 1, "refused")
    assert refused(lambda: endings.refuse(order, now=NOW)) == "NO_END_PENDING"
    propose(order)
    assert len(order.end_proposals) == 2


def test_a_proposal_of_a_unit_that_lost_the_order_waits_no_longer() -> None:
    order = in_handling()
    propose(order)
    order.release(NOW, why="redispatched")
    assert endings.pending(order) is None
