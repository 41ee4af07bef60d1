"""Orders in dispute, for the tests of the ladder."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain import DomainError, Event
from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import disputes, handling
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.disputes import Opening
from services.dispatch.domain.regime import DisputeRules, Regime
from services.dispatch.domain.work_order import WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
FUJIAN, PINGLI, SHUANGYASHAN = "fujian-2016", "pingli-2018", "shuangyashan-2024"
NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def regime(pack: str) -> tuple[Regime, DisputeRules]:
    ladder = PACKS[pack].disputes
    assert ladder
    return PACKS[pack], ladder


def dispatched(ids: Iterator[str], *, co: tuple[str, ...] = (), emergency: str = "") -> WorkOrder:
    case = CaseCopy("case-1", "350100-20260924-000001-7", "complaint", emergency_class=emergency)
    order = WorkOrder("order-1", "350100", "p", case, 1, NOW)
    order.dispatch(Choice("a", co), ids=ids, now=NOW)
    return order


def signed(ids: Iterator[str], *, co: tuple[str, ...] = (), emergency: str = "") -> WorkOrder:
    order = dispatched(ids, co=co, emergency=emergency)
    handling.sign(order, lead_of(order), now=NOW)
    return order


def lead_of(order: WorkOrder) -> Assignment:
    assert order.lead
    return order.lead


def opened(order: WorkOrder, pack: str, opening: Opening | None = None) -> tuple[Dispute, list[Event]]:
    ladder = regime(pack)[1]
    return disputes.open_dispute(order, opening or Opening("unclear_duty"), id="d-1", rules=ladder, now=NOW)


def settled(order: WorkOrder, dispute: Dispute, pack: str, ids: Iterator[str], lead: str = "b") -> list[Event]:
    step = disputes.deciding_step(dispute, "", regime(pack)[1])
    return disputes.settle(order, dispute, step, lead=lead, co_units=["c"], ids=ids, now=LATER)


def refused(step: object) -> str:
    with pytest.raises(DomainError) as error:
        step()  # type: ignore[operator]
    return error.value.reason
