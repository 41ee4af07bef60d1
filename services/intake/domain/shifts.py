"""班次: one shift of a city's seats follows the other, and what is open belongs to the one that has not ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Transitions
from services.intake.domain import shift_errors as errors
from services.intake.domain.roster import RosterShift


class ShiftState(StrEnum):
    """While its list is offered (交班) the shift goes on and owns what is open, until somebody takes over (接班)."""

    RUNNING = "running"
    HANDING_OVER = "handing_over"
    ENDED = "ended"


SHIFT = Transitions(
    {
        ShiftState.RUNNING: {ShiftState.HANDING_OVER, ShiftState.ENDED},
        ShiftState.HANDING_OVER: {ShiftState.ENDED},
    },
    final={ShiftState.ENDED},
)


class SeatMode(StrEnum):
    """就绪, 小休, 话后整理, 签退."""

    READY = "ready"
    BREAK = "break"
    WRAP_UP = "wrap_up"
    OFF = "off"


@dataclass
class Seat:
    """A seat in a shift: who sits there, what they do now and since when, and the seconds that each took before."""

    code: str
    agent: str
    mode: SeatMode
    since: datetime
    seconds: dict[SeatMode, int] = field(default_factory=dict)

    def turn(self, mode: SeatMode, now: datetime) -> None:
        self.seconds[self.mode] = self.seconds.get(self.mode, 0) + int((now - self.since).total_seconds())
        self.mode, self.since = mode, now


@dataclass
class Shift:
    id: str
    city: str
    # Which of the city's roster.
    code: str
    lead: str
    began_at: datetime
    planned_until: datetime
    state: ShiftState = ShiftState.RUNNING
    seats: list[Seat] = field(default_factory=list)
    # The one before and the one after, where they are known.
    taken_from: str = ""
    taken_by: str = ""
    ended_at: datetime | None = None
    version: int = 0

    @property
    def has_ended(self) -> bool:
        return self.state is ShiftState.ENDED


def begin(id: str, city: str, of: RosterShift, *, lead: str, now: datetime, taken_from: str = "") -> Shift:
    return Shift(id, city, of.code, lead, now, of.until_after(now), taken_from=taken_from)


def set_seat(shift: Shift, code: str, mode: SeatMode, *, by: str, may_end: bool, now: datetime) -> None:
    """Who sits down leaves the seat where they sat before; `may_end`: also the seat of somebody else.

    Raises ShiftHasEnded, SeatTaken.
    """
    if shift.has_ended:
        raise errors.ShiftHasEnded()
    seat = next((s for s in shift.seats if s.code == code and s.mode is not SeatMode.OFF), None)
    if seat and seat.agent != by and not (may_end and mode is SeatMode.OFF):
        raise errors.SeatTaken(field="seat", seat=code)
    if seat:
        seat.turn(mode, now)
    elif mode is not SeatMode.OFF:
        _leave(shift, now, of=by)
        _sit_down(shift, code, mode, by, now)


def _sit_down(shift: Shift, code: str, mode: SeatMode, by: str, now: datetime) -> None:
    """Back at a seat they had in this shift, the times go on."""
    known = next((s for s in shift.seats if (s.code, s.agent) == (code, by)), None)
    if known:
        known.turn(mode, now)
    else:
        shift.seats.append(Seat(code, by, mode, now))


def _leave(shift: Shift, now: datetime, *, of: str = "") -> None:
    for seat in shift.seats:
        if seat.mode is not SeatMode.OFF and of in ("", seat.agent):
            seat.turn(SeatMode.OFF, now)


def offer(shift: Shift) -> None:
    """交班, or once more with a new list."""
    if shift.state is not ShiftState.HANDING_OVER:
        SHIFT.check(shift.state, ShiftState.HANDING_OVER)
        shift.state = ShiftState.HANDING_OVER


def end_taken_over(shift: Shift, *, next_shift: str, now: datetime) -> None:
    """接班: the next one has begun, so nothing is without an owner."""
    if shift.state is not ShiftState.HANDING_OVER:
        raise errors.NothingOffered()
    _end(shift, now)
    shift.taken_by = next_shift


def end_empty(shift: Shift, *, still_open: int, around_the_clock: str, now: datetime) -> None:
    """Without a next shift. Raises NeverWithoutShift, StillOpen: somebody must take what is open."""
    if around_the_clock:
        raise errors.NeverWithoutShift(basis=around_the_clock)
    if still_open:
        raise errors.StillOpen(count=still_open)
    _end(shift, now)


def _end(shift: Shift, now: datetime) -> None:
    SHIFT.check(shift.state, ShiftState.ENDED)
    _leave(shift, now)
    shift.state, shift.ended_at = ShiftState.ENDED, now
