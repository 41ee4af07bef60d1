"""Deadlines per second of one core: the pure calculation of services/sla/domain, over years of starts."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from itertools import cycle

import chinese_calendar

from chassis.memory import spare_what_stays
from chassis.settings import ROOT
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.calendar import SHANGHAI
from services.sla.domain.facts import Facts, fits
from services.sla.domain.limits import Limit, Yellow, deadline
from services.sla.domain.rulebook import Pack, Rulebook
from services.sla.domain.rules import ClockRule
from tests.load.ground import CITY, MONDAY, Ground
from tests.load.report import Report

GOAL, STARTS = 200_000, 5_000
LIMITS = (
    *("10 working_day", "1 working_day", "15 working_day", "2 half_working_day", "8 working_hour"),
    *("24 clock_hour", "4 same_day", "10 calendar_day"),
)
LOOP = "a loop over the days"
YELLOW = Yellow(share=75, working_days_before=1, not_before=50, share_of_hours=75)


def measure(_ground: Ground, *, quick: bool) -> list[Report]:
    book, chance = load_rulebook(ROOT / "policies"), random.Random(1)
    spare_what_stays()
    minutes = [chance.randrange(60 * 24 * 365 * 3) for _ in range(STARTS)]
    starts = [(MONDAY - timedelta(minutes=n)).astimezone(UTC) for n in minutes]  # as the platform keeps all instants
    times = 2 if quick else 7
    base = _rate(_by_a_loop, starts[:500], 2)
    return [_limits(book, starts, times, base), _clocks(book, starts, times, base), _beside(book, starts)]


def _beside(book: Rulebook, starts: Sequence[datetime]) -> Report:
    """What nobody else needs is installed by `make bench` alone."""
    try:
        from tests.load import libraries
    except ModuleNotFoundError as missing:
        report = Report("The same question to other libraries")
        report.add(f"{missing.name} is not installed: `make bench` installs it", "")
        return report
    return libraries.compared(book.calendar(CITY), starts)


def _limits(book: Rulebook, starts: Sequence[datetime], times: int, base: float) -> Report:
    """Days off, make-up days, sessions by season; with the yellow light, and whether it is provisional."""
    report = Report(
        f"Deadlines by all rules of the calendar, with their light: one core, best of {times}", baseline=LOOP
    )
    report.add(LOOP, f"{base:,.0f} per second", ratio=1.0)
    calendar = book.calendar(CITY)
    parsed = {text: (Limit.parse(text),) for text in LIMITS}
    for text, limits in [*((text, [limit]) for text, limit in parsed.items()), ("by turns", list(parsed.values()))]:
        turns = cycle(limits)
        rate = _rate(lambda start, turns=turns: deadline(start, next(turns), YELLOW, calendar), starts, times)
        report.add(text, f"{rate:,.0f} per second", f">= {GOAL:,}", rate >= GOAL, rate / base)
    return report


def _clocks(book: Rulebook, starts: Sequence[datetime], times: int, base: float) -> Report:
    """The line by the facts, the limits that run first, the earlier of two, and the last moment to extend as well."""
    report = Report(f"Whole clocks of the packs, one core, best of {times}", baseline=LOOP)
    for city in sorted(book.cities):
        pack = book.pack_of_city(city)
        asked = _askable(pack)

        def find(start: datetime, pack: Pack, city: str, turns: Iterator[tuple[ClockRule, Facts]]) -> None:
            book.time(pack, city, *next(turns), start)

        rate = _rate(partial(find, pack=pack, city=city, turns=cycle(asked)), starts, times)
        report.add(f"{city}, {pack.ref}: {len(asked)} by turns", f"{rate:,.0f} per second", ratio=rate / base)
    return report


def _askable(pack: Pack) -> list[tuple[ClockRule, Facts]]:
    """Each clock that an order of every category and class may have; none that hangs on another clock."""
    found = []
    for rule in pack.rules.clocks:
        for category in sorted(pack.vocabulary.categories):
            for emergency in ("", *sorted(pack.vocabulary.emergency_classes)):
                role = next(iter(rule.when.role), "lead")
                facts = Facts(category=category, emergency_class=emergency, role=role)
                if rule.before is None and fits(rule.when, facts) and any(fits(e.when, facts) for e in rule.limits):
                    found.append((rule, facts))
    return found


def _rate(find: Callable[[datetime], object], starts: Sequence[datetime], times: int) -> float:
    best = 0.0
    for _ in range(times):
        cpu = time.process_time()
        for start in starts:
            find(start)
        best = max(best, len(starts) / (time.process_time() - cpu))
    return best


def _by_a_loop(start: datetime) -> datetime:
    """As it is written where there is no calendar of one's own: day by day, until so many were worked."""
    day, amount = start.astimezone(SHANGHAI).date(), 10
    while amount:
        day += timedelta(days=1)
        amount -= chinese_calendar.is_workday(day)
    return datetime.combine(day, time_of_day(17, 30), SHANGHAI)
