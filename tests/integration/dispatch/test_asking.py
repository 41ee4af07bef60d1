"""What may be asked of orders, and by whom."""

import pytest

from chassis.access import Principal
from chassis.domain import NotFound
from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import Desk, of_unit, office


def test_a_unit_sees_only_orders_it_has_a_part_in(desk: Desk) -> None:
    desk.accept()
    order = desk.order()
    own, other = of_unit("350100-housing"), of_unit("350100-market")
    assert len(desk.runtime.query(own, m.ListWorkOrders(city="350100")).work_orders) == 1
    assert desk.runtime.query(other, m.ListWorkOrders(city="350100")).work_orders == []
    with pytest.raises(NotFound):
        desk.runtime.query(other, m.GetWorkOrder(name=order.name))
    with pytest.raises(NotFound):
        desk.do(other, m.SignAssignment, name=order.assignments[0].name)


@pytest.mark.parametrize("who", [office("350200"), of_unit("350100-housing", "350200")])
def test_a_name_of_another_city_finds_nothing(desk: Desk, who: Principal) -> None:
    desk.accept()
    order = desk.order()
    foreign = order.name.replace("350100", "350200")
    with pytest.raises(NotFound):
        desk.runtime.query(who, m.GetWorkOrder(name=foreign))


def test_a_page_goes_on_where_the_last_one_ended(desk: Desk) -> None:
    for number in range(3):
        desk.accept(case_id=f"case-{number}")
    first = desk.runtime.query(office(), m.ListWorkOrders(city="350100", page_size=2))
    second = desk.runtime.query(
        office(), m.ListWorkOrders(city="350100", page_size=2, page_token=first.next_page_token)
    )
    assert (len(first.work_orders), len(second.work_orders), second.next_page_token) == (2, 1, "")


def test_the_route_of_an_order_is_explained(desk: Desk) -> None:
    desk.accept(item="15", attributes={"handed_over": "no"})
    view = desk.runtime.query(office(), m.ExplainRoute(name=desk.order().name))
    assert (view.rule, view.lead, view.attributes_that_matter) == (
        "I-lights-still-builders",
        "350100-housing",
        ["handed_over"],
    )


def test_other_services_may_ask_for_routes_and_facts(desk: Desk) -> None:
    from chassis.access import system

    route = desk.runtime.answer(system("intake"), "preview_route", {"city": "350100", "text": "自来水停水三天了"})
    assert route["lead"] == "350100-water"
    desk.accept()
    (fact,) = desk.runtime.answer(system("audit"), "audit_facts", {"subjects": ["case-1", "case-2"]})["facts"]
    (order,) = fact["orders"]
    assert (fact["subject"], order["state"], len(order["assignments"])) == ("case-1", "dispatched", 1)
