"""How soon the survivors go on is measured from the death itself, and who never goes on is late."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from chassis.tokens import TokenSigner
from cli.servers.server import free_port
from tests.chaos import delays, faults, load
from tests.chaos.books import Books
from tests.chaos.delays import NEVER
from tests.chaos.faults import answered_elsewhere, published_elsewhere, watched_for_its_death
from tests.chaos.load import Caller, Retried, Unfinished
from tests.chaos.replicas import Replica
from tests.load.ground import seat


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (faults, delays):
        monkeypatch.setattr(module, "WINDOW_SECONDS", 0.6)
        monkeypatch.setattr(module, "IDLE_SECONDS", 0.1)


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    """Of whom nobody answers."""
    addresses = {("intake", number): f"127.0.0.1:{free_port()}" for number in (1, 2)}
    made = Caller(addresses, TokenSigner.load_or_create(tmp_path), "run")
    yield made
    made.close()


def test_a_command_that_no_survivor_answers_is_never_answered(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "PATIENCE_SECONDS", 1.5)
    gave_up: list[Unfinished] = []

    def call() -> None:
        with pytest.raises(Unfinished) as raised:
            caller.call(seat(), "intake", "AcceptCase", name="cities/350100/cases/c1")
        gave_up.append(raised.value)

    died = time.monotonic()
    thread = threading.Thread(target=call)
    thread.start()
    while not caller.waits_for("intake", 1):
        assert thread.is_alive()
    assert answered_elsewhere(caller, "intake", 1, died) == NEVER
    assert answered_elsewhere(caller, "intake", 2, died) is None
    thread.join()
    assert len(gave_up) == 1
    assert answered_elsewhere(caller, "intake", 1, time.monotonic()) is None


def test_a_late_answer_is_measured_from_the_death_and_one_to_a_later_command_from_that(caller: Caller) -> None:
    died = time.monotonic()
    caller.retried.append(Retried("intake", 1, died - 1.0, died - 0.5))
    caller.retried.append(Retried("intake", 1, died - 0.2, died + 6.0))
    assert answered_elsewhere(caller, "intake", 1, died) == pytest.approx(6.0)
    caller.retried[-1] = Retried("intake", 1, died + 5.5, died + 6.0)
    assert answered_elsewhere(caller, "intake", 1, died) == pytest.approx(0.5)


@dataclass
class Shards:
    """Which session has which shards, and the shards with rows that wait for long or are published."""

    owned: dict[int, list[int]]
    stuck: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)

    def rows(self, _service: str, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[tuple[Any, ...]]:
        if "pg_locks" in sql:
            return [(shard, session) for session, shards in self.owned.items() for shard in shards]
        found = self.published if "published_at >" in sql else self.stuck
        return [(1,)] * bool(found & set((values or {})["shards"]))


KNOWN = {7: frozenset({1, 2}), 8: frozenset({3, 4})}


def published(shards: Shards) -> float | None:
    return published_elsewhere(cast(Books, shards), "sla", KNOWN, time.monotonic())


def test_a_dead_ones_session_that_keeps_its_shards_is_late_while_something_waits_there() -> None:
    assert published(Shards({7: [1, 2], 8: [3, 4]}, stuck={1})) == NEVER
    assert published(Shards({7: [1, 2], 8: [3, 4]})) is None


def test_the_survivor_publishes_of_the_dead_ones_shards() -> None:
    seconds = published(Shards({8: [1, 2, 3, 4]}, published={2}))
    assert seconds is not None
    assert seconds < 0.6
    assert published(Shards({8: [1, 2, 3, 4]}, stuck={2}, published={3})) == NEVER


@dataclass
class Mortal:
    """Lives until it is told to die."""

    alive: bool = True


def test_the_instant_of_a_death_is_right_whatever_is_done_meanwhile() -> None:
    mortal = Mortal()
    with watched_for_its_death(cast(Replica, mortal)) as death:
        assert death.at == 0.0
        mortal.alive, killed = False, time.monotonic()
        while not death.at:
            assert time.monotonic() - killed < 5.0
        noted = death.at
    assert killed <= noted == death.at
    with watched_for_its_death(cast(Replica, Mortal())) as lives:
        pass
    assert lives.at == 0.0
