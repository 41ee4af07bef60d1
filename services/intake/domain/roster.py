"""排班: the shifts of a city's day, and whether its telephone is answered day and night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from chassis.policy import Words
from services.intake.domain import shift_errors as errors

_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class RosterShift:
    """From one time of the day to another; one that ends no later than it begins goes over midnight."""

    code: str
    name: Words
    since: time
    until: time

    def until_after(self, now: datetime) -> datetime:
        """When a shift that begins now is planned to end."""
        here = now.astimezone(_SHANGHAI)
        end = datetime.combine(here.date(), self.until, _SHANGHAI)
        return end if end > here else end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Roster:
    shifts: Mapping[str, RosterShift]

    def shift(self, code: str) -> RosterShift:
        """Raises UnknownShift."""
        if code not in self.shifts:
            raise errors.UnknownShift(field="shift", shift=code)
        return self.shifts[code]
