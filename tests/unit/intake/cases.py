"""Cases at each point of their life, for the tests of single steps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chassis.domain import DomainError, Sealed
from chassis.policy import load
from chassis.settings import ROOT
from services.intake.domain import handling
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from tests.unit.intake.test_case import NOW, PACK, case

PINGLI = load(ROOT / "policies" / "packs" / "pingli-2018" / "intake.yaml", IntakePack)
LATER, SECOND = NOW + timedelta(hours=3), timedelta(seconds=1)
WORDS = Sealed("z1", "case.reply", b"sealed")


def accepted(**changed: object) -> Case:
    one = case(**changed)
    one.accept(PACK, number="n", now=NOW)
    return one


def handled(*orders: str) -> Case:
    one = accepted()
    for order in orders or ("a",):
        handling.order_dispatched(one, order, round=1, units=["u"], at=NOW)
    return one


def replied(*orders: str) -> Case:
    one = handled(*orders)
    for order in [order.id for order in one.orders]:
        handling.order_completed(one, order, round=1, reply=WORDS, at=NOW)
    return one


def closed() -> Case:
    one = replied()
    handling.close(one, "not_rated", at=NOW)
    return one


def refusal(step: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as told:
        step()
    return told.value


def read(one: Case) -> list[str]:
    return [line.zh for line in one.lines]


def last(one: Case) -> str:
    return one.lines[-1].zh
