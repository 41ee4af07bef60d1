"""Names on the broker. A changed one leaves the messages in the old queue behind: see docs/runbooks/partitions.md."""

from chassis.events.envelope import SHARDS, shard_of
from chassis.events.topology import load
from chassis.rabbit import topology


def test_the_names_are_frozen() -> None:
    assert topology.publisher_exchange("dispatch") == "dispatch.events"
    assert topology.consumer_exchange("sla", 8) == "sla.shards-8"
    assert topology.queue_name("sla", 3, 8) == "sla.inbox-8.3"
    assert topology.mark_name(8) == "huying.partitions-8"
    assert (topology.SECOND_KEY, topology.shard_key(7)) == ("CC", "shard-7")
    assert SHARDS == 64


def test_the_partition_of_a_case_is_frozen() -> None:
    assert [shard_of(subject) for subject in ("case-1", "case-2", "018f7c3e-0000-7000-8000-000000000000", "诉求")] == [
        6, 60, 55, 29,
    ]  # fmt: skip


def test_the_consumers_are_those_who_hear_somebody() -> None:
    assert load().consumers() == ("dispatch", "intake", "notify", "sla")
