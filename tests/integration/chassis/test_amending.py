"""Some columns of a row that is there, or comes in the same work, in the order in which things happened."""

from collections.abc import Callable

from chassis.pipeline import ServiceRuntime
from chassis.work import Work
from tests.integration.chassis.conftest import rows
from tests.integration.chassis.toy import totals

KEY = ("order_id",)
Step = Callable[[Work], None]


def written(total: int | None, order: str = "o") -> Step:
    return lambda work: work.write(totals, {"order_id": order, "total": total}, key=KEY)


def amended(total: int, order: str = "o", known: str = "") -> Step:
    return lambda work: work.amend(totals, {"order_id": order, "total": total}, key=KEY, known=known)


def after(shop: ServiceRuntime, *works: list[Step]) -> list[tuple[str, int | None]]:
    for steps in works:
        shop.in_work(lambda work, steps=steps: [step(work) for step in steps])
    return rows(shop, "select order_id, total from totals order by order_id")


def test_a_row_that_is_there_is_amended_and_no_other(shop: ServiceRuntime) -> None:
    found = after(shop, [written(1), written(2, "p")], [amended(3), amended(4), amended(5, "q")])
    assert found == [("o", 4), ("p", 2)]


def test_what_is_not_known_stays_so_where_that_is_asked_for(shop: ServiceRuntime) -> None:
    rows_of_before = [written(None), written(1, "p")]
    assert after(shop, rows_of_before, [amended(2, known="total"), amended(2, "p", known="total")]) == [
        ("o", None),
        ("p", 2),
    ]
    assert after(shop, [written(None), amended(3, known="total"), written(4, "p"), amended(5, "p", known="total")]) == [
        ("o", None),
        ("p", 5),
    ]


def test_in_one_work_the_order_is_kept(shop: ServiceRuntime) -> None:
    assert after(shop, [written(1), amended(2)]) == [("o", 2)]
    assert after(shop, [amended(3), written(4)]) == [("o", 4)]
    assert after(shop, [amended(5), written(6), amended(7)]) == [("o", 7)]
