"""热线归并: which mode of merging means what, and where a dialled number leads at an instant."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from chassis.policy import Words

HOTLINE = "12345"
_SHANGHAI = timezone(timedelta(hours=8))


class Seats(StrEnum):
    """保留座席 or 取消座席."""

    KEPT = "kept"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """Of a number in the ledger (电话号码清单)."""

    # Its merging is told and still to come.
    BEFORE = "before"
    IN_USE = "in_use"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of merging, as the regulation has it; shared by all cities."""

    code: str
    name: Words
    number_kept: bool
    seats: frozenset[Seats]
    # A number that was cancelled is never restored.
    final: bool
    # How long a caller of the cancelled number hears where it went.
    notice_months: int
    # "real_time" or "taken_over": how the line's records come to the hotline.
    data: str
    supervised: bool
    # By which the hotline passes on what it does not answer itself: "transfer", "three_party", "order".
    passes_on: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a caller hears first, from one day to another, both included."""

    since: date
    until: date
    text: Words


@dataclass(frozen=True, slots=True)
class MergedLine:
    """One number of a city from a day on."""

    number: str
    name: Words
    # The unit whose field it is: it keeps its duties after the merging.
    unit: str
    mode: Mode
    seats: Seats
    since: date
    notices: tuple[Notice, ...] = ()

    @property
    def leads_to(self) -> str:
        """The kept seats of the number itself; else the hotline's."""
        return self.number if self.mode.number_kept and self.seats is Seats.KEPT else HOTLINE

    @property
    def status(self) -> Status:
        return Status.IN_USE if self.mode.number_kept else Status.CANCELLED

    def notice_at(self, day: date) -> Notice | None:
        return next((notice for notice in self.notices if notice.since <= day <= notice.until), None)


@dataclass(frozen=True)
class Numbers:
    """The numbers of one city, each with what became of it, oldest first."""

    lines: Mapping[str, tuple[MergedLine, ...]]

    def at(self, number: str, instant: datetime) -> tuple[MergedLine, Status] | None:
        """What the number is at that instant; before its merging it is still its own. None: not of this ledger."""
        history = self.lines.get(number)
        if not history:
            return None
        begun = [line for line in history if line.since <= day_of(instant)]
        return (begun[-1], begun[-1].status) if begun else (history[0], Status.BEFORE)

    def ledger(self, instant: datetime) -> Iterator[tuple[MergedLine, Status]]:
        """电话号码清单: every number of the city as it stands, in order."""
        for number in sorted(self.lines):
            if found := self.at(number, instant):
                yield found


def day_of(instant: datetime) -> date:
    """As people in China count."""
    return instant.astimezone(_SHANGHAI).date()


def months_later(day: date, months: int) -> date:
    """The day of the same number, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
