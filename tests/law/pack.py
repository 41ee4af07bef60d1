"""The clocks of a pack as a lawyer reads its YAML, and their deadlines. Nothing is taken from services/sla."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.law.days import Desk
from tests.law.limits import Limit, day_it_ends, due, last_moment_before, share_of_remaining_time, yellow


@dataclass(frozen=True)
class Facts:
    """What a limit may turn on."""

    category: str = ""
    item: str = ""
    emergency_class: str = ""
    round: int = 1
    explain_only: bool = False
    reachable: bool = True
    role: str = ""
    return_kind: str = ""
    extension: str = ""
    dispute_step: str = ""
    supervision: str = ""
    written_reply: bool = False


@dataclass(frozen=True)
class Timing:
    """A deadline with everything that hangs on it."""

    due: datetime
    warn: datetime
    provisional: bool
    last_extension: datetime | None


def several(told: Any) -> list[str]:
    """A word stands for a list of one."""
    if told is None:
        return []
    return [told] if isinstance(told, str) else list(told)


def fits(when: dict[str, Any] | None, facts: Facts) -> bool:
    """Every condition that is named must hold; `none` stands for nothing."""
    for name, wanted in (when or {}).items():
        if name in ("on_list", "redo", "explain_only", "reachable", "written_reply"):
            given = {
                "on_list": facts.item != "",
                "redo": facts.round > 1,
                "explain_only": facts.explain_only,
                "reachable": facts.reachable,
                "written_reply": facts.written_reply,
            }[name]
            if given != wanted:
                return False
        elif (getattr(facts, name) or "none") not in several(wanted):
            return False
    return True


class Rule:
    """One clock of `sla.yaml`."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.kind: str = told["kind"]
        self.watches: str = told["watches"]
        self.starts_on = several(told["starts_on"])
        self.stops_on = several(told["stops_on"])
        self.cancels_on = several(told.get("cancels_on"))
        self.restarts_on = several(told.get("restarts_on"))
        self.moves_on = several(told.get("moves_on"))
        self.after = several(told.get("after"))
        self.holds = [(hold["starts"], several(hold["ends"])) for hold in told.get("holds", [])]
        self.judged_by = several(told.get("judged_by"))
        self.window = bool(told.get("window"))
        self.before: dict[str, Any] | None = told.get("before")
        self.extension: dict[str, Any] | None = told.get("extension")

    def entry(self, facts: Facts) -> dict[str, Any]:
        """The first line whose `when` matches."""
        for entry in self.told["limits"]:
            if fits(entry.get("when"), facts):
                return dict(entry)
        raise LookupError(f"{self.kind} has no limit for {facts}")


@dataclass(frozen=True)
class Pack:
    """One regulation's clocks in one city."""

    ref: str
    city: str
    rules: list[Rule]
    lights: dict[str, Any]
    desk: Desk

    def rule(self, kind: str) -> Rule:
        return self._kinds[kind]

    @cached_property
    def _kinds(self) -> dict[str, Rule]:
        return {rule.kind: rule for rule in self.rules}

    # -- when does it end? ---------------------------------------------------------------------------------------------

    def timing(self, rule: Rule, facts: Facts, start: datetime, other_due: datetime | None = None) -> Timing:
        """Of a clock that starts; `other_due` is the deadline of the clock that it must precede."""
        if rule.before is not None:
            assert other_due is not None
            return self.ahead_of(rule, facts, start, other_due)
        begins, first = start, True
        for kind in rule.after:
            begins = self._ends(self.rule(kind).entry(facts), begins, first)[0]
            first = False
        ends, unit = self._ends(rule.entry(facts), begins, first)
        return self.timed(rule, facts, start, ends, unit)

    def timing_alone(self, rule: Rule, facts: Facts, start: datetime) -> Timing:
        """Of the clock's own limit, without those that run first."""
        ends, unit = self._ends(rule.entry(facts), start, first=True)
        return self.timed(rule, facts, start, ends, unit)

    def _ends(self, entry: dict[str, Any], start: datetime, first: bool) -> tuple[datetime, str]:
        """The end of a limit, and the unit that it is counted in; `at_most`: the earlier of two."""
        found = [Limit.read(text) for text in (entry["limit"], entry.get("at_most")) if text]
        ends = [(due(limit, start, self.desk, from_deadline=not first), limit.unit) for limit in found]
        return min(ends, key=lambda end: end[0])

    def ahead_of(self, rule: Rule, facts: Facts, start: datetime, other_due: datetime) -> Timing:
        """So long before another deadline, but not before a share of the time until then."""
        assert rule.before is not None
        ahead = last_moment_before(Limit.read(rule.before["by"]), other_due, self.desk)
        share = share_of_remaining_time(start, other_due, rule.before["not_before_percent"], self.desk)
        return self.timed(rule, facts, start, max(ahead, share), "working_day")

    def extended(self, rule: Rule, facts: Facts, start: datetime, old: datetime, working_days: int) -> Timing:
        """So many working days after the old deadline."""
        ends = due(Limit(working_days, "working_day"), old, self.desk, from_deadline=True)
        return self.timed(rule, facts, start, ends, "working_day")

    def timed(self, rule: Rule, facts: Facts, start: datetime, ends: datetime, unit: str) -> Timing:
        return Timing(
            ends,
            yellow(start, ends, unit, self.lights, self.desk),
            day_it_ends(ends).year > self.desk.published_through,
            self.last_extension(rule, facts, ends),
        )

    def last_extension(self, rule: Rule, facts: Facts, ends: datetime) -> datetime | None:
        """Until when an extension may be asked for; never, where the pack knows none or bars it."""
        if rule.extension is None or ("barred" in rule.extension and fits(rule.extension["barred"], facts)):
            return None
        lead = rule.extension.get("lead")
        return last_moment_before(Limit.read(lead), ends, self.desk) if lead else ends

    def upstream(self, rule: Rule, facts: Facts, start: datetime, timing: Timing, instant: datetime | None) -> Timing:
        """The deadline of the platform that sent the case, where it is earlier; it has a yellow light of its own."""
        if not rule.told.get("upstream") or instant is None or instant >= timing.due:
            return timing
        return self.timed(rule, facts, start, instant, "working_day")


def read_packs(policies: Path) -> dict[str, Pack]:
    """By city."""
    return {folder.name: read_pack(policies, folder) for folder in sorted((policies / "cities").iterdir())}


def read_pack(policies: Path, folder: Path) -> Pack:
    city = _read(folder / "city.yaml")
    path = policies / "packs" / city["pack"]
    told = _read(path / "sla.yaml")
    country = _read(policies / "calendar" / f"{city.get('calendar', 'china')}.yaml")
    desk = Desk(country, city["working_hours"])
    ref = f"{city['pack']}@{_read(path / 'pack.yaml')['version']}"
    return Pack(ref, city["code"], [Rule(rule) for rule in told["clocks"]], told["lights"], desk)


def events_of(rules: Iterable[Rule]) -> set[str]:
    """All that the clocks listen to."""
    found: set[str] = set()
    for rule in rules:
        found |= {*rule.starts_on, *rule.stops_on, *rule.cancels_on, *rule.restarts_on, *rule.moves_on}
        for starts, ends in rule.holds:
            found |= {starts, *ends}
    return found


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found
