"""The thread that publishes: hours of failures do not end it."""

import threading

import pytest

from chassis import courier
from chassis.courier import Courier


class AwayFor:
    """A relay whose database is away so many times."""

    name, rest = "shop", 0.5

    def __init__(self, times: int) -> None:
        self._left, self.back = times, threading.Event()

    def relay_batch(self) -> int:
        self._left -= 1
        if self._left >= 0:
            raise ConnectionError
        self.back.set()
        return 0


def test_it_goes_on_after_any_number_of_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "LONGEST_BACK_OFF_SECONDS", 0.0)
    relay = AwayFor(1_100)
    publishing = Courier(relay)
    publishing.start()
    assert relay.back.wait(30)
    assert publishing.is_running()
    publishing.ask_to_stop()
    publishing.join(10)


class OneBatch:
    """A relay that has a few events once, and looks by itself only after hours."""

    name, rest = "shop", 3_600.0

    def __init__(self) -> None:
        self._left, self.published, self.looked_again = 1, threading.Event(), threading.Event()

    def relay_batch(self) -> int:
        self._left -= 1
        (self.published if self._left == 0 else self.looked_again).set()
        return max(0, self._left + 1)


def test_behind_a_batch_it_looks_again_when_something_was_committed() -> None:
    relay = OneBatch()
    publishing = Courier(relay)
    publishing.start()
    assert relay.published.wait(10)
    assert not relay.looked_again.wait(0.2)
    publishing.wake()
    assert relay.looked_again.wait(10)
    publishing.ask_to_stop()
    publishing.join(10)
