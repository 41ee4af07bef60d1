"""Messages that cannot be read or stored: kept for people, without what an erasure would have to find there."""

import pytest

from chassis.events import parking
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, inbox, items, parked, rows


@pytest.fixture
def receiver(depot: ServiceRuntime) -> Receiver:
    return Receiver(depot, toy.TOPOLOGY)


def test_a_payload_of_another_shape_is_parked(depot: ServiceRuntime, receiver: Receiver, publisher: Publisher) -> None:
    receiver.receive([publisher.opened(), publisher.say("item_added", item=7), publisher.opened("c2")])
    assert parked(depot) == [(2, "failed")]
    assert inbox(depot, "c2") == (1, 0)


TEXTS = {"masked_text": "青石板松了", "sealed_text": {"box": "青石板"}, "attributes": {"place": "青石板"}}


def test_an_erasure_takes_the_texts_from_what_waits_before_it(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive(
        [publisher.opened(), publisher.say("item_added", item=7, **TEXTS), publisher.say("citizen_erased")]
    )
    assert "青石板" not in str(rows(depot, "select envelope from parked"))
    assert rows(depot, "select envelope->'payload'->>'item' from parked where sequence = 2") == [("7",)]


def test_a_message_that_cannot_be_stored_is_dead_at_once_and_kept_as_bytes(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive(
        [
            publisher.opened(),
            publisher.say("item_added", item="a\x00b", **TEXTS),
            publisher.added("c"),
            publisher.opened("c2"),
        ]
    )
    assert parked(depot) == [(2, "dead"), (3, "waiting")]
    assert inbox(depot, "c2") == (1, 0)
    ((raw,),) = rows(depot, "select raw from undecodable")
    assert b"a\\u0000b" in bytes(raw)
    assert "青石板".encode() not in bytes(raw), "no erasure would find it there"
    parking.drop(depot, "shop-c1-2", "a broken telephone")
    receiver.retry_parked()
    assert items(depot) == ["c"]


def test_what_is_no_envelope_is_kept_as_bytes(depot: ServiceRuntime) -> None:
    parking.bury_raw(depot, b"\xff\x00not json", ValueError("secret"))
    assert [(bytes(raw), error) for raw, error in rows(depot, "select raw, error from undecodable")] == [
        (b"\xff\x00not json", "ValueError")
    ]


def test_a_parked_message_that_cannot_be_read_any_more_ends_as_dead(
    depot: ServiceRuntime, receiver: Receiver, publisher: Publisher
) -> None:
    receiver.receive([publisher.opened(), publisher.say("item_added", item=7)])
    with depot.engine.begin() as connection:
        connection.exec_driver_sql("update parked set envelope = jsonb_set(envelope, '{payload}', '[1]'), attempts = 7")
        connection.exec_driver_sql("update parked set next_try_at = parked_at")
    receiver.retry_parked()
    assert parked(depot) == [(2, "dead")]
