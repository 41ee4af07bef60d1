"""The directory of a city's units and areas."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """承办单位: whoever may get a work order; `duties` are the functions it answers for."""

    id: str
    name: str
    level: str
    area: str = ""
    supervised_by: str = ""
    domain: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A district, county or township and the unit that answers for it."""

    code: str
    name: str
    built_up: bool
    unit: str


class Directory:
    """Units and areas of one city."""

    def __init__(self, city: str, units: Iterable[Unit], areas: Iterable[Area]) -> None:
        self.city = city
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in units}
        self.areas: Mapping[str, Area] = {area.code: area for area in areas}
        self.by_duty: Mapping[str, str] = {duty: unit.id for unit in self.units.values() for duty in unit.duties}

    def name_of(self, unit: str) -> str:
        return self.units[unit].name if unit in self.units else unit

    def superiors(self, unit: str) -> Iterator[str]:
        """Those who supervise the unit, nearest first."""
        while unit := (self.units[unit].supervised_by if unit in self.units else ""):
            yield unit

    def is_or_below(self, unit: str, other: str) -> bool:
        """Whether `unit` is `other` or stands below it."""
        return unit == other or other in self.superiors(unit)

    def area_named_in(self, text: str) -> str:
        """The one area whose name stands in the text; empty when none or several do."""
        named = [code for code, area in self.areas.items() if area.name in text]
        return named[0] if len(named) == 1 else ""
