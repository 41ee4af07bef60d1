"""The relays of all services as one, and how long a subject is held that nobody confirms."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from chassis.events import relay
from chassis.events.bus import InProcessBus, Round
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.relay import BATCH, Relay
from chassis.events.topology import Topology
from chassis.fakes.bus import RecordingBus
from chassis.pipeline import ServiceRuntime


def said(publisher: str, sequence: int = 1) -> Envelope:
    return Envelope(
        event_id=f"{publisher}-{sequence}", type=f"{publisher}.said.v1", subject="c1", city="350100",
        occurred_at=datetime(2026, 9, 24, tzinfo=UTC), sequence=sequence, payload=msgspec.Raw(b"{}"),
    )  # fmt: skip


class Kept:
    """A relay with one event; its database may be away."""

    def __init__(self, name: str, *, away: bool = False) -> None:
        self.name, self.away, self.stirred, self.bulk = name, away, True, None
        self._rows = [(1, said(name))]

    def claim(self) -> Sequence[tuple[int, Envelope]]:
        self.stirred = False
        if self.away:
            raise ConnectionError
        return self._rows

    def mark(self, rows: Sequence[tuple[int, Envelope]], _confirmed: AbstractSet[str]) -> int:
        self._rows = []
        return len(rows)


class Delivered:
    """A bus; `away` says which consumer cannot take anything."""

    topology = Topology({}, {"dispatch": frozenset({"intake"}), "notify": frozenset({"intake", "sla"})})

    def __init__(self, *away: str) -> None:
        self.ids: list[str] = []
        self.away = {name: ConnectionError() for name in away}

    def deliver(self, batches: Mapping[str, Sequence[Envelope]]) -> Mapping[str, Exception]:
        self.ids += [envelope.event_id for batch in batches.values() for envelope in batch]
        return self.away


def test_a_consumer_that_is_away_holds_up_only_what_it_hears() -> None:
    relays = {name: Kept(name) for name in ("intake", "sla")}
    bus = Delivered("dispatch")
    together = Round(cast(Any, list(relays.values())), cast(InProcessBus, bus))
    with pytest.raises(ConnectionError):
        together.relay_batch()
    assert (relays["intake"].stirred, relays["sla"].stirred) == (True, False)
    bus.away = {}
    assert together.relay_batch() == 1
    assert bus.ids == ["intake-1", "sla-1", "intake-1"]


@pytest.mark.parametrize("away", ["dispatch", "sla"])
def test_a_service_whose_database_is_away_holds_up_no_other(away: str) -> None:
    relays = {name: Kept(name, away=name == away) for name in ("dispatch", "intake", "sla")}
    bus = Delivered()
    together = Round(cast(Any, list(relays.values())), cast(InProcessBus, bus))
    with pytest.raises(ConnectionError):
        together.relay_batch()
    assert bus.ids == [f"{name}-1" for name in relays if name != away]
    relays[away].away = False
    assert together.relay_batch() == 1, "it is asked again at once"
    assert bus.ids[-1] == f"{away}-1"


class Receiving:
    """A consumer that notes how much it was handed at once."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.sizes: list[int] = []

    def receive(self, envelopes: Sequence[Envelope]) -> None:
        self.ids += [envelope.event_id for envelope in envelopes]
        self.sizes.append(len(envelopes))


def test_a_backlog_of_all_is_delivered_in_order_and_never_more_at_once_than_one_has() -> None:
    sla = Receiving()
    bus = InProcessBus(Topology(types={}, hears={"sla": frozenset({"dispatch", "intake"})}))
    bus.subscribe({"sla": cast(Receiver, sla)})
    backlog = {name: [said(name, n) for n in range(1, BATCH)] for name in ("dispatch", "intake")}
    bus.deliver(backlog)
    assert sla.ids == [envelope.event_id for batch in backlog.values() for envelope in batch]
    assert sla.sizes == [BATCH, BATCH - 2]


class Offline(Relay):
    """Without a database: what is to be marked goes nowhere."""

    def _run(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return []


def test_a_subject_that_nobody_confirms_for_days_is_still_only_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "LONGEST_HOLD_SECONDS", 0.0)
    clock = SimpleNamespace(now=lambda: datetime(2026, 9, 24, tzinfo=UTC))
    runtime = cast(ServiceRuntime, SimpleNamespace(name="shop", clock=clock))
    offline = Offline(runtime, RecordingBus())
    for _ in range(1_100):
        assert offline.mark([(1, said("shop"))], frozenset()) == 0
    assert offline.mark([(1, said("shop"))], {"shop-1"}) == 1
