"""All packs and cities together: finds the deadline of any clock, and the rules that an event touches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from chassis.domain import DomainError, Status, Step, UnknownPack, listed
from chassis.policy import Basis, Words
from services.sla.domain.calendar import OfficeCalendar
from services.sla.domain.explanation import ahead_of, explain, explain_before, share_until
from services.sla.domain.facts import Facts, Vocabulary, fits, governing
from services.sla.domain.limits import Deadline, Limit, Unit, Yellow, deadline, due_of, share_of_time, with_due
from services.sla.domain.reminder import Reminder
from services.sla.domain.rules import Asks, ClockRule, Entry, OwnLimitRule, SlaRules

Part = Literal[
    "uses",
    "moves",
    "corrects",
    "limits",
    "restarts",
    "voids",
    "stops",
    "cancels",
    "holds",
    "releases",
    "starts",
]
# A move comes before the release of the hold that waited for it, an end before a new beginning.
PARTS: tuple[Part, ...] = (
    *("uses", "moves", "corrects", "limits", "restarts", "voids"),
    *("stops", "cancels", "holds", "releases", "starts"),
)


class ClockNotKept(DomainError):
    """The pack has the clock, yet not for such a case."""

    status = Status.INVALID_ARGUMENT
    zh = "规则包 {pack} 对此类诉求不设 {kind} 时限"
    en = "pack {pack} keeps no clock {kind} for such a case"


class CityWithoutPolicy(DomainError):
    """The city has no policy file."""

    status = Status.INVALID_ARGUMENT
    zh = "城市 {city} 没有规则文件；有：{known}"
    en = "city {city} has no policy file; there are: {known}"


class UnknownClock(DomainError):
    """The pack has no clock of that kind."""

    status = Status.INVALID_ARGUMENT
    zh = "规则包 {pack} 没有 {kind} 时限；有：{known}"
    en = "pack {pack} has no clock {kind}; there are: {known}"


@dataclass(frozen=True, eq=False)
class Pack:
    """One version of one regime's clocks, indexed by the events that touch them."""

    ref: str
    title: Words
    rules: SlaRules
    yellow: Yellow
    vocabulary: Vocabulary
    by_kind: Mapping[str, ClockRule]
    by_event: Mapping[tuple[Part, str], Sequence[ClockRule]]

    @classmethod
    def of(cls, ref: str, title: Words, rules: SlaRules, vocabulary: Vocabulary) -> "Pack":
        index: dict[tuple[Part, str], list[ClockRule]] = defaultdict(list)
        for rule in rules.clocks:
            parts: dict[Part, Sequence[str]] = {
                "uses": rule.uses_on,
                "moves": rule.moves_on,
                "corrects": [rule.corrected.by] if rule.corrected else [],
                "limits": rule.own_limits_on,
                "restarts": rule.restarts_on,
                "voids": rule.voids_on,
                "stops": rule.stops_on,
                "cancels": rule.cancels_on,
                "holds": [hold.starts for hold in rule.holds],
                "releases": [event for hold in rule.holds for event in hold.ends],
                "starts": rule.starts_on,
            }
            for part, events in parts.items():
                for event in events:
                    index[part, event].append(rule)
        by_kind = {rule.kind: rule for rule in rules.clocks}
        return cls(ref, title, rules, rules.lights.yellow(), vocabulary, by_kind, dict(index))

    def rule(self, kind: str) -> ClockRule:
        """Raises UnknownClock."""
        if kind not in self.by_kind:
            raise UnknownClock(field="kind", pack=self.ref, kind=kind, known=listed(self.by_kind))
        return self.by_kind[kind]

    def entry(self, kind: str, facts: Facts) -> Entry:
        """The limit that governs the clock. Raises UnknownClock, NoLimitFits."""
        return _entry(self, kind, facts)

    def own_limit(self, ground: str) -> OwnLimitRule | None:
        """What the pack says of such limits; None: they count for nothing here."""
        return next((rule for rule in self.rules.own_limits if rule.ground == ground), None)

    def touching(self, part: Part, event: str) -> Sequence[ClockRule]:
        return self.by_event.get((part, event), ())


@lru_cache(maxsize=8192)  # cases differ in little of what rules ask about
def _entry(pack: Pack, kind: str, facts: Facts) -> Entry:
    return governing(pack.rule(kind), facts, pack.ref)


class Timing(NamedTuple):
    """A deadline with all that a clock keeps of how it was found."""

    deadline: Deadline
    entry: Entry
    limit: Limit
    chain: Sequence[Limit]
    last_extension: datetime | None
    # How it hangs on the deadline of another clock, where it does.
    before: Step | None = None


@dataclass(frozen=True)
class Rulebook:
    """Packs by "<name>@<version>"; each city with its pack and its calendar."""

    packs: Mapping[str, Pack]
    cities: Mapping[str, str]
    calendars: Mapping[str, OfficeCalendar]
    events: frozenset[str] = field(default_factory=frozenset)

    def pack(self, ref: str) -> Pack:
        """Raises UnknownPack."""
        if ref not in self.packs:
            raise UnknownPack(pack=ref)
        return self.packs[ref]

    def name_of(self, ref: str, kind: str) -> Words:
        """What people call a clock; of one that its pack has no longer, or is not at hand, the code."""
        rule = self.packs[ref].by_kind.get(kind) if ref in self.packs else None
        return rule.name if rule else Words(zh=kind, en=kind)

    def pack_of_city(self, city: str) -> Pack:
        """The pack that new cases of the city follow. Raises CityWithoutPolicy."""
        if city not in self.cities:
            raise CityWithoutPolicy(city=city, known=", ".join(sorted(self.cities)), field="city")
        return self.packs[self.cities[city]]

    def calendar(self, city: str) -> OfficeCalendar:
        """Raises CityWithoutPolicy."""
        if city not in self.calendars:
            raise CityWithoutPolicy(city=city, known=", ".join(sorted(self.calendars)), field="city")
        return self.calendars[city]

    def preview(self, pack: Pack, city: str, rule: ClockRule, facts: Facts, start: datetime) -> Timing:
        """As of a clock that would start so; where the facts name no role, of the one that the rule asks for.

        Raises ClockNotKept, NoLimitFits, OutsideCalendar.
        """
        asked = replace(
            facts,
            role=facts.role or next(iter(rule.when.role), "lead"),
            written_reply=facts.written_reply or bool(rule.when.written_reply),
            call_back=facts.call_back or bool(rule.when.call_back),
        )
        if not fits(rule.when, asked):
            raise ClockNotKept(field="kind", pack=pack.ref, kind=rule.kind)
        if rule.before is None:
            return self.time(pack, city, rule, asked, start)
        other = self.preview(pack, city, pack.rule(rule.before.kind), facts, start)
        return self.time(pack, city, rule, asked, start, other.deadline.due)

    def time(
        self, pack: Pack, city: str, rule: ClockRule, facts: Facts, start: datetime, other_due: datetime | None = None
    ) -> Timing:
        """The deadline of a clock that starts now, earlier steps included; `other_due` is that of the one it precedes.

        Raises NoLimitFits, OutsideCalendar.
        """
        timing = self._timed(pack, city, rule, facts, start, before=self._earlier(pack, city, rule, facts, start))
        if other_due is None:
            return timing
        found, before = self.earlier_than(rule, other_due, start, pack, city)
        return timing._replace(deadline=found, before=before)

    def time_again(self, pack: Pack, city: str, rule: ClockRule, facts: Facts, start: datetime) -> Timing:
        """The deadline of the clock's own limit alone, from the event that its pack counts it from."""
        return self._timed(pack, city, rule, facts, start, before=())

    def time_by(
        self, pack: Pack, city: str, rule: ClockRule, facts: Facts, start: datetime, limit: Limit, basis: Basis
    ) -> Timing:
        """The deadline by a limit that is not the pack's own, earlier steps included."""
        before = self._earlier(pack, city, rule, facts, start)
        entry = pack.entry(rule.kind, facts).model_copy(update={"limit": limit, "basis": basis})
        return self._timed(pack, city, rule, facts, start, before=before, entry=entry)

    def earlier_than(
        self, rule: ClockRule, other_due: datetime, start: datetime, pack: Pack, city: str
    ) -> tuple[Deadline, Step]:
        """A deadline ahead of that of another clock, yet never before a share of the time; and which of both it is."""
        assert rule.before is not None
        by, percent, other = rule.before.by, rule.before.not_before_percent, pack.rule(rule.before.kind).name
        calendar = self.calendar(city)
        ahead, floor = by.before(other_due, calendar), share_of_time(start, other_due, percent, calendar)
        found = with_due(start, max(ahead, floor), Unit.WORKING_DAY, pack.yellow, calendar)
        found = found._replace(beyond=None)  # it follows the other clock, whatever moves that
        return found, ahead_of(other, other_due, by) if ahead >= floor else share_until(other, other_due, by, percent)

    def extended(self, pack: Pack, city: str, start: datetime, old_due: datetime, working_days: int) -> Deadline:
        """The old deadline moved by so many working days."""
        calendar = self.calendar(city)
        due = Limit(working_days, Unit.WORKING_DAY).due_after(old_due, calendar)
        return with_due(start, due, Unit.WORKING_DAY, pack.yellow, calendar)

    def until(self, pack: Pack, city: str, start: datetime, due: datetime, unit: Unit = Unit.WORKING_DAY) -> Deadline:
        """A deadline that is known already, or that somebody else has set, with a yellow light of its own."""
        found = with_due(start, due, unit, pack.yellow, self.calendar(city))
        return found._replace(warn=min(found.warn, due))

    def last_extension(
        self, rule: ClockRule, facts: Facts, due: datetime, city: str, grants: int = 0
    ) -> datetime | None:
        """The last moment for asking for an extension; None where the pack bars it, or after the last grant."""
        extension = rule.extension
        if extension is None or (extension.count is not None and grants >= extension.count):
            return None
        if extension.barred is not None and fits(extension.barred, facts):
            return None
        return extension.lead.before(due, self.calendar(city)) if extension.lead else due

    def remind(
        self, rule: ClockRule, start: datetime, due: datetime, last_extension: datetime | None, city: str
    ) -> Reminder | None:
        """The last moment to ask and when to tell of it; None where the limit is so short that it would be at once."""
        if rule.remind is None:
            return None
        last = due if rule.remind.of is Asks.RETURN else last_extension
        if last is None:
            return None
        at = rule.remind.ahead.before(last, self.calendar(city))
        return Reminder(rule.remind.of, at, last) if at > start else None

    def explain(self, rule: ClockRule, timing: Timing, city: str) -> list[Step]:
        subject = Step(rule.name.zh, rule.name.en)
        if timing.before is not None:
            return explain_before(subject, timing.before, timing.deadline, timing.entry.basis)
        return explain(subject, timing.chain, timing.deadline, self.calendar(city), timing.entry.basis)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _earlier(self, pack: Pack, city: str, rule: ClockRule, facts: Facts, start: datetime) -> tuple[Limit, ...]:
        """The limits that run first; of two of one clock the one that ends earlier."""
        found: tuple[Limit, ...] = ()
        for entry in (pack.entry(kind, facts) for kind in rule.after):
            ways = [(*found, limit) for limit in (entry.limit, entry.at_most) if limit is not None]
            calendar = self.calendar(city)
            found = min(ways, key=lambda way: due_of(start, way, calendar)) if len(ways) > 1 else ways[0]
        return found

    def _timed(
        self,
        pack: Pack,
        city: str,
        rule: ClockRule,
        facts: Facts,
        start: datetime,
        *,
        before: tuple[Limit, ...],
        entry: Entry | None = None,
    ) -> Timing:
        calendar = self.calendar(city)
        entry = entry or pack.entry(rule.kind, facts)
        limit, chain = entry.limit, (*before, entry.limit)
        found = deadline(start, chain, pack.yellow, calendar)
        if entry.at_most is not None:
            other = deadline(start, (*before, entry.at_most), pack.yellow, calendar)
            if other.due < found.due:
                found, limit, chain = other, entry.at_most, (*before, entry.at_most)
        return Timing(found, entry, limit, chain, self.last_extension(rule, facts, found.due, city))
