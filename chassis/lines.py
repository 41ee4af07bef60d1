"""热线主管部门: whose department goes on overseeing a merged line, by the ledger of lines (F21 2(2)2)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pydantic import BaseModel

from chassis.access import Principal, Role
from chassis.policy import load, load_cities

_SHANGHAI = timezone(timedelta(hours=8))


class _Mode(BaseModel):
    code: str
    oversight: dict[str, str] | None = None


class _Modes(BaseModel):
    """``lines.yaml``, which intake reads and checks: here only in which modes a department keeps its duties."""

    modes: tuple[_Mode, ...]


class _Line(BaseModel):
    number: str
    unit: str
    mode: str
    since: date


class _Ledger(BaseModel):
    """``cities/<code>/lines.yaml``, likewise: which unit has the field of which line, and since when."""

    lines: tuple[_Line, ...]


@dataclass(frozen=True)
class Lines:
    """By number and city: from each day on, the unit whose field the line is; empty where its department has no say."""

    merged: Mapping[str, Mapping[str, tuple[tuple[date, str], ...]]]

    def units(self, who: Principal, now: datetime) -> dict[str, str]:
        """By city, the unit that a line's department oversees: in the cities of its token where its line is merged.

        Nothing for anybody else, and nothing before the day of the merging.
        """
        if not who.has(Role.LINE_DEPARTMENT):
            return {}
        today, found = now.astimezone(_SHANGHAI).date(), {}
        for city, history in self.merged.get(who.line, {}).items():
            begun = [unit for since, unit in history if since <= today]
            if begun and begun[-1] and who.may_act_in(city):
                found[city] = begun[-1]
        return found

    def unit(self, who: Principal, city: str, now: datetime) -> str:
        """Empty: nothing there is the caller's to oversee."""
        return self.units(who, now).get(city, "")


def load_lines(policies: Path) -> Lines:
    """Of all cities; one without merged numbers has no file. Raises PolicyError."""
    files = {city: policies / "cities" / city / "lines.yaml" for city in load_cities(policies)}
    files = {city: file for city, file in files.items() if file.is_file()}
    modes = load(policies / "lines.yaml", _Modes).modes if files else ()
    overseen = {mode.code for mode in modes if mode.oversight}
    merged: dict[str, dict[str, tuple[tuple[date, str], ...]]] = defaultdict(dict)
    for city, file in files.items():
        for line in load(file, _Ledger).lines:
            since = (line.since, line.unit if line.mode in overseen else "")
            merged[line.number][city] = (*merged[line.number].get(city, ()), since)
    return Lines(merged)
