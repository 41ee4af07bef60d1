"""Worlds to be judged: the shipped policies, or others made up by chance, and the readings of both sides."""

import json
import shutil
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from chassis.settings import ROOT
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.rulebook import Rulebook
from tests.law import layers
from tests.law.days import Desk
from tests.law.local_days import local_days
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
NATIONAL, MEASURES = "national-2025", "measures-2026"
DEFAULT = {"rule": "platform-default", "article": "made up"}
# What may be counted backwards from a deadline.
LEADS = ("working_day", "half_working_day", "working_hour", "clock_hour", "minute")


@dataclass(frozen=True)
class World:
    """The same files, read by the platform and by the oracle."""

    book: Rulebook
    packs: dict[str, Pack]
    codes: dict[str, tuple[list[str], list[str], list[str]]]
    """By city: the categories, the emergency classes and the items that a case can have."""
    grounds: dict[str, list[str]] = field(default_factory=dict)
    """By city: of supervision."""
    excusable: dict[str, list[str]] = field(default_factory=dict)
    """By city: the clocks whose breach force majeure voids."""


def world(chance: Random, *, shipped: bool = False) -> World:
    """The shipped one, or one made up."""
    if shipped:
        return read(POLICIES)
    with TemporaryDirectory() as folder:
        make(Path(folder), chance)
        return read(Path(folder))


def read(policies: Path) -> World:
    packs = read_packs(policies)
    items = [item["code"] for item in layers.read(policies / "items.yaml")["items"]]
    codes, grounds, excusable = {}, {}, {}
    for city in packs:
        stack = layers.Stack.of_city(policies, layers.read(policies / "cities" / city / "city.yaml"))
        intake, dispatch = stack.file("intake.yaml"), stack.file("dispatch.yaml")
        classes = [found["code"] for found in intake["emergency_classes"]]
        codes[city] = ([found["code"] for found in intake["categories"]], classes, items)
        grounds[city] = [ground["code"] for ground in dispatch["supervision"]["grounds"]]
        excusable[city] = dispatch["force_majeure"]["clocks"]
    return World(load_rulebook(policies), packs, codes, grounds, excusable)


# -- a world of its own ------------------------------------------------------------------------------------------------


def make(folder: Path, chance: Random) -> None:
    """One city, one pack with other numbers than the law's, a calendar with notices that nobody has published."""
    regime = chance.choice(REGIMES)
    for file in ("items.yaml", "regulations.yaml"):
        shutil.copy(POLICIES / file, folder)
    rules = copy_pack(folder, regime)
    change_rules(rules, chance)
    _write(folder / "packs" / regime / "sla.yaml", rules)
    city = layers.read(POLICIES / "cities" / "350100" / "city.yaml")
    city = city | {"pack": regime, "working_hours": hours(city["working_hours"]["basis"], chance)}
    city["overlays"] = [name for name in (NATIONAL, MEASURES) if chance.random() < 0.3]
    if NATIONAL in city["overlays"]:
        copy_pack(folder, NATIONAL)
    if MEASURES in city["overlays"]:
        _write(folder / "packs" / MEASURES / "pack.yaml", layers.read(POLICIES / "packs" / NATIONAL / "pack.yaml") | {
            "name": MEASURES
        })  # fmt: skip
        _write(folder / "packs" / MEASURES / "sla.yaml", measures(rules, chance))
    _write(folder / "cities" / "350100" / "city.yaml", city)
    country = layers.read(POLICIES / "calendar" / "china.yaml") | {"notices": notices(chance)}
    _write(folder / "calendar" / "china.yaml", country)
    if chance.random() < 0.5:
        own = local_days(city["code"], Desk(country, city["working_hours"]), chance)
        _write(folder / "cities" / "350100" / "calendar.yaml", own)


def copy_pack(folder: Path, name: str) -> dict[str, Any]:
    """What sla reads of it, and its clocks."""
    into = folder / "packs" / name
    into.mkdir(parents=True)
    for file in ("pack.yaml", "intake.yaml", "dispatch.yaml"):
        shutil.copy(POLICIES / "packs" / name / file, into)
    path = POLICIES / "packs" / name / "sla.yaml"
    return deepcopy(layers.read(path)) if path.is_file() else {}


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
        change_clock(clock, chance)
    for own in told["own_limits"]:
        change_floors(own, chance)
        if own["ground"] == "other_law" and chance.random() < 0.3:
            own["only_if_earlier"] = not own["only_if_earlier"]


def change_clock(clock: dict[str, Any], chance: Random) -> None:
    """What an application holds is also what counts it."""
    for entry in clock["limits"]:
        if chance.random() < 0.7:
            entry["limit"] = limit(chance)
        if chance.random() < 0.2:
            entry["at_most"] = limit(chance)
    if "before" in clock:
        clock["before"]["by"] = limit(chance, only=("working_day", "half_working_day", "working_hour", "clock_hour"))
        clock["before"]["not_before_percent"] = chance.randint(1, 99)
        clock["limits"] = [{"limit": clock["before"]["by"], "basis": clock["limits"][-1]["basis"]}]
    if "corrected" in clock:
        change_floors(clock["corrected"], chance)
    # A notice is no deadline, and hangs on what is changed here.
    clock.pop("remind", None)
    if "extension" in clock:
        change_extension(clock["extension"], chance)
    for_all = ["when"] if "when" not in clock["limits"][-1] else []
    for key in ("holds", "judged_by", "restarts_on", *for_all):
        needed = key == "holds" and clock.get("extension", {}).get("counted") == "applications"
        if key in clock and not needed and chance.random() < 0.1:
            del clock[key]
    if "after" not in clock and clock["kind"] in ("finish", "progress", "first_response") and chance.random() < 0.1:
        clock["after"] = ["sign", *(["first_response"] if clock["kind"] == "progress" else [])]
    if clock["watches"] == "assignment" and chance.random() < 0.1:
        clock["window"] = not clock.get("window", False)


def change_floors(told: dict[str, Any], chance: Random) -> None:
    """What a change leaves: other limits, or whatever remains."""
    for floor in told.get("never_before", ()):
        if chance.random() < 0.4:
            floor["limit"] = limit(chance)
    if chance.random() < 0.1:
        told.pop("never_before", None)


def change_extension(told: dict[str, Any], chance: Random) -> None:
    told.pop("lead", None)
    if chance.random() < 0.6:
        told["lead"] = limit(chance, only=LEADS)
    told["counted"], told["count"] = chance.choice(("grants", "applications")), chance.randint(1, 3)
    if chance.random() < 0.3:
        told["barred"] = chance.choice(({"redo": True}, {"on_list": True}, {"category": ["consultation"]}))


def measures(below: dict[str, Any], chance: Random) -> dict[str, Any]:
    """What a city lays over its pack: other limits, more and fewer of them, other lights, extensions and holds."""
    clocks = [over_clock(clock, chance) for clock in below["clocks"] if "before" not in clock and chance.random() < 0.5]
    told: dict[str, Any] = {"pack": MEASURES, "clocks": [clock for clock in clocks if len(clock) > 1]}
    if chance.random() < 0.5:
        told["lights"] = {"share_of_hours": chance.randint(1, 99), "basis": DEFAULT}
    if chance.random() < 0.3:
        told["own_limits"] = [
            {"name": own["name"], "only_if_earlier": not own["only_if_earlier"], "basis": DEFAULT}
            for own in below["own_limits"]
            if own["ground"] == "other_law"
        ]
    return told


def over_clock(below: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Beside its name only what it changes."""
    told: dict[str, Any] = {"kind": below["kind"]}
    limits: list[dict[str, Any]] = []
    for entry in below["limits"]:
        when = {"when": entry["when"]} if "when" in entry else {}
        if chance.random() < 0.4:
            limits.append(when | {"limit": limit(chance), "basis": DEFAULT})
        elif when and "when" not in below["limits"][-1] and chance.random() < 0.3:
            limits.append(when | {"remove": True})
    if chance.random() < 0.4:
        limits.append({"when": {"redo": True, "role": ["lead", "none"]}, "limit": limit(chance), "basis": DEFAULT})
    if limits:
        told["limits"] = limits
    if "extension" in below and chance.random() < 0.5:
        told["extension"] = {"count": chance.randint(1, 3), "basis": DEFAULT}
    if below.get("extension", {}).get("counted") != "applications" and "holds" in below and chance.random() < 0.3:
        told["holds"] = [{"starts": chance.choice(below["holds"])["starts"], "remove": True}]
    if "restarts_on" in below and chance.random() < 0.2:
        told["restarts_on"] = {"remove": True}
    return told


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


def _write(path: Path, told: Any) -> None:
    """JSON is YAML, and its texts cannot be taken for dates or times."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
