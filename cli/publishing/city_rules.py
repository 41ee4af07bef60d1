"""The rules of one city on one day, read as the services read them: packs over each other, numbers, calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from pydantic import BaseModel

from chassis.packs import PackFolder, load_packs
from chassis.policy import Basis, City, Words, load, load_cities
from chassis.regulations import Regulations
from services.intake.adapters.lines import LinesFile, load_numbers
from services.intake.domain.lines import MergedLine
from services.intake.domain.pack import IntakePack
from services.sla.adapters.policies import load_calendars, load_rules
from services.sla.domain.calendar import SHANGHAI, OfficeCalendar
from services.sla.domain.rulebook import Pack, Rulebook


class NotToBePublished(Exception):
    """There are no rules of that city, or none on that day; in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class _Step(BaseModel):
    code: str
    name: Words


class _Disputes(BaseModel):
    steps: tuple[_Step, ...] = ()


class _Opens(BaseModel):
    on: str
    times: int = 1
    times_when_overdue: int | None = None
    months: int = 0


class _Ground(BaseModel):
    code: str
    zh: str
    basis: Basis
    opens: _Opens | None = None


class _Supervision(BaseModel):
    grounds: tuple[_Ground, ...] = ()


class _Redo(BaseModel):
    at_most: int
    basis: Basis


class DispatchWords(BaseModel):
    """What of dispatch.yaml a citizen is told."""

    redo: _Redo
    disputes: _Disputes | None = None
    supervision: _Supervision


class _Notice(BaseModel):
    moment: str
    audience: str
    basis: Basis


class Notices(BaseModel):
    """What of notify.yaml a citizen is told."""

    notices: tuple[_Notice, ...]


class Item(BaseModel):
    code: str
    name: str
    category: str
    project: str


class Items(BaseModel):
    """The convenience-service list."""

    basis: Basis
    items: tuple[Item, ...]


class _Unit(BaseModel):
    id: str
    name: str


class _Units(BaseModel):
    units: tuple[_Unit, ...]


@dataclass(frozen=True)
class MergedNumber:
    """Another number as it stands on the day, with the rule by which it was merged."""

    line: MergedLine
    unit: str
    merged: bool
    basis: Basis


@dataclass(frozen=True)
class CityRules:
    """All that the page tells."""

    city: City
    on: date
    folder: PackFolder
    regulations: Regulations
    intake: IntakePack
    sla: Pack
    dispatch: DispatchWords
    notices: Notices
    items: Items
    numbers: tuple[MergedNumber, ...]
    calendar: OfficeCalendar

    @property
    def rulebook(self) -> Rulebook:
        code, ref = self.city.code, self.folder.ref
        return Rulebook({ref: self.sla}, {code: ref}, {code: self.calendar})

    @property
    def names(self) -> Mapping[tuple[str, str], str]:
        """What people call a code of the pack, by field of the facts."""
        steps = self.dispatch.disputes.steps if self.dispatch.disputes else ()
        names = {key: words.zh for key, words in self.sla.vocabulary.names.items()}
        names |= {("dispute_step", step.code): step.name.zh for step in steps}
        return names | {("supervision", ground.code): ground.zh for ground in self.dispatch.supervision.grounds}


def read_rules(policies: Path, code: str, on: date) -> CityRules:
    """Raises NotToBePublished, PolicyError, OutsideCalendar."""
    city = city_named(load_cities(policies), code)
    folder = in_force(load_packs(policies).of(city), on)
    calendar = load_calendars(policies, {code: city})[code]
    calendar.kind_of(on)
    return CityRules(
        city=city,
        on=on,
        folder=folder,
        regulations=load(policies / "regulations.yaml", Regulations),
        intake=folder.file("intake.yaml").load(IntakePack),
        sla=load_rules(policies, folder),
        dispatch=folder.file("dispatch.yaml").load(DispatchWords),
        notices=folder.file("notify.yaml").load(Notices),
        items=load(policies / "items.yaml", Items),
        numbers=_numbers(policies, code, on),
        calendar=calendar,
    )


def city_named(cities: Mapping[str, City], code: str) -> City:
    """Raises NotToBePublished, which names those that there are."""
    if code not in cities:
        zh = "、".join(f"{known} {city.name.zh}" for known, city in cities.items())
        en = ", ".join(f"{known} {city.name.en}" for known, city in cities.items())
        raise NotToBePublished(f"没有城市 {code}，现有：{zh}", f"there is no city {code}; there are: {en}")
    return cities[code]


def in_force(folder: PackFolder, on: date) -> PackFolder:
    """Without the layers that begin later. Raises NotToBePublished where the lowest does."""
    lowest = folder.layers[0].head
    if lowest.in_force.since > on:
        zh, en = f"{lowest.title.zh}自 {lowest.in_force.since} 起施行", f"is in force from {lowest.in_force.since} on"
        raise NotToBePublished(f"{zh}，{on} 尚无可公布的规则", f"{lowest.title.en} {en}, after {on}")
    return PackFolder(tuple(layer for layer in folder.layers if layer.head.in_force.since <= on))


def _numbers(policies: Path, code: str, on: date) -> tuple[MergedNumber, ...]:
    folder = policies / "cities" / code
    names = {unit.id: unit.name for unit in load(folder / "units.yaml", _Units).units}
    numbers = load_numbers(policies, code, frozenset(names))
    if not numbers.lines:
        return ()
    basis = {(line.number, line.since): line.basis for line in load(folder / "lines.yaml", LinesFile).lines}
    noon = datetime.combine(on, time(12), SHANGHAI)
    return tuple(
        MergedNumber(line, names[line.unit], line.since <= on, basis[line.number, line.since])
        for line, _ in numbers.ledger(noon)
    )
