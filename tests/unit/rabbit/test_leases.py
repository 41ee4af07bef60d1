"""How replicas share partitions: evenly, each queue by one, and none before what comes before it is drained."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.events.envelope import SHARDS
from chassis.rabbit.leases import Key, Lease, plan

PARTITIONS = st.integers(1, 16)
at_leisure = settings(deadline=None, max_examples=60)  # a busy machine is no fault of the sharing


@dataclass
class Table:
    """What stands in the database, and the replicas that live."""

    leases: dict[Key, Lease]
    live: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, partitions: int) -> "Table":
        keys = [Key(1, partitions, number) for number in range(partitions)]
        return cls({key: Lease(key) for key in keys})

    def round(self, me: str, *, gives_back: bool = True) -> None:
        seen = [lease if lease.owner in self.live else Lease(lease.key, "", lease.closed) for lease in self.all()]
        planned = plan(seen, me, len(self.live))
        assert planned.taken <= planned.held
        for key in planned.taken:
            self.leases[key] = Lease(key, me)
        for key in planned.surplus if gives_back else ():
            self.leases[key] = Lease(key)

    def settle(self) -> None:
        for _ in range(3):
            for me in sorted(self.live):
                self.round(me)

    def all(self) -> list[Lease]:
        return list(self.leases.values())

    def shares(self) -> list[int]:
        return sorted(sum(lease.owner == me for lease in self.all()) for me in self.live)

    def succeed(self, partitions: int) -> None:
        for number in range(partitions):
            key = Key(2, partitions, number)
            self.leases[key] = Lease(key)

    def close(self, key: Key) -> None:
        self.leases[key] = Lease(key, closed=True)


@at_leisure
@given(partitions=PARTITIONS, replicas=st.integers(1, 6))
def test_every_partition_has_an_owner_and_nobody_has_more_than_a_fair_share(partitions: int, replicas: int) -> None:
    table = Table.of(partitions)
    for number in range(replicas):
        table.live.add(f"r{number}")
        table.settle()
    assert sum(table.shares()) == partitions
    assert max(table.shares()) <= -(-partitions // replicas)


@at_leisure
@given(
    partitions=PARTITIONS, deeds=st.lists(st.tuples(st.sampled_from(["join", "die"]), st.integers(0, 5)), max_size=12)
)
def test_whoever_comes_and_goes_all_partitions_are_consumed_in_the_end(
    partitions: int, deeds: list[tuple[str, int]]
) -> None:
    table = Table.of(partitions)
    for deed, number in deeds:
        (table.live.add if deed == "join" else table.live.discard)(f"r{number}")
        table.settle()
    table.live.add("last")
    table.settle()
    assert {lease.owner for lease in table.all()} <= table.live
    assert max(table.shares()) <= -(-partitions // len(table.live))


@at_leisure
@given(partitions=PARTITIONS, replicas=st.integers(1, 6))
def test_once_shared_nothing_moves_any_more(partitions: int, replicas: int) -> None:
    table = Table.of(partitions)
    table.live = {f"r{number}" for number in range(replicas)}
    table.settle()
    before = dict(table.leases)
    table.settle()
    assert table.leases == before


def test_a_busy_replica_keeps_its_surplus_until_it_has_given_it_back() -> None:
    table = Table.of(8)
    table.live = {"old"}
    table.settle()
    table.live.add("new")
    table.round("old", gives_back=False)
    table.round("new")
    assert table.shares() == [0, 8]
    table.settle()
    assert table.shares() == [4, 4]


@at_leisure
@given(old=PARTITIONS, new=PARTITIONS, data=st.data())
def test_a_new_queue_waits_for_all_old_ones_that_share_cases_with_it(old: int, new: int, data: st.DataObject) -> None:
    table = Table.of(old)
    table.live = {"r"}
    table.settle()
    table.succeed(new)
    drained = data.draw(st.permutations([Key(1, old, number) for number in range(old)]))
    open_ones = set(drained)
    for key in drained:
        table.settle()
        cases = {v for k in open_ones for v in range(SHARDS) if v % old == k.partition}
        held = {k for k, lease in table.leases.items() if k.generation == 2 and lease.owner == "r"}
        assert all(v not in cases for k in held for v in range(SHARDS) if v % new == k.partition)
        table.close(key)
        open_ones.discard(key)
    table.settle()
    assert all(lease.owner == "r" for lease in table.all() if lease.key.generation == 2)


@pytest.mark.parametrize(
    ("old", "new", "waits_for"), [(8, 12, {0, 4}), (8, 16, {0}), (12, 8, {0, 4, 8}), (4, 3, {0, 1, 2, 3})]
)
def test_the_first_new_queue_waits_for_these_old_ones(old: int, new: int, waits_for: set[int]) -> None:
    first = Key(2, new, 0)
    assert {n for n in range(old) if first.shares_a_case_with(Key(1, old, n))} == waits_for
