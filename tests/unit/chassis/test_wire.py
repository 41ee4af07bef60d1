"""Requests between protobuf and plain fields."""

from huying.intake.v1 import intake_pb2

from chassis.grpckit.wire import to_fields, to_message
from services.intake.application.messages import CorrectCase

CASE = "cities/350100/cases/c1"


def test_an_empty_text_is_told_where_it_may_also_be_absent() -> None:
    request = intake_pb2.CorrectCaseRequest(request_id="request-0001", name=CASE, item="")
    assert to_fields(request) == {"request_id": "request-0001", "name": CASE, "item": "", "version": 0}
    command = CorrectCase.of(to_fields(request))
    assert (command.item, command.area) == ("", None)


def test_an_empty_text_that_cannot_be_absent_is_left_out() -> None:
    request = intake_pb2.AcceptCaseRequest(request_id="request-0001", name=CASE, item="")
    assert "item" not in to_fields(request)


def test_what_a_command_leaves_open_stays_absent_on_the_wire() -> None:
    given = CorrectCase.of({"request_id": "request-0001", "name": CASE, "item": ""})
    sent = to_message(intake_pb2.CorrectCaseRequest, given)
    assert sent.HasField("item")
    assert not sent.HasField("category")
