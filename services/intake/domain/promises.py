"""承诺: what a seat has promised to a citizen by when. It holds no words, so nothing of the citizen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chassis.domain import Transitions
from services.intake.domain import shift_errors as errors


class PromiseKind(StrEnum):
    """To call again, to tell how far it is, to tell what has come of it."""

    CALL = "call"
    PROGRESS = "progress"
    RESULT = "result"


class PromiseState(StrEnum):
    OWED = "owed"
    KEPT = "kept"
    # The citizen does not want it any more, or is erased.
    NEEDLESS = "needless"


OVER = frozenset({PromiseState.KEPT, PromiseState.NEEDLESS})
PROMISE = Transitions({PromiseState.OWED: set(OVER)}, final=OVER)


@dataclass
class Promise:
    id: str
    city: str
    case_id: str
    kind: PromiseKind
    due_at: datetime
    made_at: datetime
    made_by: str
    state: PromiseState = PromiseState.OWED
    ended_at: datetime | None = None
    ended_by: str = ""
    version: int = 0

    @property
    def owed(self) -> bool:
        return self.state is PromiseState.OWED


def make(promise: Promise) -> Promise:
    """Raises PromiseInThePast."""
    if promise.due_at <= promise.made_at:
        raise errors.PromiseInThePast(field="due_time")
    return promise


def end(promise: Promise, how: PromiseState, *, by: str, now: datetime) -> None:
    """Raises PromiseNotOwed."""
    if not promise.owed:
        raise errors.PromiseNotOwed(state=str(promise.state))
    PROMISE.check(promise.state, how)
    promise.state, promise.ended_at, promise.ended_by = how, now, by
