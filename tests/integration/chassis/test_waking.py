"""A commit in one process wakes the relay of another at once, and also after the database was away."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.events.waking import Listener, Waker
from chassis.pipeline import ServiceRuntime


@pytest.fixture
def woken(shop: ServiceRuntime) -> Iterator[threading.Event]:
    event = threading.Event()
    listener = Listener(shop.engine.url, "shop", event.set)
    assert event.wait(10), "it looks once when it begins"
    event.clear()
    yield event
    listener.close()


@pytest.fixture
def waker(shop: ServiceRuntime) -> Iterator[Waker]:
    made = Waker(shop.engine.url, "shop")
    yield made
    made.close()


def test_a_commit_wakes_another_process(woken: threading.Event, waker: Waker) -> None:
    waker.wake(published=False)
    assert not woken.wait(0.2)
    waker.wake(published=True)
    assert woken.wait(10)


def test_lost_connections_are_made_anew(
    woken: threading.Event, waker: Waker, shop: ServiceRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.events.waking.BACK_OFF_SECONDS", 0.05)
    waker.wake(published=True)
    assert woken.wait(10)
    with shop.engine.connect() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and application_name like 'huying-shop-%er'"
            )
        )
    woken.clear()
    assert woken.wait(10), "the listener is back, and looks"
    woken.clear()
    waker.wake(published=True)  # finds its connection dead
    waker.wake(published=True)
    for _ in range(50):
        if woken.wait(0.2):
            break
        waker.wake(published=True)
    assert woken.is_set()
