"""Deadlines per second of one core: the pure calculation of services/sla/domain, over years of starts."""

import random
import time
from datetime import datetime, timedelta
from datetime import time as time_of_day

import chinese_calendar

from chassis.settings import Settings
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.calendar import SHANGHAI
from services.sla.domain.limits import Limit, Yellow, deadline
from tests.load.ground import CITY, MONDAY, Ground
from tests.load.report import Report

FLOOR = 100_000
LIMITS = ("10 working_day", "1 working_day", "15 working_day", "5 working_day", "2 half_working_day", "24 clock_hour")
YELLOW = Yellow(share=80, working_days_before=1, not_before=50, share_of_hours=80)


def measure(_ground: Ground, *, quick: bool) -> list[Report]:
    report = Report("Deadlines with their yellow light, one core")
    calendar = load_rulebook(Settings().policies_dir).calendar(CITY)
    chance = random.Random(1)
    starts = [MONDAY - timedelta(minutes=chance.randrange(60 * 24 * 365 * 3)) for _ in range(5_000)]
    kinds = [[(Limit.parse(text),)] for text in LIMITS] + [[(Limit.parse(text),) for text in LIMITS]]
    for text, limits in zip([*LIMITS, "mixed"], kinds, strict=True):
        best = 0.0
        for _ in range(2 if quick else 5):
            cpu = time.process_time()
            for n, start in enumerate(starts):
                deadline(start, limits[n % len(limits)], YELLOW, calendar)
            best = max(best, len(starts) / (time.process_time() - cpu))
        report.add(text, f"{best:,.0f} per second", f">= {FLOOR:,}", best >= FLOOR)
    cpu = time.process_time()
    for start in starts:
        _by_a_loop(start, 10)
    loop = len(starts) / (time.process_time() - cpu)
    report.add("a loop over the days of chinesecalendar, 10 working days, no yellow light", f"{loop:,.0f} per second")
    return [report]


def _by_a_loop(start: datetime, amount: int) -> datetime:
    """As it is written where there is no calendar of one's own: day by day, until so many were worked."""
    day = start.astimezone(SHANGHAI).date()
    while amount:
        day += timedelta(days=1)
        amount -= chinese_calendar.is_workday(day)
    return datetime.combine(day, time_of_day(17, 30), SHANGHAI)
