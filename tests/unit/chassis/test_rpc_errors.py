"""Errors over RPC: the same at both ends, and nothing of Python between."""

from typing import Any

import msgspec
import pytest

from chassis.access import PermissionDenied, Unauthenticated
from chassis.database.engine import TryAgainLater
from chassis.domain import BadFields, DomainError, NotFound, StepNotAllowed, Violation
from chassis.failures import CallTooLate, Unexpected
from chassis.questions import NoAnswer, RefusedElsewhere
from chassis.rabbit import wire


def travelled(error: DomainError) -> DomainError:
    answered = msgspec.json.decode(msgspec.json.encode(wire.error_of(error, "ab" * 16)))
    return wire.error_from("sla", answered)


@pytest.mark.parametrize("error", [NotFound(), NotFound(field="name"), PermissionDenied(roles="agent"),
                                   StepNotAllowed(state="open", step="closed")])  # fmt: skip
def test_an_error_arrives_as_itself(error: DomainError) -> None:
    came = travelled(error)
    assert type(came) is type(error)
    assert (came.field, came.message_zh, came.message_en) == (error.field, error.message_zh, error.message_en)


def test_bad_fields_arrive_with_every_field() -> None:
    bad = BadFields([Violation("city", "必填", "is required"), Violation("kind", "过长", "is too long")])
    came = travelled(bad)
    assert isinstance(came, BadFields)
    assert came.violations == bad.violations
    assert came.message_zh == bad.message_zh


@pytest.mark.parametrize("error", [Unauthenticated(), CallTooLate(), TryAgainLater(), NoAnswer(service="intake")])
def test_what_the_asker_cannot_mend_is_no_answer(error: DomainError) -> None:
    came = travelled(error)
    assert isinstance(came, NoAnswer)
    assert came.values == {"service": "sla"}


def test_a_defect_of_the_other_service_tells_of_this_question_alone() -> None:
    came = travelled(Unexpected())
    assert isinstance(came, RefusedElsewhere)
    assert came.values["remote_reason"] == "UNEXPECTED"


def test_a_reason_that_only_the_other_knows_keeps_its_words() -> None:
    answered = wire.error_of(NotFound())
    answered["value"] |= {"reason": "MOON_TOO_FULL", "zh": "月亮太圆", "en": "the moon is too full"}
    came = wire.error_from("sla", answered)
    assert isinstance(came, RefusedElsewhere)
    assert (came.message_zh, came.values["remote_reason"]) == ("sla 服务拒绝：月亮太圆", "MOON_TOO_FULL")


@pytest.mark.parametrize(
    "answered",
    [{}, {"exc_type": 5}, {"value": 5, "exc_path": "huying.X"}, {"value": {}, "exc_path": "huying."},
     {"value": {"reason": "BAD_FIELDS", "violations": 5}, "exc_path": "huying.BAD_FIELDS"},
     {"value": {"reason": "BAD_FIELDS", "violations": [5]}, "exc_path": "huying.BAD_FIELDS"},
     {"value": {"reason": "NOT_FOUND", "values": {"field": "x", "self": 1}}, "exc_path": "huying.NOT_FOUND"}],
)  # fmt: skip
def test_an_error_out_of_shape_is_an_error_all_the_same(answered: dict[str, Any]) -> None:
    assert isinstance(wire.error_from("sla", answered), DomainError)


def test_long_words_are_cut() -> None:
    many = BadFields([Violation("f" * 9000, "长" * 9000, "l" * 9000)] * 500)
    for error in (StepNotAllowed(state="x" * 90_000, step="y"), many):
        assert len(msgspec.json.encode(wire.error_of(error))) < 40_000


def test_no_module_of_ours_is_told() -> None:
    assert wire.error_of(NotFound())["exc_path"] == "huying.NOT_FOUND"
    assert b"chassis" not in msgspec.json.encode(wire.error_of(Unexpected()))
