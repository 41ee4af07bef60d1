"""The conductor of simulated time: everybody knows the instant before anything begins; it moves when all is quiet."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chassis.events.topology import Topology
from chassis.process.simulated import Answer, DrivenClock, NoTime, Order
from chassis.process.waiting import NotThereYet
from cli.demo.conductor import Conductor, Stuck

START = datetime(2026, 9, 14, 8, tzinfo=UTC)
LATER = START + timedelta(hours=3)
NAMES = ("intake.worker", "intake.grpc", "sla.worker")
HEARD = Topology(
    types={"intake": frozenset(), "sla": frozenset()}, hears={"intake": frozenset(), "sla": frozenset({"intake"})}
)
WAIT_SECONDS = 20.0


class Actor:
    """A process: its clock, and what it was asked to do."""

    def __init__(self, url: str, name: str, obey: Callable[[Order], Answer] = lambda _: Answer()) -> None:
        self.orders: list[Order] = []
        self.ended = threading.Event()
        self.clock = DrivenClock(url, name)
        self._obey = obey
        self.clock.obey(self.do)
        self.clock.connect()
        self.clock.follow(self.ended.set)

    def do(self, order: Order) -> Answer:
        self.orders.append(order)
        assert self.clock.now() == order.now
        return self._obey(order)

    def die(self) -> None:
        line = self.clock._socket
        assert line is not None
        line.shutdown(2)
        assert self.ended.wait(WAIT_SECONDS)


@pytest.fixture
def conductor() -> Iterator[Conductor]:
    with Conductor(START, NAMES, HEARD, patience_seconds=WAIT_SECONDS) as made:
        yield made


def all_there(conductor: Conductor, **obey: Callable[[Order], Answer]) -> dict[str, Actor]:
    return {n: Actor(conductor.url, n, obey.get(n.replace(".", "_"), lambda _: Answer())) for n in NAMES}


def test_everybody_knows_the_instant_when_the_move_is_over(conductor: Conductor) -> None:
    actors = all_there(conductor)
    assert {a.clock.now() for a in actors.values()} == {START}
    conductor.move_to(LATER)
    assert {a.clock.now() for a in actors.values()} == {LATER} == {conductor.now()}
    conductor.move_to(START)
    assert {a.clock.now() for a in actors.values()} == {LATER}


def test_who_comes_back_knows_the_instant_at_once_and_is_waited_for(conductor: Conductor) -> None:
    actors = all_there(conductor)
    conductor.move_to(LATER)
    actors["sla.worker"].die()
    with pytest.raises(NoTime):
        actors["sla.worker"].clock.now()
    moved = threading.Thread(target=conductor.move_to, args=[LATER + timedelta(days=1)])
    conductor.stir()
    moved.start()
    again = Actor(conductor.url, "sla.worker")
    moved.join(WAIT_SECONDS)
    assert not moved.is_alive()
    assert again.clock.now() == LATER + timedelta(days=1)


def test_work_begins_only_when_every_event_has_been_heard(conductor: Conductor) -> None:
    heard = iter([3, 4, 5])

    def sla(order: Order) -> Answer:
        return Answer(heard={"intake": next(heard)}) if order.do == "look" else Answer(next_due=LATER)

    said = Answer(written=5)
    actors = all_there(conductor, intake_worker=lambda o: said if o.do == "look" else Answer(), sla_worker=sla)
    conductor.settle()
    assert [o.do for o in actors["sla.worker"].orders] == ["look", "look", "look", "work"]
    assert conductor.next_due() == LATER


def test_what_is_not_published_yet_is_waited_for(conductor: Conductor) -> None:
    unpublished = iter([2, 1, 0])
    actors = all_there(conductor, sla_worker=lambda o: Answer(unpublished=next(unpublished) if o.do == "look" else 0))
    conductor.settle()
    assert [o.do for o in actors["intake.worker"].orders] == ["look", "look", "look", "work"]


def test_the_workers_work_until_nothing_is_left(conductor: Conductor) -> None:
    left = iter([7, 1, 0])
    actors = all_there(conductor, sla_worker=lambda o: Answer(done=next(left) if o.do == "work" else 0))
    conductor.settle()
    assert [o.do for o in actors["sla.worker"].orders] == ["look", "work"] * 3
    conductor.settle()  # nothing was stirred since
    assert len(actors["sla.worker"].orders) == 6
    assert actors["intake.grpc"].orders == []


def test_a_worker_that_still_starts_is_asked_again(conductor: Conductor) -> None:
    ready = iter([True, True, False, False])
    all_there(conductor, sla_worker=lambda _: Answer(starting=next(ready)))
    conductor.settle()
    assert next(ready, None) is None


def test_work_that_was_cut_short_may_have_been_done_so_events_are_waited_for_again(conductor: Conductor) -> None:
    cut_short = iter([True, False, False])
    actors = all_there(conductor, sla_worker=lambda o: Answer(starting=o.do == "work" and next(cut_short)))
    conductor.settle()
    assert [o.do for o in actors["sla.worker"].orders] == ["look", "work", "work", "look", "work"]


def test_who_never_comes_is_named() -> None:
    with Conductor(START, NAMES, HEARD, patience_seconds=0.2) as conductor:
        Actor(conductor.url, "intake.worker")
        with pytest.raises(Stuck, match=r"do not come: sla\.worker"):
            conductor.move_to(LATER)


def test_what_never_arrives_is_named() -> None:
    with Conductor(START, NAMES, HEARD, patience_seconds=0.2) as conductor:
        all_there(conductor, intake_worker=lambda _: Answer(written=5))
        with pytest.raises(Stuck, match="sla has heard 0 of 5 from intake"):
            conductor.settle()


def test_a_stranger_is_not_let_in(conductor: Conductor) -> None:
    with pytest.raises(NotThereYet, match="it hung up"):
        Actor(conductor.url, "billing.worker")


def test_without_its_driver_a_process_has_no_time(conductor: Conductor) -> None:
    actors = all_there(conductor)
    conductor.close()
    for actor in actors.values():
        assert actor.ended.wait(WAIT_SECONDS)
        with pytest.raises(NoTime):
            actor.clock.now()
    with pytest.raises(NotThereYet, match="nobody drives simulated time at 127"):
        Actor(conductor.url, "sla.worker")
