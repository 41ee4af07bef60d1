"""Call: the record of one call (话务记录), and the duty to call back (回拨) that a missed or dropped one opens."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Event, Sealed, Transitions
from services.intake.domain import errors, events
from services.intake.domain.telephone import CallRules

RECORDING = "call.recording"
# A call is written anew with every link.
MOST_CASES = 20


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Outcome(StrEnum):
    """A caller who gave up waiting was missed; dropped is a connection that broke, answered or not."""

    ANSWERED = "answered"
    MISSED = "missed"
    DROPPED = "dropped"


class BackState(StrEnum):
    OWED = "owed"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CALLED_AGAIN = "called_again"
    ERASED = "erased"


DONE = frozenset(set(BackState) - {BackState.OWED})
LIFE = Transitions({BackState.OWED: set(DONE)}, final=DONE)


class Light(StrEnum):
    """What sla says of the time that is left."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Attempt:
    at: datetime
    reached: bool
    by: str


@dataclass
class CallBack:
    """What is owed to the caller. The deadline is sla's word: None until it has told."""

    most: int
    state: BackState = BackState.OWED
    attempts: list[Attempt] = field(default_factory=list)
    due_at: datetime | None = None
    light: Light | None = None

    @property
    def owed(self) -> bool:
        return self.state is BackState.OWED


@dataclass
class Call:
    """One call of the telephone system, `source` by its own id. Who called is the citizen's to tell."""

    id: str
    city: str
    pack: str
    source: str
    line: str
    direction: Direction
    outcome: Outcome
    seat: str
    citizen_id: str
    citizen_key: bytes
    number_known: bool
    queued_at: datetime
    answered_at: datetime | None
    ended_at: datetime
    recorded_at: datetime
    recording: Sealed | None = None
    # Of a number that was restricted as it called.
    restricted_until: datetime | None = None
    case_ids: list[str] = field(default_factory=list)
    call_back: CallBack | None = None
    version: int = 0

    @property
    def owes(self) -> bool:
        return self.call_back is not None and self.call_back.owed

    def same_as(self, other: "Call") -> bool:
        """Told once more; who called and what was recorded is compared where it is sealed."""
        return self._facts == other._facts

    @property
    def _facts(self) -> tuple[object, ...]:
        what = (self.line, self.direction, self.outcome, self.seat, self.number_known)
        return (*what, self.queued_at, self.answered_at, self.ended_at)


def record(call: Call, rules: CallRules) -> list[Event]:
    """The call as it was, and what it makes the office owe. Raises CallOutOfOrder, OutcomeDoesNotFit."""
    _check(call)
    inbound = call.direction is Direction.INBOUND
    # Whoever is kept from the telephone was not missed: the telephone system turned the call away.
    restricted = call.restricted_until is not None
    if inbound and call.outcome in rules.called_back and call.number_known and not restricted:
        call.call_back = CallBack(most=rules.attempts)
    return [
        events.CallRecorded(
            call_id=call.id,
            city=call.city,
            pack=call.pack,
            line=call.line,
            direction=call.direction,
            outcome=call.outcome,
            seat=call.seat,
            queued_at=call.queued_at,
            answered_at=call.answered_at,
            ended_at=call.ended_at,
            call_back=call.owes,
            recorded_at=call.recorded_at,
            restricted_until=call.restricted_until,
        )
    ]


def _check(call: Call) -> None:
    instants = [call.queued_at, *([call.answered_at] if call.answered_at else []), call.ended_at, call.recorded_at]
    if instants != sorted(instants):
        raise errors.CallOutOfOrder(field="queue_time")
    # A connection may break before anybody answers, or after.
    wants_answer = {Outcome.ANSWERED: True, Outcome.MISSED: False}.get(call.outcome)
    if wants_answer not in (None, call.answered_at is not None):
        raise errors.OutcomeDoesNotFit(field="outcome", outcome=call.outcome)


def answers(call: Call, earlier: Call) -> bool:
    """Who called again and was answered; behind one number there may be others who are on the line meanwhile."""
    inbound, at = call.direction is Direction.INBOUND, call.answered_at
    return inbound and at is not None and earlier.ended_at <= at


def link(call: Call, case_id: str) -> bool:
    """False: it is linked already. Raises TooManyCases."""
    if case_id in call.case_ids:
        return False
    if len(call.case_ids) >= MOST_CASES:
        raise errors.TooManyCases(most=MOST_CASES)
    call.case_ids.append(case_id)
    return True


def try_back(call: Call, *, reached: bool, by: str, now: datetime) -> list[Event]:
    """One attempt; reached ends the duty, and so does the last one in vain. Raises CallBackNotOwed."""
    back = _owed(call)
    back.attempts.append(Attempt(now, reached, by))
    tried = events.CallBackRecorded(
        call_id=call.id,
        city=call.city,
        attempt=len(back.attempts),
        reached=reached,
        recorded_by=by,
        recorded_at=now,
    )
    if reached:
        return [tried, *end(call, BackState.REACHED, now)]
    if len(back.attempts) >= back.most:
        return [tried, *end(call, BackState.NOT_REACHED, now)]
    return [tried]


def end(call: Call, how: BackState, at: datetime) -> list[Event]:
    """Raises CallBackNotOwed."""
    back = _owed(call)
    LIFE.check(back.state, how)
    back.state = how
    return [events.CallBackEnded(call_id=call.id, city=call.city, how=how, ended_at=at)]


def _owed(call: Call) -> CallBack:
    if call.call_back is None or not call.call_back.owed:
        raise errors.CallBackNotOwed(state=str(call.call_back.state) if call.call_back else "none")
    return call.call_back


def show(call: Call, *, light: Light, due_at: datetime | None = None) -> bool:
    """The deadline and the light as sla tells them. False: nothing is owed."""
    if call.call_back is None:
        return False
    call.call_back.light, call.call_back.due_at = light, due_at or call.call_back.due_at
    return True
