"""What a process of the toy province does, once; a test lets it die at a crash point and starts it again."""

from datetime import timedelta

from chassis import crashpoints
from chassis.clock import SimulatedClock
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher
from tests.integration.chassis.toy import CITY, AddItem, CloseOrder, OpenOrder, agent

ITEMS = ("a", "b", "c")


def main(shop_url: str, depot_url: str, crash_at: str = "") -> None:
    # After a death what was being tried from the parking waits a while.
    clock = SimulatedClock(toy.START if crash_at else toy.START + timedelta(minutes=1))
    shop, depot = (
        toy.run(toy.shop_service(), shop_url, clock=clock),
        toy.run(toy.depot_service(), depot_url, clock=clock),
    )
    province = toy.Province(shop, depot)
    crashpoints.arm(crash_at)
    name = shop.execute(agent(), OpenOrder.of({"city": CITY, "case_id": "c1", "request_id": "open-the-order"})).name
    leave_one_in_the_parking(province)
    for item in ITEMS:
        shop.execute(agent(), AddItem.of({"name": name, "item": item, "request_id": f"add-the-{item}"}))
        province.settle()
    shop.execute(agent(), CloseOrder.of({"name": name, "request_id": "close-the-order"}))
    province.settle()


def leave_one_in_the_parking(province: toy.Province) -> None:
    """The truck's second arrival before its first, so that the parking has work to do."""
    province.settle()
    truck = Publisher("truck")
    first, second = (truck.say("item_arrived", item=item) for item in ("x", "y"))
    province.receiver.receive([second])
    province.receiver.receive([first])
    province.settle()
