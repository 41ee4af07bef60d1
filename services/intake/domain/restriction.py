"""A restriction (限制使用): for a short time a number may be kept from the telephone; it ends by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chassis.domain import Event, Transitions
from services.intake.domain import events
from services.intake.domain import restriction_errors as errors
from services.intake.domain.calls import Call, Direction
from services.intake.domain.case import Case
from services.intake.domain.citizen import PHONE, Citizen
from services.intake.domain.errors import CitizenErased
from services.intake.domain.pack import IntakePack
from services.intake.domain.states import Channel
from services.intake.domain.telephone import power


class RestrictionState(StrEnum):
    IN_FORCE = "in_force"
    # Never written: who is restricted is free at the instant, whether or not any process runs.
    EXPIRED = "expired"
    LIFTED = "lifted"
    ERASED = "erased"


OVER = frozenset(set(RestrictionState) - {RestrictionState.IN_FORCE})
LIFE = Transitions({RestrictionState.IN_FORCE: set(OVER)}, final=OVER)


@dataclass(frozen=True)
class Grounds:
    """Why, in the pack's code and the supervisor's masked words, and what happened on the telephone."""

    code: str
    reason: str
    calls: Sequence[Call] = ()
    cases: Sequence[Case] = ()
    # What came of the calls: cases that are linked to them.
    linked: Sequence[Case] = ()

    @property
    def callers(self) -> frozenset[str]:
        return frozenset(call.citizen_id for call in self.calls) | {case.citizen_id for case in self.cases}

    @property
    def rested_on(self) -> frozenset[str]:
        return frozenset(call.id for call in self.calls) | {case.id for case in self.cases}

    @property
    def newest_at(self) -> datetime:
        return max([*(call.queued_at for call in self.calls), *(case.said_at for case in self.cases)])


@dataclass
class Restriction:
    """The number stands with its citizen alone, sealed, and as a keyed hash."""

    id: str
    city: str
    pack: str
    citizen_id: str
    ground: str
    basis: str
    reason: str
    restricted_by: str
    restricted_at: datetime
    ends_at: datetime
    call_ids: list[str] = field(default_factory=list)
    case_ids: list[str] = field(default_factory=list)
    state: RestrictionState = RestrictionState.IN_FORCE
    lifted_by: str = ""
    lifted_at: datetime | None = None
    lift_reason: str = ""
    version: int = 0

    def state_at(self, now: datetime) -> RestrictionState:
        over = self.state is RestrictionState.IN_FORCE and now >= self.ends_at
        return RestrictionState.EXPIRED if over else self.state

    def stands(self, now: datetime) -> bool:
        return self.state_at(now) is RestrictionState.IN_FORCE

    def stood_at(self, then: datetime) -> bool:
        """Of an instant that has gone by."""
        return self.restricted_at <= then < self.over_at and self.state is not RestrictionState.ERASED

    @property
    def over_at(self) -> datetime:
        return self.lifted_at or self.ends_at

    def move_to(self, state: RestrictionState, now: datetime) -> None:
        """Raises StepNotAllowed."""
        LIFE.check(self.state_at(now), state)
        self.state = state


def standing(restrictions: Iterable[Restriction], now: datetime) -> Restriction | None:
    return next((one for one in restrictions if one.stands(now)), None)


def restrict(
    citizen: Citizen,
    pack: IntakePack,
    grounds: Grounds,
    earlier: Sequence[Restriction],
    *,
    id: str,
    pack_name: str,
    ends_at: datetime,
    by: str,
    now: datetime,
) -> tuple[Restriction, Event]:
    """Raises an error of `restriction_errors`, CitizenErased."""
    rules = power(pack.restrictions, pack_name)
    ground = rules.ground(grounds.code)
    if not now < ends_at <= now + timedelta(hours=rules.most_hours):
        raise errors.RestrictionEndOutOfRange(field="end_time", hours=rules.most_hours)
    _check_caller(citizen, grounds)
    _check_earlier(grounds, earlier, now)
    one = Restriction(
        id=id,
        city=citizen.city,
        pack=pack_name,
        citizen_id=citizen.id,
        ground=ground.code,
        basis=str(rules.basis),
        reason=grounds.reason,
        restricted_by=by,
        restricted_at=now,
        ends_at=ends_at,
        call_ids=[call.id for call in grounds.calls],
        case_ids=[case.id for case in grounds.cases],
    )
    told = events.CallerRestricted(
        restriction_id=id,
        city=one.city,
        pack=pack_name,
        citizen_id=citizen.id,
        citizen_reachable=PHONE in (citizen.contact or {}),
        ground=one.ground,
        basis=one.basis,
        reason=ground.name.zh,
        cited=pack.cited(one.basis),
        appeal=rules.appeal.zh,
        restricted_by=by,
        restricted_at=now,
        ends_at=ends_at,
    )
    return one, told


def _check_caller(citizen: Citizen, grounds: Grounds) -> None:
    if not grounds.callers:
        raise errors.RestsOnNothing(field="calls")
    if grounds.callers != {citizen.id}:
        raise errors.NotOneCaller(field="calls")
    came_in = all(call.direction is Direction.INBOUND for call in grounds.calls)
    if not came_in or any(case.channel is not Channel.PHONE for case in grounds.cases):
        raise errors.NotByTelephone(field="calls")
    if any(case.emergency_class for case in grounds.cases):
        raise errors.RestsOnEmergency(field="cases")
    if any(case.emergency_class for case in grounds.linked):
        raise errors.RestsOnEmergency(field="calls")
    if citizen.erased_at is not None:
        raise CitizenErased()
    if not citizen.phone_hash:
        raise errors.NumberNotComparable()


def _check_earlier(grounds: Grounds, earlier: Sequence[Restriction], now: datetime) -> None:
    if standing(earlier, now):
        raise errors.RestrictedAlready()
    used = {id for one in earlier for id in (*one.call_ids, *one.case_ids)}
    if used & grounds.rested_on:
        raise errors.RestedOnBefore(field="calls")
    if earlier and grounds.newest_at < max(one.over_at for one in earlier):
        raise errors.NothingNewSince(field="calls")


def lift(one: Restriction, citizen: Citizen, *, reason: str, by: str, now: datetime) -> Event:
    """解除. Raises StepNotAllowed."""
    one.move_to(RestrictionState.LIFTED, now)
    one.lifted_by, one.lifted_at, one.lift_reason = by, now, reason
    return events.RestrictionLifted(
        restriction_id=one.id,
        city=one.city,
        pack=one.pack,
        citizen_id=one.citizen_id,
        citizen_reachable=PHONE in (citizen.contact or {}),
        lifted_by=by,
        lifted_at=now,
    )


def erase(one: Restriction, *, now: datetime) -> Event:
    """Its number is recognised no longer, and nobody reads any more why."""
    if one.stands(now):
        one.move_to(RestrictionState.ERASED, now)
    one.reason = one.lift_reason = ""
    return events.RestrictionErased(restriction_id=one.id, city=one.city, erased_at=now)
