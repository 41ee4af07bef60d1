"""专家: whom a unit names to answer callers, at a seat of the hotline or by a transfer (F21 3(1), S24 art. 8(3))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from chassis.domain import Event, Sealed, StepNotAllowed, Transitions
from services.intake.domain import expert_errors as errors
from services.intake.domain.case import Case
from services.intake.domain.errors import TooOften
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import ExpertCall, ExpertOutcome, ExpertReached
from services.intake.domain.states import State
from services.intake.domain.telephone import expert_rules

MOST_OF_UNIT = 50
MOST_CALLS = 20
"""Attempts for one case."""
_SHANGHAI = timezone(timedelta(hours=8))


class ExpertState(StrEnum):
    NAMED = "named"
    ENDED = "ended"


EXPERT = Transitions({ExpertState.NAMED: {ExpertState.ENDED}}, final={ExpertState.ENDED})


@dataclass(frozen=True)
class Hours:
    """From one time of the day to another ("09:00"), in China, on these days of the week (1: Monday)."""

    days: list[int]
    start: str
    end: str

    def hold(self, now: datetime) -> bool:
        local = now.astimezone(_SHANGHAI)
        return local.isoweekday() in self.days and self.start <= f"{local:%H:%M}" < self.end


@dataclass(frozen=True)
class Term:
    """What an expert is named for: the field, how and when they are reached, from and until which instant."""

    reached: ExpertReached
    categories: list[str]
    keywords: list[str]
    hours: list[Hours]
    since: datetime
    until: datetime | None = None

    def check(self, pack: IntakePack, pack_name: str, now: datetime) -> None:
        """Raises an error of `expert_errors`, UnknownCategory."""
        rules = expert_rules(pack.experts, pack_name)
        if self.reached not in rules.reached:
            raise errors.NotReachedSo(field="reached", reached=self.reached, basis=str(rules.basis))
        if not self.categories and not self.keywords:
            raise errors.FieldOfExpertMissing(field="categories")
        for category in self.categories:
            pack.category(category)
        if self.reached is ExpertReached.SEAT and not self.hours:
            raise errors.SeatHoursMissing(field="hours")
        if any(one.end <= one.start for one in self.hours):
            raise errors.HoursOutOfOrder(field="hours")
        if self.until is not None and self.until <= max(self.since, now):
            raise errors.ExpertPeriodOutOfOrder(field="end_time")


@dataclass
class Expert:
    """Name and number are the staff's, sealed with the service's own key, and gone once the expert is ended."""

    id: str
    city: str
    unit: str
    pack: str
    basis: str
    term: Term
    sealed: bytes
    named_by: str
    named_at: datetime
    state: ExpertState = ExpertState.NAMED
    ended_by: str = ""
    ended_at: datetime | None = None
    end_reason: str = ""
    version: int = 0

    def over(self, now: datetime) -> bool:
        """At its instant, whether or not anybody ends it."""
        return self.state is ExpertState.ENDED or (self.term.until is not None and self.term.until <= now)

    def in_office(self, now: datetime) -> bool:
        return self.term.since <= now and not self.over(now)

    def on_duty(self, now: datetime) -> bool:
        """Without hours always; holidays are not looked at, since a seat that is empty is told as not reached."""
        hours = self.term.hours
        return self.in_office(now) and (not hours or any(one.hold(now) for one in hours))

    def fit(self, category: str, text: str) -> int:
        """How well the field fits, a word that was said counting more than the category; 0: not at all."""
        said = sum(word in text for word in self.term.keywords)
        return 2 * said + (category in self.term.categories)

    def end(self, *, reason: str, by: str, now: datetime) -> None:
        """Of who has left nothing stays but that the unit had an expert of this field. Raises StepNotAllowed."""
        EXPERT.check(self.state, ExpertState.ENDED)
        self.state, self.sealed = ExpertState.ENDED, b""
        self.ended_by, self.ended_at, self.end_reason = by, now, reason


@dataclass(frozen=True)
class Sought:
    """Of whom an expert is wanted: of a unit, of a category, for what was said; empty: of any."""

    unit: str = ""
    category: str = ""
    text: str = ""
    found: int = field(default=20)

    def among(self, experts: Iterable[Expert], now: datetime) -> list[Expert]:
        """Who is on duty now and fits, the best first."""
        any_field = not self.category and not self.text
        here = [one for one in experts if one.on_duty(now) and self.unit in ("", one.unit)]
        scored = [(one.fit(self.category, self.text), one) for one in here]
        fitting = [(score, one) for score, one in scored if score or any_field]
        return [one for _, one in sorted(fitting, key=lambda pair: (-pair[0], pair[1].id))][: self.found]


def check_room(of_unit: Sequence[Expert], now: datetime) -> None:
    """Raises TooManyExperts."""
    if sum(not one.over(now) for one in of_unit) >= MOST_OF_UNIT:
        raise errors.TooManyExperts(most=MOST_OF_UNIT)


def put_through(
    case: Case, one: Expert, outcome: ExpertOutcome, *, answer: Sealed | None, by: str, now: datetime
) -> list[Event]:
    """转接专家: answered, the case ends as answered directly; otherwise it goes on as if nobody had been asked.

    The hours are not looked at: a call that began in them may end after them. Raises StepNotAllowed once the case is
    decided, TooOften, ExpertNotInOffice.
    """
    if case.state is not State.REGISTERED:
        raise StepNotAllowed(state=case.state, step=State.ANSWERED)
    if len(case.expert_calls) >= MOST_CALLS:
        raise TooOften(most=MOST_CALLS)
    if not one.in_office(now):
        raise errors.ExpertNotInOffice(field="expert")
    case.expert_calls.append(ExpertCall(one.id, one.unit, one.term.reached, outcome, by, now))
    return case.answer_now(article_id="", answer=answer, now=now) if outcome is ExpertOutcome.ANSWERED else []
