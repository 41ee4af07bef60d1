"""Orders of the toy's shop, opened, filled and added up in one line."""

from chassis.access import Principal
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis.toy import CITY, AddItem, GetOrder, OpenOrder, agent


def opened(shop: ServiceRuntime, case: str = "c1", who: Principal | None = None) -> str:
    answer = shop.execute(
        who or agent(), OpenOrder.of({"city": CITY, "case_id": case, "request_id": f"open-{case}-{case}"})
    )
    return str(answer.name)


def add(name: str, request_id: str, item: str = "apple", amount: int = 1) -> AddItem:
    return AddItem.of({"name": name, "item": item, "amount": amount, "request_id": request_id})


def total(shop: ServiceRuntime, name: str) -> int:
    return int(shop.query(agent(), GetOrder.of({"name": name})).total)
