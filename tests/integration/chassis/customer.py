"""What a process of the toy province does, once; a test lets it die at a crash point and starts it again."""

from chassis import crashpoints
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher
from tests.integration.chassis.toy import CITY, AddItem, CloseOrder, OpenOrder, agent

ITEMS = ("a", "b", "c")


def main(shop_url: str, depot_url: str, crash_at: str = "") -> None:
    province = toy.Province(toy.run(toy.shop_service(), shop_url), toy.run(toy.depot_service(), depot_url))
    crashpoints.arm(crash_at)
    shop = province.shop
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
