"""Quiet hours: when citizens are not disturbed."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local time of day until another, as a rule across midnight."""

    since: time
    until: time

    def covers(self, instant: datetime) -> bool:
        at = instant.astimezone(CHINA).time()
        if self.since <= self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until

    def first_allowed(self, instant: datetime) -> datetime:
        """The instant itself, or the end of the quiet hours that cover it (UTC)."""
        if not self.covers(instant):
            return instant
        local = instant.astimezone(CHINA)
        end = local.replace(hour=self.until.hour, minute=self.until.minute, second=0, microsecond=0)
        return (end if end > local else end + timedelta(days=1)).astimezone(UTC)
