"""What is done with a batch before it is acknowledged, on a real database and without a broker."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.database.engine import TryAgainLater
from chassis.events.envelope import Envelope, encode
from chassis.events.receiver import Receiver
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.redelivery import Delivered, Taking
from tests.conftest import DatabaseUrl
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher, items, rows


class Dies(BaseException):
    """Stands for the end of the process: nothing after it runs."""


@pytest.fixture
def faults() -> toy.Faults:
    return toy.Faults()


@pytest.fixture
def depot(database_url: DatabaseUrl, faults: toy.Faults) -> Iterator[ServiceRuntime]:
    runtime = toy.run(toy.depot_service(faults), database_url("depot", toy.prepare_depot))
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


def taking(depot: ServiceRuntime) -> Taking:
    """As a process begins with it."""
    return Taking(Receiver(depot, toy.TOPOLOGY))


def again(*envelopes: Envelope) -> list[Delivered]:
    return [Delivered(encode(envelope), redelivered=True) for envelope in envelopes]


def first(*envelopes: Envelope) -> list[Delivered]:
    return [Delivered(encode(envelope)) for envelope in envelopes]


def attempts(depot: ServiceRuntime) -> list[str]:
    return [event_id for (event_id,) in rows(depot, "select event_id from delivery_attempt")]


def test_redelivered_messages_are_applied_each_once(depot: ServiceRuntime, publisher: Publisher) -> None:
    events = [publisher.opened(), publisher.added("a"), publisher.added("b")]
    taking(depot).take(first(*events[:2]))
    taking(depot).take(again(*events))
    assert items(depot) == ["a", "b"]
    assert attempts(depot) == []


def test_one_that_ended_its_process_is_parked_and_not_run_again(
    depot: ServiceRuntime, publisher: Publisher, faults: toy.Faults
) -> None:
    ran = []

    def die(item: str) -> None:
        ran.append(item)
        raise Dies

    opened, bad, other = publisher.opened(), publisher.added("bad"), publisher.opened("c2")
    taking(depot).take(first(opened))
    faults.before = die
    with pytest.raises(Dies):
        taking(depot).take(again(bad, other))
    assert attempts(depot) == [bad.event_id]
    taking(depot).take(again(bad, other))
    assert ran == ["bad"]
    assert rows(depot, "select subject, state from parked") == [("c1", "failed")]
    assert "DiedOfIt" in rows(depot, "select why from parked")[0][0]
    assert items(depot, "c2") == []
    assert rows(depot, "select last from inbox where subject = 'c2'") == [(1,)]
    assert attempts(depot) == []


def test_an_error_that_the_process_survives_counts_as_no_death(
    depot: ServiceRuntime, publisher: Publisher, faults: toy.Faults
) -> None:
    def away(_item: str) -> None:
        raise TryAgainLater()

    opened, added = publisher.opened(), publisher.added("a")
    ours = taking(depot)
    ours.take(first(opened))
    faults.before = away
    with pytest.raises(TryAgainLater):
        ours.take(again(added))
    faults.before = lambda _item: None
    ours.take(again(added))
    assert items(depot) == ["a"]
    assert rows(depot, "select * from parked") == []
    assert attempts(depot) == []


def test_each_message_of_a_redelivered_batch_is_progress(depot: ServiceRuntime, publisher: Publisher) -> None:
    seen: list[None] = []
    events = [publisher.opened(), publisher.added("a"), publisher.added("b")]
    taking(depot).take(again(*events), progress=lambda: seen.append(None))
    assert len(seen) >= len(events)


def test_what_cannot_be_read_is_kept_and_the_rest_applied(depot: ServiceRuntime, publisher: Publisher) -> None:
    taking(depot).take([Delivered(b"{"), *first(publisher.opened()), Delivered(b"\xff", redelivered=True)])
    with depot.engine.connect() as connection:
        kept = connection.execute(sa.text("select raw from undecodable order by id")).scalars().all()
    assert [bytes(raw) for raw in kept] == [b"{", b"\xff"]
    assert rows(depot, "select last from inbox") == [(1,)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "a\x00b"),
        ("type", "shop.a\x00b.v1"),
        ("event_id", "a\x00b"),
        ("city", "a\x00b"),
        ("trace", "a\x00b"),
        ("subject", "名" * 1000),
        ("sequence", 10**19),
        ("sequence", 0),
        ("payload", ["no", "object"]),
        ("payload", "no object"),
    ],
)
@pytest.mark.parametrize("redelivered", [False, True])
def test_an_envelope_that_no_row_could_hold_keeps_nothing_behind_it_waiting(
    depot: ServiceRuntime, publisher: Publisher, field: str, value: object, redelivered: bool
) -> None:
    bad = json.dumps({**json.loads(encode(publisher.opened("bad"))), field: value}).encode()
    taking(depot).take([Delivered(bad, redelivered), *first(publisher.opened())])
    assert [bytes(raw) for (raw,) in rows(depot, "select raw from undecodable")] == [bad]
    assert rows(depot, "select subject, last from inbox") == [("c1", 1)]


def test_a_payload_too_deep_to_read_is_kept(depot: ServiceRuntime, publisher: Publisher) -> None:
    flat = json.dumps({**json.loads(encode(publisher.opened("bad"))), "payload": "here"})
    deep = flat.replace('"here"', '{"a":' * 5000 + "1" + "}" * 5000).encode()
    taking(depot).take([Delivered(deep), *first(publisher.opened())])
    assert [bytes(raw) for (raw,) in rows(depot, "select raw from undecodable")] == [deep]
    assert rows(depot, "select subject, last from inbox") == [("c1", 1)]
