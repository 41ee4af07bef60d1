"""The same life on real databases; each example is a case of its own in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from chassis.clock import SimulatedClock
from chassis.database import create_engine, migrate
from chassis.postgres import EmbeddedPostgres
from services.dispatch import bootstrap as dispatch
from services.sla import bootstrap as sla
from tests.conftest import fresh_databases
from tests.machines.machine import Life, quick
from tests.machines.world import OnPostgres

MIGRATIONS = {"dispatch": dispatch.MIGRATIONS, "sla": sla.MIGRATIONS}


@pytest.fixture(scope="module")
def sides(postgres: EmbeddedPostgres) -> Iterator[dict[str, OnPostgres]]:
    with fresh_databases(postgres) as database_url:
        made = {}
        for name, migrations in MIGRATIONS.items():
            url = database_url(f"machine_{name}")
            _migrate(url, migrations)
            made[name] = OnPostgres.at(url, name)
        yield made
        for side in made.values():
            side.runtime.engine.dispose()


def _migrate(url: str, migrations: Path) -> None:
    engine = create_engine(url)
    migrate(engine, migrations)
    engine.dispose()


def test_life_on_postgres(sides: dict[str, OnPostgres]) -> None:
    def again(name: str, clock: SimulatedClock) -> OnPostgres:
        sides[name].begin(clock)
        return sides[name]

    class OnPostgresLife(Life):
        make = staticmethod(again)

    run_state_machine_as_test(OnPostgresLife, settings=quick(examples=8, steps=25))
