"""When people sit at their desks: what the actors need to know of working time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
Sessions = tuple[tuple[time, time], ...]
OFFICE_HOURS: Sessions = ((time(8, 0), time(12, 0)), (time(14, 30), time(17, 30)))
WAKING_HOURS: Sessions = ((time(8, 30), time(12, 0)), (time(14, 0), time(20, 30)))


@dataclass(frozen=True, slots=True)
class Desk:
    """People who act in their sessions on certain days only; deadlines are the business of sla alone."""

    at_work_on: Callable[[date], bool]
    sessions: Sessions = OFFICE_HOURS

    def next(self, instant: datetime) -> datetime:
        """The first moment from `instant` on when somebody is there, in UTC."""
        local = instant.astimezone(CHINA)
        for ahead in range(60):
            day = local.date() + timedelta(days=ahead)
            if not self.at_work_on(day):
                continue
            for opens, closes in self.sessions:
                start, end = (datetime.combine(day, edge, CHINA) for edge in (opens, closes))
                if local < end:
                    return max(local, start).astimezone(UTC)
        raise ValueError(f"nobody is at work within 60 days of {local:%Y-%m-%d}")

    def settled(self, wanted: datetime, spread: float) -> datetime:
        """As `next`, but people get to it during the first 80 minutes of a session, not all at its opening.

        `spread` lies between 0 and 1; whole seconds.
        """
        opens = self.next(wanted)
        if opens > wanted:
            opens = self.next(opens + timedelta(minutes=80 * spread))
        return opens.replace(microsecond=0) + timedelta(seconds=1)

    def before(self, now: datetime, start: datetime, due: datetime, share: float) -> datetime:
        """At a desk, after `share` of the way to the deadline, never after it as long as it can be kept."""
        wanted = self.settled(max(now, start + (due - start) * share), share * 997 % 1)
        return wanted if wanted <= due else max(now, min(self.last(due), due))

    def last(self, instant: datetime) -> datetime:
        """The last moment up to `instant` when somebody is there, in UTC."""
        local = instant.astimezone(CHINA)
        for back in range(60):
            day = local.date() - timedelta(days=back)
            if not self.at_work_on(day):
                continue
            for opens, closes in reversed(self.sessions):
                start, end = (datetime.combine(day, edge, CHINA) for edge in (opens, closes))
                if local >= start:
                    return min(local, end).astimezone(UTC)
        raise ValueError(f"nobody was at work in the 60 days before {local:%Y-%m-%d}")


def office(is_workday: Callable[[date], bool]) -> Desk:
    """Units and dispatchers: office hours of working days, make-up workdays included."""
    return Desk(is_workday)


def home() -> Desk:
    """Citizens, and seats on their behalf: waking hours of every day."""
    return Desk(lambda _: True, WAKING_HOURS)
