"""What one city does otherwise than the country: days off, half days, other hours and make-up days of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from chassis.domain import Step
from services.sla.domain.calendar import DayKind, HolidayName, Sessions, WorkingDays


@dataclass(frozen=True)
class LocalDays:
    """The days of one city, each named once; names and notes carry their basis."""

    off: Mapping[date, HolidayName] = field(default_factory=dict)
    made_up: Mapping[date, Step] = field(default_factory=dict)
    # Worked days with sessions of their own.
    sessions: Mapping[date, Sessions] = field(default_factory=dict)
    notes: Mapping[date, Step] = field(default_factory=dict)

    def laid_over(self, days: WorkingDays) -> WorkingDays:
        """The country's days as this city keeps them; the country's own stay as they are."""
        if not (self.off or self.made_up or self.notes):
            return days
        kinds = list(days.kinds)
        for day in self.off:
            kinds[(day - days.first).days] = DayKind.HOLIDAY
        for day in self.made_up:
            kinds[(day - days.first).days] = DayKind.MAKE_UP
        names = {**days.names, **self.off}
        return replace(days, kinds=kinds, names=names, notes={**self.made_up, **self.notes})


NO_LOCAL_DAYS = LocalDays()
