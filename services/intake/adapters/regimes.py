"""The rules of each city from the policy files, read once at the start."""

from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from chassis.domain import UnknownPack
from chassis.packs import PackFolder, load_packs
from chassis.policy import PolicyError, load, load_cities
from services.intake.adapters.lines import load_numbers
from services.intake.adapters.rosters import load_roster
from services.intake.application.ports import Regime
from services.intake.domain.errors import UnknownCity
from services.intake.domain.pack import IntakePack


class _Coded(BaseModel):
    model_config = ConfigDict(extra="ignore")
    code: str


class _Identified(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str


class _Areas(BaseModel):
    """Intake needs only which areas exist; who answers for them is dispatch's business."""

    model_config = ConfigDict(extra="ignore")
    areas: list[_Coded]


class _Items(BaseModel):
    model_config = ConfigDict(extra="ignore")
    items: list[_Coded]


class _Units(BaseModel):
    model_config = ConfigDict(extra="ignore")
    units: list[_Identified]


class PolicyRegimes:
    """Raises PolicyError when any file cannot be used."""

    def __init__(self, policies: Path) -> None:
        items = frozenset(item.code for item in load(policies / "items.yaml", _Items).items)
        cities = load_cities(policies)
        packs = load_packs(policies)
        self._rules = {ref: _rules(folder) for ref, folder in packs.folders.items()}
        self._regimes = {}
        for code, city in cities.items():
            ref = packs.of(city).ref
            folder = policies / "cities" / code
            units = frozenset(unit.id for unit in load(folder / "units.yaml", _Units).units)
            self._regimes[code] = Regime(
                city=code,
                pack_name=ref,
                rules=self._rules[ref],
                areas=frozenset(area.code for area in load(folder / "areas.yaml", _Areas).areas),
                items=items,
                units=units,
                numbers=load_numbers(policies, code, units),
                roster=load_roster(policies, code, around_the_clock=self._rules[ref].around_the_clock),
            )

    def of(self, city: str, pack: str = "") -> Regime:
        regime = self._regimes.get(city)
        if regime is None:
            raise UnknownCity(field="city", city=city)
        if pack in ("", regime.pack_name):
            return regime
        if pack not in self._rules:
            raise UnknownPack(pack=pack)
        return replace(regime, pack_name=pack, rules=self._rules[pack])


def _rules(folder: PackFolder) -> IntakePack:
    source, name = folder.file("intake.yaml"), folder.name
    rules = source.load(IntakePack)
    if rules.pack != name:
        zh, en = f"文件夹 {name} 与文件内的 {rules.pack} 不一致", f"folder {name} and {rules.pack} inside differ"
        raise PolicyError([source.fault("pack", zh, en)])
    return rules
