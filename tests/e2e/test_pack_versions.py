"""A case stays under the version of the rule pack that it was accepted under, whatever is released meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chassis.clock import SimulatedClock
from chassis.packs import release
from chassis.postgres import EmbeddedPostgres
from chassis.privacy.keyring import KeyRing
from chassis.settings import ROOT, Settings
from cli.province import build_province
from tests.e2e.acts import Life
from tests.e2e.conftest import START, Stage, province_databases
from tests.e2e.invariants import Databases

PACK = "fujian-2016"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))


@contextmanager
def restartable(postgres: EmbeddedPostgres, policies: Path) -> Iterator[tuple[Stage, Callable[[], None]]]:
    """A province, and what starts it again on the same databases with the policies as they are then."""
    clock, keys, settings = (
        SimulatedClock(START),
        KeyRing.fresh(),
        Settings(data_dir=policies.parent, policies_dir=policies),
    )
    with province_databases(postgres) as urls:
        stage = Stage(build_province(settings, urls, clock=clock, keys=keys), clock, Databases(urls))

        def restart() -> None:
            stage.province.stop()
            stage.province = build_province(settings, urls, clock=clock, keys=keys)

        try:
            yield stage, restart
        finally:
            stage.province.stop()


def test_an_open_case_goes_on_under_its_version_and_a_new_one_follows_the_next(
    postgres: EmbeddedPostgres, policies: Path
) -> None:
    with restartable(postgres, policies) as (stage, restart):
        old = Life.begun(stage, category="help", item="")
        release(policies, PACK)
        pack = policies / "packs" / PACK
        change(pack / "pack.yaml", "version: 1.0.0", "version: 1.1.0")
        change(pack / "sla.yaml", "1 working_day, basis: {rule: F16-17,", "2 working_day, basis: {rule: F16-17,")
        restart()
        new = Life.begun(stage, category="help", item="", caller={"name": "陈海峰", "phone": "19900005678"})
        for life in (old, new):
            life.unit("SignAssignment")
        assert (old.case.pack, new.case.pack) == (f"{PACK}@1.0.0", f"{PACK}@1.1.0")
        assert old.clock_state("sign") == "met"
        assert new.due("return") > old.due("return")
        assert stage.databases.rows("sla", "select 1 from parked") == []


def test_an_open_case_keeps_every_layer_while_one_is_raised(postgres: EmbeddedPostgres, policies: Path) -> None:
    over = "national-2025"
    change(policies / "cities" / "350100" / "city.yaml", f"pack: {PACK}", f"pack: {PACK}\noverlays: [{over}]")
    with restartable(postgres, policies) as (stage, restart):
        old = Life.begun(stage, category="help", item="")
        for name in (PACK, over):
            release(policies, name)
        change(policies / "packs" / over / "pack.yaml", "version: 1.0.0", "version: 1.1.0")
        limit = '{limit: 2 working_day, basis: {rule: platform-default, article: "a try"}}'
        sla = f"pack: {over}\nclocks:\n  - kind: return\n    limits:\n      - {limit}\n"
        (policies / "packs" / over / "sla.yaml").write_text(sla, "utf-8")
        restart()
        new = Life.begun(stage, category="help", item="", caller={"name": "陈海峰", "phone": "19900005678"})
        for life in (old, new):
            life.unit("SignAssignment")
        assert (old.case.pack, new.case.pack) == (f"{PACK}@1.0.0+{over}@1.0.0", f"{PACK}@1.0.0+{over}@1.1.0")
        assert old.clock_state("sign") == "met"
        assert new.due("return") > old.due("return")
        assert stage.databases.rows("sla", "select 1 from parked") == []


def test_news_of_a_version_that_is_not_loaded_waits(postgres: EmbeddedPostgres, policies: Path) -> None:
    """As when another process was started with the new pack before this one."""
    with restartable(postgres, policies) as (stage, restart):
        life = Life.begun(stage, category="help", item="")
        change(policies / "packs" / PACK / "pack.yaml", "version: 1.0.0", "version: 1.1.0")
        restart()
        life.unit("SignAssignment")
        assert stage.databases.rows("sla", "select state from parked where state = 'not_yet'")
        change(policies / "packs" / PACK / "pack.yaml", "version: 1.1.0", "version: 1.0.0")
        restart()
        stage.wait(minutes=10)
        assert life.clock_state("sign") == "met"
