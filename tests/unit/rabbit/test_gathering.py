"""Batches of partitions that come while others are under way are done together, and fail apart."""

import warnings
from collections.abc import Sequence

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # eventlet tells at each import that it is only maintained
    import eventlet
    from eventlet.event import Event

from chassis.rabbit.batches import FIRST_BATCH
from chassis.rabbit.gathering import LONGEST_REST_SECONDS, Gathering
from chassis.rabbit.leases import Key
from chassis.rabbit.redelivery import Delivered


class Runs:
    """Notes what is run; the first ones wait until they are let go."""

    def __init__(self, bad: bytes = b"") -> None:
        self.bad, self.go = bad, Event()
        self.seen: list[tuple[list[bytes], bool]] = []

    def __call__(self, _key: Key, delivered: Sequence[Delivered], whole: bool) -> Exception | None:
        bodies = [message.body for message in delivered]
        self.seen.append((bodies, whole))
        self.go.wait()
        return ValueError("bad") if self.bad in bodies else None


def endings(runs: Runs, *batches: Sequence[Delivered]) -> list[Exception | None]:
    """Of one batch for each partition, each brought before the first ends: the first two apart, then the others."""
    gathering = Gathering(runs)
    threads = []
    for n, batch in enumerate(batches):
        threads.append(eventlet.spawn(gathering.handle, Key(1, 8, n), batch))
        if n < 2:
            eventlet.sleep(0)
            eventlet.sleep(0)
    eventlet.sleep(0)
    runs.go.send(None)
    return [thread.wait() for thread in threads]


def batch(*bodies: bytes, redelivered: bool = False) -> list[Delivered]:
    return [Delivered(body, redelivered) for body in bodies]


def test_what_comes_while_others_are_under_way_is_done_together_and_in_its_order() -> None:
    runs = Runs()
    assert endings(runs, batch(b"1"), batch(b"2"), batch(b"3", b"4"), batch(b"5")) == [None] * 4
    assert runs.seen == [([b"1"], False), ([b"2"], False), ([b"3", b"4", b"5"], True)]


def test_what_came_in_one_piece_is_done_together() -> None:
    runs = Runs()
    runs.go.send(None)
    gathering = Gathering(runs)
    threads = [eventlet.spawn(gathering.handle, Key(1, 8, n), batch(b"%d" % n)) for n in range(3)]
    assert [thread.wait() for thread in threads] == [None] * 3
    assert runs.seen == [([b"0", b"1", b"2"], True)]


def test_while_a_full_batch_waits_nobody_rests() -> None:
    runs, rested_after = Runs(), list[int]()
    gathering = Gathering(runs, rest=lambda _: rested_after.append(sum(len(bodies) for bodies, _ in runs.seen)))
    full = batch(*[b"x"] * FIRST_BATCH)
    threads = [eventlet.spawn(gathering.handle, Key(1, 8, n), full) for n in range(4)]
    eventlet.sleep(0)
    eventlet.sleep(0)
    runs.go.send(None)
    assert [thread.wait() for thread in threads] == [None] * 4
    eventlet.sleep(0)
    assert set(rested_after) == {4 * FIRST_BATCH}


def test_after_each_it_rests_but_not_for_long() -> None:
    rests: list[float] = []
    took = iter((0.04, 0.5))
    gathering = Gathering(lambda *_: eventlet.sleep(next(took)), rest=rests.append)
    gathering.handle(Key(1, 8, 0), batch(b"1"))
    gathering.handle(Key(1, 8, 0), batch(b"2"))
    eventlet.sleep(0)
    assert 0 < rests[0] < rests[1] <= LONGEST_REST_SECONDS


def test_what_fails_together_is_done_again_apart_and_fails_alone() -> None:
    runs = Runs(bad=b"4")
    ended = endings(runs, batch(b"1"), batch(b"2"), batch(b"3"), batch(b"4"))
    assert [type(error) for error in ended] == [type(None)] * 3 + [ValueError]
    assert sorted(runs.seen[2:], key=str) == [([b"3", b"4"], True), ([b"3"], False), ([b"4"], False)]


def test_nobody_waits_for_messages_that_go_one_by_one() -> None:
    runs = Runs()
    assert endings(runs, batch(b"1"), batch(b"2"), batch(b"3", redelivered=True), batch(b"4")) == [None] * 4
    assert ([b"3"], False) in runs.seen


def test_together_they_are_no_more_than_one_partition_may_bring() -> None:
    runs = Runs()
    large = batch(*[b"x"] * (FIRST_BATCH - 1))
    assert endings(runs, batch(b"1"), batch(b"2"), large, batch(b"3", b"4"), batch(b"5")) == [None] * 5
    assert max(len(bodies) for bodies, _ in runs.seen) == FIRST_BATCH


def test_after_quick_and_full_batches_more_is_done_together() -> None:
    runs = Runs()
    runs.go.send(None)
    gathering = Gathering(runs)
    gathering.handle(Key(1, 8, 0), batch(b"1"))
    assert gathering.limit == FIRST_BATCH
    gathering.handle(Key(1, 8, 0), batch(*[b"x"] * (FIRST_BATCH - 1)))
    assert gathering.limit == 2 * FIRST_BATCH
