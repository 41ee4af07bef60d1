"""Coordinates, shares and local time: the small change of the page."""

from datetime import UTC, datetime, timedelta, timezone

from cli.demo.page.names import WEEKDAYS

CHINA = timezone(timedelta(hours=8))


def num(value: float) -> str:
    """A coordinate, short and the same on every machine."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def local(instant: datetime) -> datetime:
    return instant.astimezone(UTC).astimezone(CHINA)


def moment(instant: datetime) -> str:
    """9月24日 周四 14:05."""
    at = local(instant)
    return f"{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"


def until(instant: datetime) -> str:
    """A deadline: midnight is 24:00 of the day that ends."""
    at = local(instant)
    if (at.hour, at.minute, at.second) != (0, 0, 0):
        return moment(instant)
    return moment(at - timedelta(minutes=1)).replace("23:59", "24:00")


def percent(numerator: int, denominator: int) -> str:
    return f"{100 * numerator / denominator:.1f}%" if denominator else "–"
