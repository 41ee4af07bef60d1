"""What the demonstration led to, asked of the services, as plain data for the page and the closing table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chassis.packs import PackFolder, Packs
from chassis.policy import City
from cli.demo import ledger
from cli.demo.cases import CHINA, Move
from cli.demo.chapters import chapters
from cli.demo.days import days_between
from cli.demo.driver import Driver, Play
from cli.demo.page.names import template_name
from cli.demo.result import CityResult, ClockTally, DemoResult, MessageTally, Path, Ratio, UnitTally
from cli.demo.scenery import enum_of
from cli.demo.story import tell

_ENDINGS = {"met": "met", "late": "late", "breached": "late", "voided": "cancelled", "cancelled": "cancelled"}


def collect(
    driver: Driver, seed: int, cities: Mapping[str, City], packs: Packs, hero: str, since: datetime
) -> DemoResult:
    """Everything that the page shows; sorted, so that the same seed gives the same page."""
    shown = sorted({play.case.city for play in driver.plays.values()})
    clocks = {play.case.key: _clocks(driver, play) for play in driver.plays.values() if play.name}
    names = {unit.id: unit.name for city in shown for unit in driver.pages(city, "dispatch", "ListUnits", "units")}
    told = driver.plays[hero]
    return DemoResult(
        seed=seed,
        cities=tuple(_city(driver, cities[c], packs.of(cities[c]), since) for c in shown),
        paths=_paths(driver),
        clocks=_clock_tallies(clocks),
        units=_units(driver, [cities[c] for c in shown], names, since),
        messages=_messages(driver, shown),
        days=_days(driver),
        supervisions=ledger.tallies([cities[c] for c in shown], lambda city: _supervisions(driver, city)),
        story=tell(told, clocks[hero], cities[told.case.city], names),
        chapters=chapters(driver, clocks, cities, packs, names),
    )


def _clocks(driver: Driver, play: Play) -> list[Any]:
    return list(driver.ask(play.case.city, "sla", "ListClocks", {"case": play.name}).clocks)


def _report(driver: Driver, city: str, since: datetime) -> list[Any]:
    fields = {"city": city, "start_time": since, "end_time": driver.clock.now()}
    return list(driver.ask(city, "sla", "GetKpiReport", fields).rows)


def _city(driver: Driver, city: City, pack: PackFolder, since: datetime) -> CityResult:
    whole = [r for r in _report(driver, city.code, since) if not r.unit and not r.category]
    return CityResult(
        zh=city.name.zh,
        en=city.name.en,
        regulation_zh=pack.title.zh,
        regulation_en=pack.title.en,
        cases=sum(bool(play.name) and play.case.city == city.code for play in driver.plays.values()),
        kpis={r.kpi: Ratio(r.numerator, r.denominator, r.excluded) for r in sorted(whole, key=lambda r: r.kpi)},
    )


def _paths(driver: Driver) -> tuple[Path, ...]:
    counts = Counter(_path(driver, play) for play in driver.plays.values())
    return tuple(Path(states, cases) for states, cases in sorted(counts.items()))


_MOVES = {Move.ANSWER: "answered", Move.REFUSE: "refused", Move.TRANSFER: "transferred", Move.JOIN: "joined"}


def _path(driver: Driver, play: Play) -> tuple[str, ...]:
    start = (str(play.case.channel), _MOVES.get(play.case.then.move, "accepted"))
    if start[1] != "accepted":
        return start
    state = play.states[-1] if play.states else "open"
    if state in {"withdrawn", "ended"}:
        return (*start, state)
    orders = driver.ask(play.case.city, "dispatch", "ListWorkOrders", {"city": play.case.city, "case": play.name})
    roles = {enum_of(a, "role") for o in orders.work_orders for a in o.assignments}
    form = "fallback" if "fallback_lead" in roles else "compound" if "co" in roles else "single"
    if state not in {"replied", "closed"}:
        return (*start, form, "open")
    redone = any(o.round > 1 for o in orders.work_orders)
    return (*start, form, "redone" if redone else "completed", _opinion(play))


def _opinion(play: Play) -> str:
    scores = [str(a.fields["handling_score"]) for _, a in play.acts if a.command == "RateCase"]
    if not scores:
        return "not_rated"
    return "dissatisfied" if "dissatisfied" in scores[-1] else "satisfied"


def _clock_tallies(clocks: Mapping[str, Sequence[Any]]) -> tuple[ClockTally, ...]:
    counts: dict[str, Counter[str]] = {}
    for clock in (c for of_case in clocks.values() for c in of_case):
        ending = _ENDINGS.get(enum_of(clock, "state"), "running")
        counts.setdefault(clock.kind, Counter())[ending] += 1
    return tuple(
        ClockTally(kind, c["met"], c["late"], c["running"], c["cancelled"]) for kind, c in sorted(counts.items())
    )


def _units(driver: Driver, cities: Sequence[City], names: Mapping[str, str], since: datetime) -> tuple[UnitTally, ...]:
    tallies = []
    for city in cities:
        orders = Counter(
            a.unit
            for o in driver.pages(city.code, "dispatch", "ListWorkOrders", "work_orders")
            for a in o.assignments
            if enum_of(a, "role") != "co"
        )
        on_time = {
            r.unit: r for r in _report(driver, city.code, since) if r.unit and not r.category and r.kpi == "on_time"
        }
        for unit, count in orders.items():
            row = on_time.get(unit)
            due, kept = (row.denominator, row.numerator) if row else (0, 0)
            tallies.append(UnitTally(names.get(unit, unit), city.name.zh, count, due, kept))
    return tuple(sorted(tallies, key=lambda t: (-t.orders, t.city_zh, t.zh)))


def _messages(driver: Driver, cities: Sequence[str]) -> tuple[MessageTally, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for city in cities:
        counts.update((m.template, m.medium) for m in driver.pages(city, "notify", "ListMessages", "messages"))
    templates = sorted({template for template, _ in counts})
    return tuple(MessageTally(t, *template_name(t), sms=counts[t, "sms"], voice=counts[t, "voice"]) for t in templates)


def _supervisions(driver: Driver, city: str) -> Iterator[Any]:
    return driver.pages(city, "dispatch", "ListSupervisions", "supervisions")


def _days(driver: Driver) -> Any:
    arrived: Counter[date] = Counter(p.case.instant.astimezone(CHINA).date() for p in driver.plays.values())
    return days_between(min(arrived), max(driver.clock.now().astimezone(CHINA).date(), *arrived), arrived)
