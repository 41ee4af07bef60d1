"""Which days are worked: what the calendar says of the year that begins with the day of the page."""

from collections.abc import Iterator
from datetime import date, timedelta

from cli.markup import tag, text
from cli.publishing.city_rules import CityRules
from cli.publishing.tables import section
from services.sla.domain.calendar import DayKind


def calendar(rules: CityRules) -> str:
    """Holidays and make-up workdays, the city's own days, and up to when they are published."""
    days, shown = rules.calendar.days, list(_year(rules))
    made_up = [_day(on) for on in shown if rules.calendar.kind_of(on) is DayKind.MAKE_UP]
    told = [
        f"日历 {rules.calendar.version}，节假日安排已公布至 {days.published_through}，此后暂按周末和法定节日推算。",
        f"自 {rules.on} 起一年内的节假日：{'、'.join(_holidays(rules, shown)) or '无'}。",
        f"调休上班：{'、'.join(made_up) or '无'}。",
        *(f"本地：{_day(on)} {days.notes[on].zh}。" for on in shown if on in days.notes),
    ]
    return section("calendar", "工作日怎样算", "".join(tag("p", text(line)) for line in told))


def _year(rules: CityRules) -> Iterator[date]:
    """Shorter where the calendar ends earlier."""
    days = rules.calendar.days
    last = days.first + timedelta(days=len(days.kinds) - 1)
    return (rules.on + timedelta(days=n) for n in range(min(365, (last - rules.on).days + 1)))


def _holidays(rules: CityRules, shown: list[date]) -> Iterator[str]:
    """国庆节10月1日至10月7日"""
    names, runs = rules.calendar.days.names, list[list[date]]()
    for on in (on for on in shown if rules.calendar.kind_of(on) is DayKind.HOLIDAY):
        if runs and on - runs[-1][-1] == timedelta(days=1) and names.get(on) == names.get(runs[-1][-1]):
            runs[-1].append(on)
        else:
            runs.append([on])
    for run in runs:
        name = names[run[0]].zh if run[0] in names else ""
        until = f"至{_day(run[-1])}" if len(run) > 1 else ""
        provisional = "（暂定）" if run[-1] > rules.calendar.days.published_through else ""
        yield f"{name}{_day(run[0])}{until}{provisional}"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
