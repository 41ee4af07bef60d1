"""Reads packs, cities and calendars into the rulebook; every fault stops the start with file and line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from chassis.domain import DomainError
from chassis.packs import PackFile, PackFolder, load_packs
from chassis.policy import City, PolicyError, Problem, WorkingHours, fault, load_cities
from services.sla.adapters.calendars import load_working_days, office_calendar, usual_sessions
from services.sla.adapters.local_days import load_local_days
from services.sla.adapters.vocabulary import unknown_words, vocabulary
from services.sla.domain.calendar import SHANGHAI, OfficeCalendar, local
from services.sla.domain.correcting import Anew, least_by_own, least_of
from services.sla.domain.facts import Facts
from services.sla.domain.own_limits import OwnLimit
from services.sla.domain.rulebook import Pack, Rulebook
from services.sla.domain.rules import Asks, ClockRule, Example, ExampleFacts, SlaRules


def load_rulebook(policies: Path) -> Rulebook:
    """Everything that sla decides by. Raises PolicyError."""
    cities = load_cities(policies)
    versions = load_packs(policies)
    packs = {ref: load_rules(policies, folder) for ref, folder in versions.folders.items()}
    return Rulebook(
        packs=packs,
        cities={code: versions.of(city).ref for code, city in cities.items()},
        calendars=load_calendars(policies, cities),
        events=frozenset(event for pack in packs.values() for _, event in pack.by_event),
    )


def load_rules(policies: Path, folder: PackFolder) -> Pack:
    """One pack's clocks, checked for what types cannot say. Raises PolicyError."""
    source = folder.file("sla.yaml")
    rules, known = source.load(SlaRules), vocabulary(policies, folder)
    problems = list(dict.fromkeys([*_problems(source, folder.name, rules), *unknown_words(source, rules, known)]))
    if problems:
        raise PolicyError(problems)
    return Pack.of(folder.ref, folder.title, rules, known)


def failed_examples(policies: Path, book: Rulebook) -> Iterator[Problem]:
    """The worked examples of each pack that do not come out."""
    folders = load_packs(policies).folders
    for city, ref in book.cities.items():
        pack = book.packs[ref]
        for number, example in enumerate(pack.rules.examples):
            facts = example.facts.model_dump(exclude_defaults=True)
            told = ", ".join([f"{city} {example.kind}", *(f"{name} {value}" for name, value in facts.items())])
            for zh, en in _wrong(book, pack, city, example):
                yield Problem(
                    *folders[ref].file("sla.yaml").place("examples", number),
                    f"例题 {told}，{example.start} 起算：{zh}",
                    f"example {told}, from {example.start}: {en}",
                )


def _wrong(book: Rulebook, pack: Pack, city: str, example: Example) -> Iterator[tuple[str, str]]:
    """The deadline, and where the example tells one, the notice before the last moment, where it is another one."""
    start, rule = _instant(example.start), pack.rule(example.kind)
    try:
        timing = book.preview(pack, city, rule, _facts(example.facts), start)
        due = _told(_changed(book, pack, city, example, timing.deadline.due))
    except DomainError as error:
        yield f"应为 {example.due}，{error.message_zh}", f"expected {example.due}, {error.message_en}"
        return
    if due != example.due:
        yield f"期限应为 {example.due}，算得 {due}", f"due: expected {example.due}, comes out {due}"
    if example.remind:
        reminder = book.remind(rule, start, timing.deadline.due, timing.last_extension, city)
        found = _told(reminder.at) if reminder else ""
        if found != example.remind:
            zh = f"提醒应为 {example.remind}，算得 {found or '无'}"
            yield zh, f"remind: expected {example.remind}, comes out {found or 'none'}"


def _changed(book: Rulebook, pack: Pack, city: str, example: Example, due: datetime) -> datetime:
    """The deadline after what was corrected or set later."""
    rule, facts, start = pack.rule(example.kind), _facts(example.facts), _instant(example.start)
    if example.corrected and rule.corrected:
        facts, at = _facts(example.corrected.to), _instant(example.corrected.at)
        least = least_of(rule.corrected.never_before, facts, at, due)
        due = Anew(book, pack, city, rule, facts, start).done(least).deadline.due
    if example.own_limit:
        own = example.own_limit
        fixed = _instant(own.due) if own.due else None
        one = OwnLimit(own.ground, _instant(own.at), str(own.limit or ""), fixed)
        least = least_by_own(pack, one, facts, one.set_at, due)
        due = Anew(book, pack, city, rule, facts, start, [one]).done(least).deadline.due
    return due


def _facts(given: ExampleFacts) -> Facts:
    return Facts(**given.model_dump())


def _told(instant: datetime) -> str:
    return f"{local(instant):%Y-%m-%d %H:%M}"


def load_calendars(
    policies: Path, cities: Mapping[str, City], *, through: int | None = None
) -> dict[str, OfficeCalendar]:
    """By city; `through`: as if no later year were published. Raises PolicyError.

    Cities with the same days and hours share one calendar: a province has many cities, and each takes megabytes.
    """
    found = {name: load_working_days(_calendar(policies, name), through=through) for name in _calendars(policies)}
    shared: dict[tuple[str, WorkingHours], OfficeCalendar] = {}
    calendars = {}
    for code, city in cities.items():
        folder = policies / "cities" / code
        if city.calendar not in found:
            zh, en = f"没有日历 {city.calendar}", f"there is no calendar {city.calendar}"
            raise PolicyError([fault(folder / "city.yaml", "calendar", zh, en)])
        days, hours, own = found[city.calendar], city.working_hours, folder / "calendar.yaml"
        if own.is_file():
            local_days = load_local_days(own, code, days, usual_sessions(hours))
            calendars[code] = office_calendar(days, hours, local_days)
        else:
            key = (city.calendar, hours)
            calendars[code] = shared[key] = shared.get(key) or office_calendar(days, hours)
    return calendars


def calendars_as_of(policies: Path) -> Callable[[int], Mapping[str, OfficeCalendar]]:
    """The calendars as they were when that year was the last one published, read when they are asked for."""
    return lru_cache(maxsize=4)(lambda year: load_calendars(policies, load_cities(policies), through=year))


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def _calendar(policies: Path, name: str) -> Path:
    return policies / "calendar" / f"{name}.yaml"


def _calendars(policies: Path) -> list[str]:
    return sorted(path.stem for path in (policies / "calendar").glob("*.yaml"))


def _problems(source: PackFile, name: str, rules: SlaRules) -> Iterator[Problem]:
    kinds = [rule.kind for rule in rules.clocks]
    if rules.pack != name:
        yield source.fault(rules.pack, f"文件属于规则包 {rules.pack}", f"the file says it belongs to {rules.pack}")
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        yield source.fault(kind, f"时限 {kind} 重复", f"clock {kind} stands twice")
    for rule in rules.clocks:
        for other in _named_kinds(rule):
            if other not in kinds[: kinds.index(rule.kind)]:
                zh, en = f"{rule.kind} 引用的时限 {other} 须在其之前", f"{rule.kind} needs clock {other} before it"
                yield source.fault(other, zh, en)
        if rule.remind and not (rule.window if rule.remind.of is Asks.RETURN else rule.extension):
            zh, en = f"{rule.kind} 没有可提醒的最后时刻", f"{rule.kind} has no last moment to remind of"
            yield source.fault(rule.kind, zh, en)
        if rule.extension and rule.extension.counted == "applications" and not rule.uses_on:
            zh, en = f"{rule.kind} 不因申请而停，无从计数", f"no application holds {rule.kind}, so none can be counted"
            yield source.fault(rule.kind, zh, en)
    grounds = [rule.ground for rule in rules.own_limits]
    for ground in sorted({ground for ground in grounds if grounds.count(ground) > 1}):
        yield source.fault(ground, f"其他期限 {ground} 重复", f"the other limit {ground} stands twice")
    for example in rules.examples:
        if example.own_limit and example.own_limit.ground not in grounds:
            ground = example.own_limit.ground
            yield source.fault(ground, f"没有其他期限 {ground}", f"there is no other limit {ground}")
        if example.kind not in kinds:
            yield source.fault(example.kind, f"没有时限 {example.kind}", f"there is no clock {example.kind}")


def _named_kinds(rule: ClockRule) -> tuple[str, ...]:
    return (*rule.after, rule.before.kind) if rule.before else rule.after
