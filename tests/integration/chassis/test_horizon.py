"""Who keeps a place in an outbox never passes what is still being written."""

import pytest
import sqlalchemy as sa

from chassis.database.engine import TryAgainLater
from chassis.events import horizon
from chassis.events.horizon import Horizon
from chassis.pipeline import ServiceRuntime

_WRITE = sa.text(
    "insert into outbox (event_id, subject, shard, sequence, type, occurred_at, envelope) "
    "values (:id, :id, 0, 1, 'shop.told.v1', now(), '{}') returning id"
)


def write(connection: sa.Connection, id: str) -> int:
    return int(connection.execute(_WRITE, {"id": id}).scalar_one())


def look(of: Horizon, shop: ServiceRuntime) -> int:
    with shop.engine.connect() as reader:
        return of.look(reader)


def test_what_commits_late_is_not_passed(shop: ServiceRuntime) -> None:
    of_outbox = Horizon()
    assert look(of_outbox, shop) == 0
    with shop.engine.connect() as late, shop.engine.connect() as quick:
        first = write(late, "late")
        second = write(quick, "quick")
        quick.commit()
        assert (look(of_outbox, shop), of_outbox.seen) == (0, second)
        assert of_outbox.held_seconds > 0
        late.commit()
        assert first < second == look(of_outbox, shop)
        assert of_outbox.held_seconds == 0


def test_who_writes_elsewhere_is_not_waited_for(shop: ServiceRuntime) -> None:
    """Neither in other databases of the same server, nor to other tables."""
    of_outbox = Horizon()
    with shop.engine.connect() as elsewhere, shop.engine.connect() as quick:
        elsewhere.execute(sa.text("create table elsewhere (id int)"))
        elsewhere.execute(sa.text("insert into elsewhere values (1)"))
        second = write(quick, "quick")
        quick.commit()
        assert look(of_outbox, shop) == second


def test_it_moves_on_though_somebody_always_writes(shop: ServiceRuntime) -> None:
    of_outbox = Horizon()
    look(of_outbox, shop)
    with shop.engine.connect() as one, shop.engine.connect() as other:
        write(one, "one")
        settled = write(other, "other")
        other.commit()
        assert look(of_outbox, shop) == 0
        write(other, "later")
        one.commit()
        assert look(of_outbox, shop) == settled, "what began after the look cannot hold a smaller number"


def test_a_place_is_not_guessed_before_one_is_known(shop: ServiceRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horizon, "FIRST_SECONDS", 0.02)
    with shop.engine.connect() as one:
        write(one, "one")
        with pytest.raises(TryAgainLater):
            look(Horizon(), shop)
