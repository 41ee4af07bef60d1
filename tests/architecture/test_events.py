"""Events: what is published is what the contract says, and what consumers read is what is published."""

import dataclasses
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import pytest
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor
from huying.common.v1 import common_pb2
from huying.dispatch.v1 import events_pb2 as dispatch_pb2
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chassis.domain import Event, Sealed, Step
from chassis.events.topology import load
from cli.province import SERVICES
from tests.architecture.guards import registry, shapes
from tests.architecture.guards.consumers import unagreed, unheard

# In the contract, and not published yet.
NOT_PUBLISHED: dict[str, str] = {}

_MESSAGES = registry.all_event_messages()
_KINDS = {kind.wire_type(s): kind for s in registry.arrived() for kind in registry.events(s)}
_REACTIONS = [
    pytest.param(reaction, id=f"{service}-{wire}")
    for service in registry.arrived()
    for wire, reaction in registry.reactions(service).items()
]
_SHARED = Counter(r.shape for service in registry.arrived() for r in registry.reactions(service).values())
_few = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_the_events_that_are_published_are_those_of_the_contracts() -> None:
    contract = [wire for service in registry.arrived() for wire in registry.event_messages(service)]
    assert unagreed(_KINDS, contract, NOT_PUBLISHED) == []


def test_an_event_without_a_contract_and_a_contract_without_an_event_are_found() -> None:
    assert unagreed(["a.b.v1"], ["a.b.v1"], {}) == []
    assert unagreed(["a.b.v1", "a.c.v1"], ["a.b.v1"], {}) == ["a.c.v1 is in no events.proto"]
    assert unagreed(["a.b.v1"], ["a.b.v1", "a.c.v1"], {}) == ["a.c.v1 is never published"]
    assert unagreed(["a.b.v1"], ["a.b.v1", "a.c.v1"], {"a.c.v1": "for later"}) == []
    assert unagreed(["a.b.v1"], ["a.b.v1"], {"a.b.v1": "for later"}) == ["a.b.v1 is published now; drop its reason"]


@pytest.mark.parametrize("wire", sorted(_KINDS.keys() & _MESSAGES.keys()))
def test_an_event_has_the_fields_of_its_contract(wire: str) -> None:
    assert shapes.mismatches(_KINDS[wire], _MESSAGES[wire], complete=True) == []


@pytest.mark.parametrize("wire", sorted(_KINDS.keys() & _MESSAGES.keys()))
@_few
@given(data=st.data())
def test_the_json_of_an_event_parses_strictly_into_its_contract(wire: str, data: st.DataObject) -> None:
    event = data.draw(shapes.examples(_KINDS[wire]))
    sent, read = shapes.round_trip(event, _MESSAGES[wire])
    assert read == sent


@pytest.mark.parametrize("reaction", _REACTIONS)
def test_a_foreign_shape_reads_only_what_is_published(reaction: Any) -> None:
    assert reaction.event_type in _MESSAGES, f"nobody publishes {reaction.event_type}"
    siblings = list(_MESSAGES.values()) if _SHARED[reaction.shape] > 1 else []
    assert shapes.foreign_mismatches(reaction.shape, _MESSAGES[reaction.event_type], siblings) == []


@pytest.mark.parametrize("reaction", _REACTIONS)
@_few
@given(data=st.data())
def test_a_consumer_decodes_whatever_the_publisher_sends(reaction: Any, data: st.DataObject) -> None:
    assert reaction.event_type in _KINDS, "nobody publishes it"
    sent = data.draw(shapes.examples(_KINDS[reaction.event_type]))
    read = msgspec.json.decode(msgspec.json.encode(sent), type=reaction.shape)
    assert shapes.part_of(msgspec.to_builtins(read), msgspec.to_builtins(sent))


@pytest.mark.parametrize("service", registry.arrived())
def test_every_foreign_shape_is_read_by_a_reaction(service: str) -> None:
    read = {base for r in registry.reactions(service).values() for t in shapes.nested(r.shape) for base in t.__mro__}
    assert [kind.__name__ for kind in registry.foreign_shapes(service) if kind not in read] == []


@pytest.mark.skipif(registry.arrived() != SERVICES, reason="not all services have arrived")
def test_every_event_has_a_consumer_or_a_reason() -> None:
    reacted = {wire for service in SERVICES for wire in registry.reactions(service)}
    assert unheard(_MESSAGES, reacted, load().unheard) == []


def test_a_published_event_that_nobody_hears_is_found() -> None:
    assert unheard(["a.b.v1", "a.c.v1"], {"a.b.v1"}, {}) == ["a.c.v1 has no consumer and no reason"]
    assert unheard(["a.b.v1"], {"a.b.v1"}, {"a.b.v1": "for partners"}) == ["a.b.v1 has a consumer now; drop its reason"]
    assert unheard(["a.b.v1"], set(), {"a.b.v1": " "}) == ["a.b.v1 has no consumer and no reason"]
    assert unheard([], set(), {"a.b.v1": "for partners"}) == ["a.b.v1 is no event"]


# -- seeded violations -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSigned(Event):
    """As the contract has it, but for what each test breaks."""

    case_id: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    signed_at: datetime
    citizen_reachable: bool


def _of(message: Any) -> Descriptor:
    descriptor: Descriptor = message.DESCRIPTOR
    return descriptor


_SIGNED = _of(dispatch_pb2.AssignmentSigned)


def test_the_example_itself_fits() -> None:
    assert shapes.mismatches(AssignmentSigned, _SIGNED, complete=True) == []


def test_a_field_too_many_is_found() -> None:
    signed = [(f.name, f.type) for f in dataclasses.fields(AssignmentSigned)]
    broken = dataclasses.make_dataclass("Broken", [*signed, ("colour", str)])
    assert shapes.mismatches(broken, _SIGNED, complete=True) == [f"Broken.colour is not in {_SIGNED.full_name}"]


def test_a_field_too_few_is_found_where_all_are_wanted() -> None:
    broken = dataclasses.make_dataclass("Broken", [("case_id", str)])
    assert f"Broken lacks unit of {_SIGNED.full_name}" in shapes.mismatches(broken, _SIGNED, complete=True)
    assert shapes.mismatches(broken, _SIGNED, complete=False) == []


@pytest.mark.parametrize(
    ("field", "hint"), [("unit", int), ("signed_at", str), ("citizen_reachable", int), ("role", list[str])]
)
def test_a_field_of_another_type_is_found(field: str, hint: type) -> None:
    broken = dataclasses.make_dataclass("Broken", [(field, hint)])
    assert len(shapes.mismatches(broken, _SIGNED, complete=False)) == 1


def test_a_shared_shape_may_do_without_what_only_another_event_says() -> None:
    answered = _of(dispatch_pb2.CitizenAnswered)
    needs = dataclasses.make_dataclass("Shared", [("method", str)])
    can_do_without = dataclasses.make_dataclass("Shared", [("method", str, "")])
    assert len(shapes.foreign_mismatches(needs, _SIGNED, [_SIGNED, answered])) == 1
    assert len(shapes.foreign_mismatches(can_do_without, _SIGNED, [_SIGNED])) == 1
    assert shapes.foreign_mismatches(can_do_without, _SIGNED, [_SIGNED, answered]) == []


def test_a_nested_message_of_another_shape_is_found() -> None:
    note = _of(dispatch_pb2.ProgressReported)
    assert shapes.mismatches(dataclasses.make_dataclass("Fine", [("note", Sealed)]), note, complete=False) == []
    assert len(shapes.mismatches(dataclasses.make_dataclass("Broken", [("note", Step)]), note, complete=False)) == 1


def test_json_that_the_contract_does_not_know_is_found() -> None:
    with pytest.raises(json_format.ParseError):
        shapes.round_trip({"zh": "一", "en": "one", "fr": "un"}, _of(common_pb2.Step))
    with pytest.raises(json_format.ParseError):
        shapes.round_trip({"signed_at": "yesterday"}, _SIGNED)
