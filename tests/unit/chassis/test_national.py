"""The national opinion of 2025 lies over every pack, and changes only what it names."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from chassis.packs import PackFolder, load_packs
from chassis.policy import load_cities
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.bootstrap import load_desk
from services.dispatch.domain.routing import CaseFacts, Step
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.domain.pack import IntakePack
from services.sla.adapters.policies import failed_examples, load_rulebook

POLICIES = ROOT / "policies"
NATIONAL = "national-2025"
BELOW = ["fujian-2016", "pingli-2018", "shuangyashan-2024"]


@cache
def over(pack: str) -> PackFolder:
    folders = load_packs(POLICIES).folders.values()
    return next(f for f in folders if f.name == f"{pack}+{NATIONAL}")


@cache
def intake(pack: str) -> tuple[IntakePack, IntakePack]:
    """Without it, and with it."""
    alone = load_packs(POLICIES).current[pack]
    return alone.file("intake.yaml").load(IntakePack), over(pack).file("intake.yaml").load(IntakePack)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The policies with the opinion switched on in every city."""
    policies = Path(shutil.copytree(POLICIES, tmp_path_factory.mktemp("policies") / "policies"))
    for path in policies.glob("cities/*/city.yaml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("overlays:")]
        path.write_text("\n".join([*lines, f"overlays: [{NATIONAL}]", ""]), "utf-8")
    return policies


@pytest.mark.parametrize("pack", BELOW)
def test_its_grounds_say_the_legal_way_over_every_pack(pack: str) -> None:
    before, after = intake(pack)
    added = [ground for ground in after.grounds if ground not in before.grounds]
    assert [g.code for g in added] == ["legal_way", "protected_information", "unlawful", "disturbance"]
    assert after.grounds[: len(before.grounds)] == before.grounds
    assert all(g.script.zh and g.script.en for g in added)
    assert after.cited(str(added[0].basis)) == "《国务院办公厅关于12345热线的意见》（国办函〔2025〕66号）第2部分"


@pytest.mark.parametrize("pack", BELOW)
def test_an_emergency_is_never_refused_as_one(pack: str) -> None:
    rules = intake(pack)[1]
    assert rules.ground("emergency_line").never_in_emergency
    assert rules.ground("disturbance").never_in_emergency
    lines = [rules.line(code) for code in ("110", "119", "120", "122")]
    assert all((line.kind, line.basis.rule) == ("emergency", "N25-01") for line in lines)


@pytest.mark.parametrize("pack", BELOW)
def test_repeated_cases_are_one_order(pack: str) -> None:
    before, after = intake(pack)
    assert after.duplicates.basis.rule == "N25-11"
    assert (after.duplicates.days, after.duplicates.likeness) == (before.duplicates.days, before.duplicates.likeness)
    assert after.repeat == before.repeat


@pytest.mark.parametrize("pack", BELOW)
def test_missed_calls_are_called_back_by_the_opinion_where_it_lies_over_a_pack(pack: str) -> None:
    before, after = intake(pack)
    assert (before.calls.basis.rule, after.calls.basis.rule) == ("platform-default", "N25-06")
    assert (after.calls.called_back, after.calls.attempts) == (before.calls.called_back, before.calls.attempts)


@pytest.mark.parametrize("pack", BELOW)
def test_the_catalogue_comes_before_the_territory_over_every_pack(pack: str) -> None:
    order = load_regime(over(pack)).routing
    assert order.index(Step.CATALOGUE) < order.index(Step.TERRITORY)


def test_clear_duties_go_by_the_catalogue(everywhere: Path) -> None:
    """Pingli puts the territory first; with the opinion a department's duty no longer goes to the town."""
    case = CaseFacts(category="complaint", area="610926106", text="广场上的路灯坏了，路灯一直不亮")
    before, after = (load_desk(policies).route_here("610926", case) for policies in (POLICIES, everywhere))
    assert (before.step, after.step) == ("territory", "catalogue")
    assert before.lead == "610926106-government"
    assert after.lead.startswith("610926-")


@pytest.mark.parametrize("pack", BELOW)
def test_an_objection_is_reviewed_against_the_catalogue(pack: str) -> None:
    grounds = load_regime(over(pack)).returns.refusal_grounds
    assert {"own_duty", "by_catalogue", "objection_reviewed"} <= grounds.keys()
    assert grounds["objection_reviewed"].basis.rule == "N25-12"


def test_no_limit_changes_for_it_has_no_numbers(everywhere: Path) -> None:
    before, after = load_rulebook(POLICIES), load_rulebook(everywhere)
    assert not list(failed_examples(everywhere, after))
    for city, ref in after.cities.items():
        below = before.packs[ref.partition("+")[0]]
        assert ref.endswith(f"+{NATIONAL}@1.0.0")
        assert after.packs[ref].rules.clocks == below.rules.clocks, city


def test_every_service_loads_it_in_every_city(everywhere: Path) -> None:
    regimes = PolicyRegimes(everywhere)
    for code in load_cities(everywhere):
        assert regimes.of(code).pack_name.endswith(f"+{NATIONAL}@1.0.0")


def test_shuangyashan_follows_it_by_data_alone() -> None:
    cities = load_cities(POLICIES)
    assert cities["230500"].overlays == (NATIONAL,)
    assert load_packs(POLICIES).of(cities["230500"]).ref == f"shuangyashan-2024@1.0.0+{NATIONAL}@1.0.0"
    assert not [code for code, city in cities.items() if city.overlays and code != "230500"]
