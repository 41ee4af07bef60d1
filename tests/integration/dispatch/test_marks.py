"""A watched case is supervised by rule; its units read nothing of the mark."""

from typing import Any

from services.dispatch.application import messages as m
from tests.integration.dispatch.conftest import Desk, of_unit
from tests.integration.dispatch.pressing import entries


def marked(desk: Desk, kind: str = "media") -> Any:
    return desk.hear("intake.case_marked.v1", kind=kind, marked_by="supervisor:1", marked_at=desk.clock.now())


def test_an_order_of_a_watched_case_is_supervised_once(desk: Desk) -> None:
    desk.accept()
    envelope = marked(desk)
    desk.receiver.receive([envelope])
    marked(desk, "sensitive")
    (entry,) = entries(desk)
    assert (entry.ground, entry.opened_by, entry.written_reply) == ("attention", "rule", False)
    marked(desk, "leader_instruction")
    assert {e.ground for e in entries(desk)} == {"attention", "leader_instruction"}


def test_the_unit_reads_no_mark_on_its_order_and_no_kind_in_the_ledger(desk: Desk) -> None:
    desk.accept()
    marked(desk, "sensitive")
    order = desk.order()
    seen = desk.runtime.query(of_unit(order.assignments[0].unit), m.GetWorkOrder(name=order.name))
    ledger = desk.runtime.query(of_unit(order.assignments[0].unit), m.ListSupervisions(city="350100"))
    assert len(ledger.supervisions) == 1
    assert not any(word in str((seen, ledger)) for word in ("sensitive", "敏感"))


def test_marks_that_the_case_has_when_it_is_accepted_open_it_too(desk: Desk) -> None:
    desk.accept(attention_marks=["media"])
    assert [e.ground for e in entries(desk)] == ["attention"]


def test_a_mark_of_a_case_without_an_order_is_no_fault(desk: Desk) -> None:
    marked(desk)
    assert desk.parked() == 0
