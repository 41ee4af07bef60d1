"""Facts that count against a unit in its figures, each of which the unit may contest: read from clocks and opinions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from chassis.domain import DomainError, latest
from services.sla.domain.clock import Clock, State
from services.sla.domain.counting import counts, in_time
from services.sla.domain.opinion import Opinion
from services.sla.domain.rules import Kpi


class FactKind(StrEnum):
    """What can be contested."""

    BREACH = "breach"
    LATE_RETURN = "late_return"
    RATING = "rating"
    UNSOLVED = "unsolved"
    REVISIT = "revisit"
    REDO = "redo"


class NothingToContest(DomainError):
    """The figures hold no such fact: it never was, was taken back, or counts nowhere."""

    zh = "统计数据中没有这样的事实（{kind}）"
    en = "the figures hold no such fact ({kind})"


class FactNotClear(DomainError):
    """Several facts answer to what was said of it."""

    zh = "符合条件的事实有 {number} 项，请注明工单、单位、时限种类、轮次或到期时间"
    en = "{number} facts fit; name the order, unit, clock, round or deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One counted fact; `key` tells it from all others, whatever it is called."""

    kind: FactKind
    key: str
    city: str
    case_id: str
    work_order_id: str
    unit: str
    round: int
    pack: str
    # When it came to stand as it does: from then on a unit may contest it.
    counted_at: datetime
    # Of a missed limit.
    clock_id: str = ""
    clock: str = ""
    due_at: datetime | None = None

    def named(self) -> dict[str, Any]:
        """How every event about it names it."""
        return {
            "city": self.city,
            "case_id": self.case_id,
            "kind": str(self.kind),
            "clock_id": self.clock_id,
            "clock": self.clock,
            "work_order_id": self.work_order_id,
            "unit": self.unit,
            "round": self.round,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What somebody says of the fact that they mean; what is not said fits all."""

    kind: FactKind
    work_order_id: str = ""
    unit: str = ""
    clock: str = ""
    round: int = 0
    due_at: datetime | None = None

    def fits(self, fact: Fact) -> bool:
        said = ((part.name, getattr(self, part.name)) for part in fields(self))
        return all(not value or getattr(fact, name) == value for name, value in said)


def the_fact(meant: Meant, clocks: Iterable[Clock], opinions: Iterable[Opinion]) -> Fact:
    """Raises NothingToContest, FactNotClear."""
    found = [fact for fact in facts(list(clocks), opinions) if meant.fits(fact)]
    if not found:
        raise NothingToContest(kind=str(meant.kind))
    if len(found) > 1:
        raise FactNotClear(number=len(found))
    return found[0]


def facts(clocks: list[Clock], opinions: Iterable[Opinion]) -> Iterator[Fact]:
    """All of one case that count against somebody."""
    for clock in clocks:
        if counts(clock) and clock.kpi is not Kpi.NONE:
            yield from (_of_clock(kind, clock, at) for kind, at in _against(clock))
    for opinion in opinions:
        finish = next((c for c in clocks if c.work_order_id == opinion.id and c.kpi is Kpi.ON_TIME), None)
        if finish is not None:
            yield from _of_opinion(opinion, finish.pack)


def _against(clock: Clock) -> Iterator[tuple[FactKind, datetime]]:
    ended = latest(clock.due_at, clock.stopped_at) or clock.due_at
    if clock.late_return and clock.kpi is Kpi.ON_TIME:
        yield FactKind.LATE_RETURN, clock.stopped_at or clock.due_at
    if clock.state in (State.BREACHED, State.LATE) or (clock.late_return and ended > clock.due_at):
        yield FactKind.BREACH, ended
    if clock.state is State.MET and not in_time(clock):
        yield FactKind.BREACH, clock.denied_at or ended
    if clock.round > 1 and clock.kpi is Kpi.ON_TIME:
        yield FactKind.REDO, clock.started_at


def _of_clock(kind: FactKind, clock: Clock, counted_at: datetime) -> Fact:
    # A redo is all that it made the unit do once more; whatever else a clock says, it is one fact.
    whole = kind is FactKind.REDO
    return Fact(
        kind=kind,
        key=f"redo/{clock.work_order_id}/{clock.round}/{clock.unit}" if whole else clock.natural_key,
        city=clock.city,
        case_id=clock.case_id,
        work_order_id=clock.work_order_id,
        unit=clock.unit,
        round=clock.round,
        pack=clock.pack,
        counted_at=counted_at,
        clock_id="" if whole else clock.id,
        clock="" if whole else clock.kind,
        due_at=None if whole else clock.due_at,
    )


def _of_opinion(opinion: Opinion, pack: str) -> Iterator[Fact]:
    rating, answer = opinion.rating, opinion.answered
    if rating is not None and opinion.satisfied is False:
        yield _said(FactKind.RATING, opinion, pack, rating.round, rating.at)
    if answer is not None and not answer.solved:
        yield _said(FactKind.UNSOLVED, opinion, pack, answer.round, answer.at or opinion.due_at)
    if opinion.visit is not None and not opinion.visit.satisfied:
        yield _said(FactKind.REVISIT, opinion, pack, opinion.visit.round, opinion.visit.at)


def _said(kind: FactKind, opinion: Opinion, pack: str, round: int, counted_at: datetime) -> Fact:
    return Fact(
        kind=kind,
        key=f"{kind}/{opinion.id}/{round}",
        city=opinion.city,
        case_id=opinion.case_id,
        work_order_id=opinion.id,
        unit=opinion.unit,
        round=round,
        pack=pack,
        counted_at=counted_at,
    )
