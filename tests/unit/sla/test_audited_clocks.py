"""The audit knows no regime: what it asks for, every pack must start, whatever the case is about."""

import pytest

from chassis.audit.judging import OF_A_CASE, OF_A_LEAD, OF_AN_ASSIGNMENT
from services.sla.domain.rulebook import Rulebook
from services.sla.domain.rules import Watches, When


@pytest.mark.parametrize("kind", [*OF_A_CASE, *OF_A_LEAD])
def test_every_pack_starts_what_the_audit_asks_for_without_a_condition(book: Rulebook, kind: str) -> None:
    start = "intake.case_accepted" if kind in OF_A_CASE else "dispatch.work_order_dispatched"
    for pack in book.packs.values():
        rule = pack.rule(kind)
        assert (start in rule.starts_on, rule.when) == (True, When()), f"{pack.ref}: {kind}"
        assert (rule.watches is Watches.ASSIGNMENT) == (kind in OF_AN_ASSIGNMENT), f"{pack.ref}: {kind}"
