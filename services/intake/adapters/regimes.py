"""The rules of each city from the policy files, read once at the start."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from chassis.policy import PolicyError, fault, load, load_cities, load_pack
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
        packs = {name: self._pack(policies, name) for name in {city.pack for city in cities.values()}}
        self._regimes = {}
        for code, city in cities.items():
            name, rules = packs[city.pack]
            folder = policies / "cities" / code
            self._regimes[code] = Regime(
                city=code,
                pack_name=name,
                rules=rules,
                areas=frozenset(area.code for area in load(folder / "areas.yaml", _Areas).areas),
                items=items,
                units=frozenset(unit.id for unit in load(folder / "units.yaml", _Units).units),
            )

    def of(self, city: str) -> Regime:
        regime = self._regimes.get(city)
        if regime is None:
            raise UnknownCity(field="city", city=city)
        return regime

    @staticmethod
    def _pack(policies: Path, name: str) -> tuple[str, IntakePack]:
        path = policies / "packs" / name / "intake.yaml"
        rules = load(path, IntakePack)
        if rules.pack != name:
            zh, en = f"文件夹 {name} 与文件内的 {rules.pack} 不一致", f"folder {name} and {rules.pack} inside differ"
            raise PolicyError([fault(path, "pack", zh, en)])
        return f"{name}@{load_pack(policies, name).version}", rules
