"""Returns and extensions step by step: who may ask, who is refused, what is kept."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from services.dispatch.domain import extensions, returns
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.notes import ClockNote, Extension
from services.dispatch.domain.states import (
    AssignmentState,
    ExtensionState,
    ReturnKind,
    Role,
    State,
)
from services.dispatch.domain.work_order import WorkOrder
from tests.unit.dispatch.disputed import FUJIAN, PACKS, PINGLI, SHUANGYASHAN
from tests.unit.dispatch.orders import (
    LATER,
    NOW,
    SECOND,
    dispatched,
    lead,
    refusal,
    signed,
)

# -- returns -----------------------------------------------------------------------------------------------------------


def asked(kind: ReturnKind = ReturnKind.NOT_OURS, *, late: bool = False) -> ReturnRequest:
    return ReturnRequest(kind, "", NOW, late)


def ask(order: WorkOrder, pack: str, request: ReturnRequest, *, dispute: bool = True) -> object:
    rules, ladder = PACKS[pack].returns, PACKS[pack].disputes if dispute else None
    return returns.request(order, lead(order), request, rules=rules, now=NOW, ladder=ladder)


def test_an_agreed_return_releases_the_lead_and_keeps_the_clocks_of_those_who_stay(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    part, other = order.active()
    order.clocks = {"lead": ClockNote("sign", part.id, LATER), "co": ClockNote("sign", other.id, LATER)}
    ask(order, FUJIAN, asked())
    returns.agree(order, part, now=LATER)
    assert (part.released_at, order.agreed_returns, list(order.clocks)) == (LATER, 1, ["co"])
    assert (part.returns[-1].outcome, order.just_returned_by) == ("agreed", "a")


def test_a_refused_return_needs_a_ground_of_the_pack_and_the_unit_goes_on_where_it_was(ids: Iterator[str]) -> None:
    order = signed(ids)
    part, rules = lead(order), PACKS[FUJIAN].returns
    ask(order, FUJIAN, asked())
    told = refusal(lambda: returns.refuse(order, part, ground="whim", rules=rules, now=LATER))
    assert (told.reason, told.field) == ("VALUE_NOT_ALLOWED", "ground")
    returns.refuse(order, part, ground="own_duty", rules=rules, now=LATER)
    assert part.state is AssignmentState.SIGNED
    assert (part.returns[-1].outcome, part.returns[-1].ground) == ("refused", "own_duty")
    assert part.pending_return is None


def test_the_return_that_waits_is_the_last_one(ids: Iterator[str]) -> None:
    order = dispatched(ids)
    part, rules = lead(order), PACKS[FUJIAN].returns
    ask(order, FUJIAN, asked())
    returns.refuse(order, part, ground="own_duty", rules=rules, now=LATER)
    again = asked(late=True)
    ask(order, FUJIAN, again)
    assert part.pending_return is again
    assert not part.returned_late
    again.outcome = "disputed"
    assert part.returned_late
    again.late = False
    assert not part.returned_late
    assert not Assignment("x", "u", Role.LEAD, 1, NOW).returned_late


def test_a_kind_that_the_pack_does_not_know_is_refused(ids: Iterator[str]) -> None:
    told = refusal(lambda: ask(dispatched(ids), PINGLI, asked(ReturnKind.DEPARTMENT_DUTY)))
    assert (told.reason, told.field) == ("VALUE_NOT_ALLOWED", "kind")


@pytest.mark.parametrize(("pack", "refused"), [(FUJIAN, False), (PINGLI, True), (SHUANGYASHAN, False)])
def test_a_late_return_before_signing_is_refused_where_the_pack_says_so(
    ids: Iterator[str], pack: str, refused: bool
) -> None:
    order = dispatched(ids)
    if refused:
        assert refusal(lambda: ask(order, pack, asked(late=True))).reason == "RETURN_TOO_LATE"
    else:
        assert ask(order, pack, asked(late=True))


def test_in_fujian_a_late_return_while_handling_is_refused(ids: Iterator[str]) -> None:
    assert refusal(lambda: ask(signed(ids), FUJIAN, asked(late=True))).reason == "RETURN_TOO_LATE"


def test_only_the_leads_not_ours_opens_a_dispute_when_returns_are_used_up(ids: Iterator[str]) -> None:
    order = dispatched(ids, co=("b",))
    part, other = order.active()
    rules, ladder = PACKS[FUJIAN].returns, PACKS[FUJIAN].disputes
    opens = lambda who, request: returns.opens_dispute(order, who, request, rules, ladder)  # noqa: E731
    assert not opens(part, asked())
    order.agreed_returns = rules.agreed_at_most
    assert opens(part, asked())
    assert not opens(other, asked())
    assert not opens(part, asked(ReturnKind.OUT_OF_SCOPE))
    assert refusal(lambda: ask(order, FUJIAN, asked(), dispute=False)).reason == "NO_FURTHER_RETURN"


# -- extensions --------------------------------------------------------------------------------------------------------


def extension(order: WorkOrder, days: int = 5) -> Extension:
    return Extension("e1", lead(order).id, order.round, days, NOW)


def timed(order: WorkOrder, unit: str = "working_day", amount: int = 5) -> WorkOrder:
    order.clocks["finish"] = ClockNote("finish", "", LATER, None, unit, amount)
    return order


def file(order: WorkOrder, wanted: Extension, pack: str = PINGLI, now: datetime = NOW) -> object:
    return extensions.request(order, lead(order), wanted, rules=PACKS[pack].extensions, now=now)


def test_only_the_lead_of_an_order_in_handling_asks_for_more_time(ids: Iterator[str]) -> None:
    order = timed(dispatched(ids))
    assert refusal(lambda: file(order, extension(order))).reason == "ASSIGNMENT_NOT_SIGNED"
    order = timed(signed(ids))
    assert file(order, extension(order))


def test_without_a_last_moment_of_its_own_the_deadline_is_the_last(ids: Iterator[str]) -> None:
    order = timed(signed(ids))
    assert file(order, extension(order), now=LATER)
    order = timed(signed(ids))
    assert refusal(lambda: file(order, extension(order), now=LATER + SECOND)).reason == "EXTENSION_TOO_LATE"


def test_a_wrong_length_names_its_field(ids: Iterator[str]) -> None:
    order = timed(signed(ids))
    assert refusal(lambda: file(order, extension(order, 4))).field == "working_days"


@pytest.mark.parametrize(("unit", "amount", "days"), [("working_day", 5, 5), ("working_hour", 8, 1), ("minute", 30, 1)])
def test_a_limit_shorter_than_a_day_counts_as_one(unit: str, amount: int, days: int) -> None:
    assert extensions.limit_in_working_days(ClockNote("finish", "", NOW, None, unit, amount)) == days


def test_an_extension_is_decided_once_and_only_for_the_part_that_is_at_work(ids: Iterator[str]) -> None:
    order = timed(signed(ids))
    wanted = extension(order)
    file(order, wanted)
    extensions.refuse(order, wanted, now=LATER)
    assert (wanted.state, wanted.decided_at) == (ExtensionState.REFUSED, LATER)
    told = refusal(lambda: extensions.refuse(order, wanted, now=LATER))
    assert told.values == {"state": "refused", "step": "refused"}
    waiting, rules = extension(order), PACKS[PINGLI].extensions
    order.state = State.TO_DISPATCH
    grant = lambda: extensions.grant(order, waiting, rules=rules, now=LATER)  # noqa: E731
    assert refusal(grant).reason == "ORDER_NOT_IN_HANDLING"
    order.state, order.round = State.REPLIED, 2
    assert refusal(grant).values == {"state": "superseded", "step": "granted"}
    order.round = 1
    assert grant()


def test_an_extension_is_explained_once_granted_and_while_it_counts(ids: Iterator[str]) -> None:
    order = timed(signed(ids))
    wanted = extension(order)
    rules = PACKS[FUJIAN].extensions
    explain = lambda: extensions.explain(order, wanted, method="phone", proof="p", rules=rules, now=LATER)  # noqa: E731
    assert refusal(explain).values == {"state": "pending", "step": "explained"}
    wanted.state = ExtensionState.GRANTED
    assert explain()
    order.round = 2
    assert refusal(explain).values == {"state": "superseded", "step": "explained"}
