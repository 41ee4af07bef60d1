"""The cities' rules and units from policies/, read once and complete: a fault stops the start."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from chassis.packs import load_packs
from chassis.policy import load, load_cities
from chassis.privacy import mask
from services.knowledge.domain.errors import CityUnknown, UnitUnknown
from services.knowledge.domain.rules import KnowledgeRules


class _Unit(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    name: str
    duties: tuple[str, ...] = ()


class Directory(BaseModel):
    """The ids, names and duties of ``cities/<code>/units.yaml``; its other columns are dispatch's."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    units: tuple[_Unit, ...]


class Offices:
    """Raises PolicyError when a file cannot be used."""

    def __init__(self, policies: Path) -> None:
        self.policies = policies
        self.cities = load_cities(policies)
        packs = load_packs(policies)
        read = {pack.ref: pack.file("knowledge.yaml").load(KnowledgeRules) for pack in packs.followed}
        self._rules = {code: read[packs.of(city).ref] for code, city in self.cities.items()}
        self.directories = {code: load(policies / "cities" / code / "units.yaml", Directory) for code in self.cities}
        self._units = {code: {u.id for u in directory.units} for code, directory in self.directories.items()}

    def rules(self, city: str) -> KnowledgeRules:
        if city not in self.cities:
            raise CityUnknown(field="city", city=city)
        return self._rules[city]

    def check_unit(self, city: str, unit: str) -> None:
        if city not in self.cities:
            raise CityUnknown(field="city", city=city)
        if unit not in self._units[city]:
            raise UnitUnknown(field="unit", city=city, unit=unit)

    def unit_with(self, city: str, duty: str) -> str:
        """The city's unit that holds the duty, empty when it has none."""
        return next((u.id for u in self.directories[city].units if duty in u.duties), "")

    def masked(self, text: str) -> str:
        return mask(text)
