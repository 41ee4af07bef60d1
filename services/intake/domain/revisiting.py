"""回访: whom a seat has to call and why, attempts on days of their own, and the sample of completed cases."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from chassis.domain import Event
from services.intake.domain import events, handling
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.states import State
from services.intake.domain.visits import Revisits
from services.intake.domain.when import day_in_china


class Why(StrEnum):
    """Why a return visit is due: nobody rated, the limit is over and it is not done, or it was drawn."""

    NOT_RATED = "not_rated"
    EXPIRED = "expired"
    SAMPLE = "sample"


# A visit is due only as long as the case stands where it was asked for.
_STANDS = {Why.NOT_RATED: State.REPLIED, Why.EXPIRED: State.IN_HANDLING}


def due(case: Case) -> str:
    """Why a visit is due now; empty: none is, or nobody can be called."""
    visits = case.visits
    if case.erased or not case.reachable or any(o.under_verification for o in case.orders):
        return ""
    if visits.due and visits.due_round == case.round and case.state is _STANDS[Why(visits.due)]:
        return visits.due
    return str(Why.SAMPLE) if visits.drawn and not visits.visited and case.state is State.CLOSED else ""


def due_since(case: Case) -> datetime | None:
    return case.closed_at if due(case) == Why.SAMPLE else case.visits.due_at


def rating_over(case: Case, pack: IntakePack, *, at: datetime) -> list[Event]:
    """The time for a rating is over: the pack's calls come first, as far as they have not been made already."""
    rules = pack.revisits
    if rules is None or not case.reachable:
        return handling.close_unrated(case, at=at)
    if _used_up(case, rules):
        _settle(case)
        return handling.close_unrated(case, at=at)
    if any(o.under_verification for o in case.orders):
        return []
    return _ask_for(case, Why.NOT_RATED, at)


def limit_over(case: Case, pack: IntakePack, *, at: datetime) -> list[Event]:
    """Not done when the unit's limit was over: the citizen is asked, where the pack says so (S24 art. 22)."""
    wanted = pack.revisits is not None and pack.revisits.at_expiry is not None
    return _ask_for(case, Why.EXPIRED, at) if wanted and case.state is State.IN_HANDLING and case.reachable else []


def _ask_for(case: Case, why: Why, at: datetime) -> list[Event]:
    if case.visits.due == why and case.visits.due_round == case.round:
        return []
    case.visits.due, case.visits.due_round, case.visits.due_at = str(why), case.round, at
    return [events.RevisitDue(case_id=case.id, city=case.city, why=str(why), round=case.round, due_at=at)]


def draw(case: Case, pack: IntakePack) -> None:
    """随机抽取: by the case's id alone, so that anybody can draw it again and nobody can choose."""
    sample = pack.revisits.sample if pack.revisits else None
    if sample and case.state is State.REPLIED and not case.visits.drawn:
        case.visits.drawn = int.from_bytes(sha256(case.id.encode()).digest()[:4]) % 1000 < sample.per_mille


def attempted(case: Case, pack: IntakePack, *, reached: bool, wrong: bool, now: datetime) -> list[Event]:
    """After an attempt was recorded: what is due is done, or closed when the last call reached nobody either.

    `wrong`: not done or dissatisfied, and dispatch may have it done again.
    """
    why, visits = due(case), case.visits
    visits.attempted_at = now
    if not reached:
        _missed(case, now)
    elif why:
        _settle(case)
    rules = pack.revisits
    if rules is None or not why:
        return []
    if reached:
        waits = wrong and rules.dissatisfied == "verified"
        return [] if waits or why != Why.NOT_RATED else handling.close_unrated(case, at=now)
    if not _used_up(case, rules):
        return []
    _settle(case)
    return handling.close_unrated(case, at=now) if why == Why.NOT_RATED else []


def _settle(case: Case) -> None:
    """Reached, or called on all the days in vain: nobody is called again for the sample."""
    case.visits.due, case.visits.visited = "", True


def _missed(case: Case, now: datetime) -> None:
    visits, day = case.visits, day_in_china(now).isoformat()
    if visits.days_round != case.round:
        visits.days, visits.days_round = [], case.round
    if day not in visits.days:
        visits.days.append(day)


def _used_up(case: Case, rules: Revisits) -> bool:
    return case.visits.days_round == case.round and len(case.visits.days) >= rules.calls
