"""The clocks of a pack as a lawyer reads its YAML, and their deadlines. Nothing is taken from services/sla."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.law.days import Desk
from tests.law.layers import Stack, read
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
    call_back: bool = False


@dataclass(frozen=True)
class Timing:
    """A deadline with everything that hangs on it."""

    due: datetime
    warn: datetime
    provisional: bool
    last_extension: datetime | None
    counted: datetime
    """Where the limit and its extensions end, whatever moment somebody has set."""
    limit: Limit


@dataclass(frozen=True)
class Own:
    """A limit that one case has for itself: counted from the start of each clock, or a moment that is fixed."""

    ground: str
    set_at: datetime
    limit: str = ""
    moment: datetime | None = None


def several(told: Any) -> list[str]:
    """A word stands for a list of one."""
    if told is None:
        return []
    return [told] if isinstance(told, str) else list(told)


def fits(when: dict[str, Any] | None, facts: Facts) -> bool:
    """Every condition that is named must hold; `none` stands for nothing."""
    for name, wanted in (when or {}).items():
        if name in ("on_list", "redo", "explain_only", "reachable", "written_reply", "call_back"):
            given = {
                "on_list": facts.item != "",
                "redo": facts.round > 1,
                "explain_only": facts.explain_only,
                "reachable": facts.reachable,
                "written_reply": facts.written_reply,
                "call_back": facts.call_back,
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
        self.holds_on = [starts for starts, _ in self.holds]
        self.releases_on = [end for _, ends in self.holds for end in ends]
        self.voids_on = several(told.get("voids_on"))
        self.own_limits_on = several(told.get("own_limits_on"))
        self.corrected: dict[str, Any] | None = told.get("corrected")
        self.corrected_on = [self.corrected["by"]] if self.corrected else []
        self.judged_by = several(told.get("judged_by"))
        self.window = bool(told.get("window"))
        self.before: dict[str, Any] | None = told.get("before")
        self.extension: dict[str, Any] | None = told.get("extension")

    @property
    def names(self) -> set[str]:
        """All events that the paragraph names."""
        lists = (self.starts_on, self.stops_on, self.cancels_on, self.restarts_on, self.moves_on, self.voids_on)
        held = (self.own_limits_on, self.holds_on, self.releases_on, self.corrected_on, self.uses_on)
        return {name for names in (*lists, *held) for name in names}

    @property
    def uses_on(self) -> list[str]:
        """What uses an extension up: the grant, or already the asking for it."""
        asked = (self.extension or {}).get("counted") == "applications"
        return ["dispatch.extension_filed"] if asked else self.moves_on

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
    own_limits: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By ground: what the pack says of limits that a case has for itself."""

    def rule(self, kind: str) -> Rule:
        return self._kinds[kind]

    def touched_by(self, event: str, how: str) -> list[Rule]:
        """The clocks whose paragraph names the event there, such as in `stops_on`, in the order of the pack."""
        if (event, how) not in self._touched:
            self._touched[event, how] = [rule for rule in self.rules if event in getattr(rule, how)]
        return self._touched[event, how]

    @cached_property
    def _touched(self) -> dict[tuple[str, str], list[Rule]]:
        return {}

    @cached_property
    def _kinds(self) -> dict[str, Rule]:
        return {rule.kind: rule for rule in self.rules}

    # -- when does it end? ---------------------------------------------------------------------------------------------

    def timing(self, rule: Rule, facts: Facts, start: datetime, other_due: datetime | None = None) -> Timing:
        """Of a clock that starts; `other_due` is the deadline of the clock that it must precede."""
        if rule.before is not None:
            assert other_due is not None
            return self.ahead_of(rule, facts, start, other_due)
        ends, limit, _ = self.governed(rule, facts, start, {}, None)
        return self.timed(rule, facts, start, ends, limit)

    def timing_alone(self, rule: Rule, facts: Facts, start: datetime) -> Timing:
        """Of the clock's own limit, without those that run first."""
        ends, limit = self._ends(rule.entry(facts), start, first=True)
        return self.timed(rule, facts, start, ends, limit)

    def governed(
        self, rule: Rule, facts: Facts, start: datetime, own: dict[str, Own], restarted: datetime | None
    ) -> tuple[datetime, Limit, datetime]:
        """The limit that governs, with end and start: the pack's, or one that the case has for itself."""
        begins, first, entry = start, True, rule.entry(facts)
        for kind in rule.after:
            begins = self._ends(self.rule(kind).entry(facts), begins, first)[0]
            first = False
        found = self._ends(entry, begins, first)
        for ground, told in self.own_limits.items():
            if ground in own and own[ground].limit:
                other = self._ends(entry | {"limit": own[ground].limit}, begins, first)
                found = other if not told["only_if_earlier"] or other[0] < found[0] else found
        if restarted is not None:
            again = self._ends(entry, restarted, first=True)
            if again[0] < found[0]:
                return *again, restarted
        return *found, start

    def _ends(self, entry: dict[str, Any], start: datetime, first: bool) -> tuple[datetime, Limit]:
        """The end of a limit, and which it is; `at_most`: the earlier of two."""
        found = [Limit.read(text) for text in (entry["limit"], entry.get("at_most")) if text]
        ends = [(due(limit, start, self.desk, from_deadline=not first), limit) for limit in found]
        return min(ends, key=lambda end: end[0])

    def ahead_of(self, rule: Rule, facts: Facts, start: datetime, other_due: datetime) -> Timing:
        """So long before another deadline, but not before a share of the time until then."""
        assert rule.before is not None
        ahead = last_moment_before(Limit.read(rule.before["by"]), other_due, self.desk)
        share = share_of_remaining_time(start, other_due, rule.before["not_before_percent"], self.desk)
        found = self.timed(rule, facts, start, max(ahead, share), Limit(1, "working_day"))
        return replace(found, limit=Limit.read(rule.entry(facts)["limit"]))

    def extended(self, rule: Rule, facts: Facts, start: datetime, old: datetime, working_days: int) -> Timing:
        """So many working days after the old deadline."""
        days = Limit(working_days, "working_day")
        return self.timed(rule, facts, start, due(days, old, self.desk, from_deadline=True), days)

    def timed(self, rule: Rule, facts: Facts, start: datetime, ends: datetime, limit: Limit) -> Timing:
        return Timing(
            ends,
            yellow(start, ends, limit.unit, self.lights, self.desk),
            day_it_ends(ends).year > self.desk.published_through,
            self.last_extension(rule, facts, ends),
            counted=ends,
            limit=limit,
        )

    def last_extension(self, rule: Rule, facts: Facts, ends: datetime) -> datetime | None:
        """Until when an extension may be asked for; never, where the pack knows none or bars it."""
        if rule.extension is None or ("barred" in rule.extension and fits(rule.extension["barred"], facts)):
            return None
        lead = rule.extension.get("lead")
        return last_moment_before(Limit.read(lead), ends, self.desk) if lead else ends

    @property
    def regime(self) -> str:
        """Its layers without their versions."""
        return "+".join(layer.partition("@")[0] for layer in self.ref.split("+"))


def read_packs(policies: Path) -> dict[str, Pack]:
    """By city."""
    return {folder.name: read_pack(policies, folder) for folder in sorted((policies / "cities").iterdir())}


def read_pack(policies: Path, folder: Path) -> Pack:
    city = read(folder / "city.yaml")
    stack = Stack.of_city(policies, city)
    told = stack.file("sla.yaml")
    country = read(policies / "calendar" / f"{city.get('calendar', 'china')}.yaml")
    own_days = folder / "calendar.yaml"
    desk = Desk(country, city["working_hours"], read(own_days) if own_days.is_file() else None)
    own = {rule["ground"]: rule for rule in told.get("own_limits", ())}
    return Pack(stack.ref, city["code"], [Rule(rule) for rule in told["clocks"]], told["lights"], desk, own)
