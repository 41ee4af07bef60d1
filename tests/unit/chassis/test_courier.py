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
