"""Days that a made-up city keeps otherwise than the country, each once and each with an effect."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.law.days import Desk
from tests.law.moments import FIRST_YEAR, LAST_YEAR

BASIS = {"rule": "platform-default", "article": "made up"}
NAME = {"zh": "本市", "en": "of the city"}
LUNCH = [{"opens": "09:15", "closes": "11:00"}, {"opens": "13:00", "closes": "16:45"}]
SHORT = [{"opens": "10:00", "closes": "12:30"}]


def local_days(city: str, country: Desk, chance: Random) -> dict[str, Any]:
    """Often near each other, and near the turn of a year: so that limits meet them."""
    told: dict[str, Any] = {"city": city, "days_off": [], "half_days": [], "other_hours": [], "make_up_workdays": []}
    named: set[date] = set()
    for _ in range(chance.randint(1, 60)):
        day = date(chance.randint(FIRST_YEAR, LAST_YEAR), 1, 1) + timedelta(
            days=chance.choice((0, chance.randrange(365)))
        )
        for _ in range(chance.randint(1, 5)):
            day += timedelta(days=chance.randint(1, 3))
            if day not in named:
                named.add(day)
                part, line = _one(day, country, chance)
                told[part].append({"from": day.isoformat(), "name": NAME, "basis": BASIS} | line)
    return told


def _one(day: date, country: Desk, chance: Random) -> tuple[str, dict[str, Any]]:
    if not country.is_worked(day):
        return "make_up_workdays", {}
    what = chance.choice(("days_off", "half_days", "other_hours"))
    if what == "half_days" and len(country.sessions(day)) > 1:
        return what, {"without": chance.choice(("first", "last"))}
    return ("other_hours", {"sessions": chance.choice((LUNCH, SHORT))}) if what == "other_hours" else ("days_off", {})
