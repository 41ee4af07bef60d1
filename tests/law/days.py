"""The working days and office hours of a city, looked up day by day as a clerk would with the notices on the desk.

Times are local (China has one time zone and no summer time), without zone. Nothing here is taken from services/sla.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import chinese_calendar

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)
OWN = ("days_off", "half_days", "other_hours", "make_up_workdays")
"""What a city may do otherwise than the country."""
PACKAGE_KNOWS_THROUGH = max(chinese_calendar.holidays).year


@dataclass(frozen=True)
class Session:
    """One office session of one day."""

    opens: datetime
    closes: datetime


class Desk:
    """The country's notices, the city's office hours and its own days, as `calendar/*.yaml` and its files have them."""

    def __init__(self, country: dict[str, Any], hours: dict[str, Any], own: dict[str, Any] | None = None) -> None:
        self.own = {part: {day: line for line in (own or {}).get(part, ()) for day in _run(line)} for part in OWN}
        self.noticed_years = {notice["year"] for notice in country["notices"]}
        self.off = {day for notice in country["notices"] for run in notice["days_off"] for day in _run(run)}
        self.made_up = {_date(day) for notice in country["notices"] for day in notice["make_up_workdays"]}
        statutory = country["statutory"]
        self.every_year = {day for holiday in statutory["every_year"] for day in holiday["days"]}
        self.feasts = {_date(day) for name in ("qingming", "dragon_boat", "mid_autumn") for day in statutory[name]}
        self.new_years = {_date(day) for day in statutory["spring_festival"]}
        self.seasons = hours["seasons"]
        self.published_through = PACKAGE_KNOWS_THROUGH
        while self.published_through + 1 in self.noticed_years:
            self.published_through += 1
        self._looked_up: dict[date, list[Session]] = {}

    # -- is it a working day? ------------------------------------------------------------------------------------------

    def is_worked(self, day: date) -> bool:
        return self.sessions(day) != []

    def _is_worked(self, day: date) -> bool:
        """The city decides; then a notice that names the day, the package for its years, weekend and statutory days."""
        if day in self.own["days_off"]:
            return False
        if day in self.own["make_up_workdays"]:
            return True
        if day in self.off:
            return False
        if day in self.made_up:
            return True
        weekday = day.isoweekday() <= 5
        if day.year in self.noticed_years:
            return weekday
        if day.year <= PACKAGE_KNOWS_THROUGH:
            return _by_the_package(day)
        return weekday and not self._is_statutory(day)

    def _is_statutory(self, day: date) -> bool:
        # New Year's Eve, and the first three days of the lunar year.
        spring = any(day + n * ONE_DAY in self.new_years for n in (1, 0, -1, -2))
        return f"{day:%m-%d}" in self.every_year or day in self.feasts or spring

    # -- when is the office open? --------------------------------------------------------------------------------------

    def sessions(self, day: date) -> list[Session]:
        """In order; none on a day off."""
        if day not in self._looked_up:
            self._looked_up[day] = self._look_up(day)
        return self._looked_up[day]

    def _look_up(self, day: date) -> list[Session]:
        if not self._is_worked(day):
            return []
        told = (self.own["other_hours"].get(day) or self._season(day))["sessions"]
        found = [Session(_moment(day, session["opens"]), _moment(day, session["closes"])) for session in told]
        half = self.own["half_days"].get(day)
        return found if half is None else found[1:] if half["without"] == "first" else found[:-1]

    def _season(self, day: date) -> dict[str, Any]:
        """The season that began last; before the first one of the year, the last one of the year before goes on."""
        begun = [season for season in self.seasons if season["from"] <= f"{day:%m-%d}"]
        latest: dict[str, Any] = max(begun or self.seasons, key=lambda season: str(season["from"]))
        return latest

    def close_of(self, day: date) -> datetime:
        """When business closes on a working day."""
        return self.sessions(day)[-1].closes

    def sessions_from(self, day: date) -> Iterator[Session]:
        """All sessions of that day and of the days after it."""
        while True:
            yield from self.sessions(day)
            day += ONE_DAY

    def sessions_back_from(self, day: date) -> Iterator[Session]:
        """All sessions of that day and of the days before it, the last first."""
        while True:
            yield from reversed(self.sessions(day))
            day -= ONE_DAY

    # -- how long was it open? -----------------------------------------------------------------------------------------

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How long the office is open between two moments."""
        total = NOTHING
        for session in self.sessions_from(start.date()):
            if session.opens >= end:
                break
            total += max(NOTHING, min(end, session.closes) - max(start, session.opens))
        return total

    def after_open(self, start: datetime, wanted: timedelta) -> datetime:
        """The moment by which the office has been open for so long."""
        if wanted <= NOTHING:
            return start
        for session in self.sessions_from(start.date()):
            begins = max(start, session.opens)
            has = session.closes - begins
            if has >= wanted:
                return begins + wanted
            wanted -= max(NOTHING, has)
        raise AssertionError("days never end")


@cache
def _by_the_package(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def _run(told: dict[str, Any]) -> Iterator[date]:
    day = _date(told["from"])
    while day <= _date(told.get("until") or told["from"]):
        yield day
        day += ONE_DAY


def _date(told: date | str) -> date:
    return date.fromisoformat(told) if isinstance(told, str) else told


def _moment(day: date, told: str) -> datetime:
    hour, minute = told.split(":")[:2]
    return datetime.combine(day, time(int(hour), int(minute)))
