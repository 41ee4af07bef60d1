"""Worlds to be judged: the shipped policies, or others made up by chance, and the readings of both sides."""

import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from chassis.settings import ROOT
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.rulebook import Rulebook
from tests.law.pack import Pack, read_packs

POLICIES = ROOT / "policies"
REGIMES = ("fujian-2016", "pingli-2018", "shuangyashan-2024")
UNITS = {
    "working_day": 30,
    "half_working_day": 12,
    "working_hour": 60,
    "clock_hour": 100,
    "minute": 600,
    "same_day": 20,
    "calendar_day": 30,
}
# What may be counted backwards from a deadline.
LEADS = ("working_day", "half_working_day", "working_hour", "clock_hour", "minute")


@dataclass(frozen=True)
class World:
    """The same files, read by the platform and by the oracle."""

    book: Rulebook
    packs: dict[str, Pack]
    codes: dict[str, tuple[list[str], list[str], list[str]]]
    """By city: the categories, the emergency classes and the items that a case can have."""


def world(chance: Random) -> World:
    """One in eight is the shipped one."""
    if chance.randrange(8) == 0:
        return read(POLICIES)
    with TemporaryDirectory() as folder:
        make(Path(folder), chance)
        return read(Path(folder))


def read(policies: Path) -> World:
    packs = read_packs(policies)
    items = [item["code"] for item in _read(policies / "items.yaml")["items"]]
    codes = {}
    for city, pack in packs.items():
        intake = _read(policies / "packs" / pack.ref.partition("@")[0] / "intake.yaml")
        classes = [found["code"] for found in intake["emergency_classes"]]
        codes[city] = ([found["code"] for found in intake["categories"]], classes, items)
    return World(load_rulebook(policies), packs, codes)


# -- a world of its own ------------------------------------------------------------------------------------------------


def make(folder: Path, chance: Random) -> None:
    """One city, one pack with other numbers than the law's, a calendar with notices that nobody has published."""
    regime = chance.choice(REGIMES)
    for file in ("items.yaml", "regulations.yaml"):
        shutil.copy(POLICIES / file, folder)
    into = folder / "packs" / regime
    into.mkdir(parents=True)
    for file in ("pack.yaml", "intake.yaml", "dispatch.yaml"):
        shutil.copy(POLICIES / "packs" / regime / file, into)
    rules = _read(POLICIES / "packs" / regime / "sla.yaml")
    change_rules(rules, chance)
    _write(into / "sla.yaml", rules)
    city = _read(POLICIES / "cities" / "350100" / "city.yaml")
    city |= {"pack": regime, "working_hours": hours(city["working_hours"]["basis"], chance)}
    _write(folder / "cities" / "350100" / "city.yaml", city)
    country = _read(POLICIES / "calendar" / "china.yaml")
    country["notices"] = notices(chance)
    _write(folder / "calendar" / "china.yaml", country)


def limit(chance: Random, *, only: tuple[str, ...] = tuple(UNITS)) -> str:
    unit = chance.choice(only)
    return f"{chance.randint(1, chance.choice((2, 5, UNITS[unit])))} {unit}"


def change_rules(told: dict[str, Any], chance: Random) -> None:
    """Other limits of other units, other lights, leads and shares; a paragraph more or less."""
    lights = told["lights"]
    lights["not_before"] = chance.randint(1, 90)
    lights["share"] = chance.randint(lights["not_before"], 99)
    lights["share_of_hours"] = chance.randint(1, 99)
    lights["working_days_before"] = chance.randint(1, 4)
    for clock in told["clocks"]:
        for entry in clock["limits"]:
            if chance.random() < 0.7:
                entry["limit"] = limit(chance)
            if chance.random() < 0.2:
                entry["at_most"] = limit(chance)
        if "before" in clock:
            clock["before"]["by"] = limit(
                chance, only=("working_day", "half_working_day", "working_hour", "clock_hour")
            )
            clock["before"]["not_before_percent"] = chance.randint(1, 99)
            clock["limits"] = [{"limit": clock["before"]["by"], "basis": clock["limits"][-1]["basis"]}]
        # A notice is no deadline, and hangs on what is changed here.
        clock.pop("remind", None)
        if "extension" in clock:
            change_extension(clock["extension"], chance)
        for_all = ["when"] if "when" not in clock["limits"][-1] else []
        for key in ("holds", "judged_by", "restarts_on", *for_all):
            if key in clock and chance.random() < 0.1:
                del clock[key]
        if "after" not in clock and clock["kind"] in ("finish", "progress", "first_response") and chance.random() < 0.1:
            clock["after"] = ["sign", *(["first_response"] if clock["kind"] == "progress" else [])]
        if clock["watches"] == "assignment" and chance.random() < 0.1:
            clock["window"] = not clock.get("window", False)


def change_extension(told: dict[str, Any], chance: Random) -> None:
    told.pop("lead", None)
    if chance.random() < 0.6:
        told["lead"] = limit(chance, only=LEADS)
    if chance.random() < 0.3:
        told["barred"] = chance.choice(({"redo": True}, {"on_list": True}, {"category": ["consultation"]}))


def hours(basis: dict[str, Any], chance: Random) -> dict[str, Any]:
    """One to four seasons of one to four sessions; the first season need not begin with the year."""
    starts = sorted({f"{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}" for _ in range(chance.randint(1, 4))})
    return {"basis": basis, "seasons": [{"from": start, "sessions": sessions(chance)} for start in starts]}


def sessions(chance: Random) -> list[dict[str, str]]:
    if chance.random() < 0.3:
        return [{"opens": "08:00", "closes": "12:00"}, {"opens": "14:30", "closes": "17:30"}]
    steps = sorted(chance.sample(range(24 * 12), 2 * chance.randint(1, 4)))
    times = [f"{step // 12:02d}:{step % 12 * 5:02d}" for step in steps]
    if chance.random() < 0.1:
        times[0] = "00:00"
    return [{"opens": a, "closes": b} for a, b in zip(times[::2], times[1::2], strict=True)]


def notices(chance: Random) -> list[dict[str, Any]]:
    """For some years up to 2029 without a gap behind the last that the country has published, in any order."""
    last = chance.choice((2026, 2027, 2028, 2029))
    years = {year for year in range(2019, 2027) if chance.random() < 0.15} | set(range(2027, last + 1))
    found = [notice(year, chance) for year in years]
    chance.shuffle(found)
    return found


def notice(year: int, chance: Random) -> dict[str, Any]:
    """Runs of days off, the first perhaps from the last days of the year before; worked weekends outside of them."""
    name = {"zh": "假", "en": "holiday"}
    runs, off, day = [], set(), date(year, 1, 1) - timedelta(days=chance.choice((0, 0, 1, 2)))
    while day.year <= year:
        length = chance.randint(1, 9)
        until = min(day + timedelta(days=length - 1), date(year, 12, 28))
        runs.append({"from": day.isoformat(), "until": until.isoformat(), "name": name})
        off |= {day + timedelta(days=n) for n in range((until - day).days + 1)}
        day = until + timedelta(days=chance.randint(10, 90))
        if day > date(year, 12, 20):
            break
    weekends = [date(year, 1, 5) + timedelta(days=n) for n in range(350)]
    weekends = [found for found in weekends if found.isoweekday() > 5 and found not in off]
    made_up = sorted(chance.sample(weekends, chance.randint(0, 9)))
    words = {"zh": "通知", "en": "notice"}
    return {
        "year": year, "source": words, "days_off": runs, "make_up_workdays": [day.isoformat() for day in made_up]
    }  # fmt: skip


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _write(path: Path, told: Any) -> None:
    """JSON is YAML, and its texts cannot be taken for dates or times."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, default=str, indent=1), encoding="utf-8")
