"""A deadline found anew from the clock's own start: by corrected facts, or by another limit that the case has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from chassis.domain import Step
from chassis.policy import Basis
from services.sla.domain.clock_record import ClockRecord
from services.sla.domain.explanation import due_step, en_time, explain_before, limit_text, source, zh_time
from services.sla.domain.facts import Facts, fits
from services.sla.domain.limits import Deadline, Limit, Unit
from services.sla.domain.own_limits import OwnLimit
from services.sla.domain.reminder import Reminder
from services.sla.domain.rulebook import Pack, Rulebook, Timing
from services.sla.domain.rules import ClockRule, Floor, OwnLimitRule


class Counted(NamedTuple):
    """A deadline, the limit and article by which it was found, and how."""

    deadline: Deadline
    last_extension: datetime | None
    reminder: Reminder | None
    limit: str
    basis: Basis
    steps: list[Step]
    # Where limit and extensions end, whatever moment somebody has set.
    counted: datetime


class Least(NamedTuple):
    """What a change must leave: so much time from it, or all that there was; never more than the deadline before it."""

    since: datetime
    old_due: datetime
    limit: Limit
    basis: Basis


@dataclass(frozen=True)
class Anew:
    """What a clock counts by."""

    book: Rulebook
    pack: Pack
    city: str
    rule: ClockRule
    facts: Facts
    start: datetime
    own: Sequence[OwnLimit] = ()
    upstream_due_at: datetime | None = None
    restarted_at: datetime | None = None
    # Working days of extensions, and how many there were.
    extended: int = 0
    grants: int = 0
    # The deadline of the clock that this one precedes, if it precedes one.
    other_due: datetime | None = None

    def done(self, least: Least | None = None, kept: datetime | None = None) -> Counted:
        """`kept`: the deadline where the same limit governs as before. Raises NoLimitFits, OutsideCalendar."""
        if self.other_due is not None:
            return self._ahead(self.other_due)
        timing, steps = self._by_limit()
        due, steps = timing.deadline.due, [*steps, *self.book.explain(self.rule, timing, self.city)]
        unit = timing.limit.unit
        if self.extended:
            due = self.book.extended(self.pack, self.city, self.start, due, self.extended).due
            days = Step(f"已延期 {self.extended} 个工作日", f"extended by {self.extended} working days")
            steps, unit = [*steps, days, due_step(due)], Unit.WORKING_DAY
        if kept is not None and kept != due:
            due, steps = kept, [*steps, STAYS, due_step(kept)]
        elif kept is None and least and (floor := self._floor(least)) > due:
            due, steps = floor, [*steps, _left(least), due_step(floor)]
        governs, fixed = self.fixed_before(due)
        begins = timing.deadline.start
        found = self.until(governs) if fixed else self.book.until(self.pack, self.city, begins, due, unit)
        if not fixed and due == timing.deadline.due:
            found = found._replace(beyond=timing.deadline.beyond)
        return self._counted(found, timing.limit, timing.entry.basis, [*steps, *fixed], due)

    def governing(self) -> tuple[datetime, str]:
        """Where the limit that governs ends by itself, and which it is."""
        timing, _ = self._by_limit()
        return timing.deadline.due, str(timing.limit)

    def until(self, due: datetime) -> Deadline:
        """A moment that somebody has set, which no published calendar moves."""
        return self.book.until(self.pack, self.city, self.start, due)._replace(beyond=None)

    def fixed_before(self, due: datetime) -> tuple[datetime, list[Step]]:
        """The deadline, unless a moment that somebody has set governs."""
        steps: list[Step] = []
        for one, rule in self._own_rules():
            if one.due_at and (one.due_at < due or not rule.only_if_earlier):
                due, steps = one.due_at, [_set_by(one, rule), due_step(one.due_at)]
        if self.upstream_due_at and self.upstream_due_at < due:
            due, steps = self.upstream_due_at, [UPSTREAM, due_step(self.upstream_due_at)]
        return due, steps

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ahead(self, other_due: datetime) -> Counted:
        found, before = self.book.earlier_than(self.rule, other_due, self.start, self.pack, self.city)
        entry = self.pack.entry(self.rule.kind, self.facts)
        steps = explain_before(Step(self.rule.name.zh, self.rule.name.en), before, found, entry.basis)
        return self._counted(found, entry.limit, entry.basis, steps, found.due)

    def _counted(self, found: Deadline, limit: Limit, basis: Basis, steps: list[Step], counted: datetime) -> Counted:
        last = self.book.last_extension(self.rule, self.facts, found.due, self.city, self.grants)
        reminder = self.book.remind(self.rule, self.start, found.due, last, self.city)
        return Counted(found, last, reminder, str(limit), basis, steps, counted)

    def _by_limit(self) -> tuple[Timing, list[Step]]:
        """By the pack's limit, or by the other that governs; what was cited is told either way."""
        timing = self.book.time(self.pack, self.city, self.rule, self.facts, self.start)
        steps: list[Step] = []
        for one, rule in self._own_rules():
            if not one.limit:
                continue
            limit = Limit.parse(one.limit)
            other = self.book.time_by(self.pack, self.city, self.rule, self.facts, self.start, limit, rule.basis)
            steps.append(_set_by(one, rule))
            if other.deadline.due < timing.deadline.due or not rule.only_if_earlier:
                timing = other
            else:
                steps.append(_not_stricter(limit, rule.basis))
        if self.restarted_at is not None:
            again = self.book.time_again(self.pack, self.city, self.rule, self.facts, self.restarted_at)
            timing = again if again.deadline.due < timing.deadline.due else timing
        return timing, steps

    def _own_rules(self) -> Iterator[tuple[OwnLimit, OwnLimitRule]]:
        """What the pack counts, where it replaces the limit first, since the earlier of the rest governs then."""
        found = [(one, rule) for one in self.own if (rule := self.pack.own_limit(one.ground))]
        yield from sorted(found, key=lambda pair: (pair[1].only_if_earlier, pair[0].set_at, pair[0].ground))

    def _floor(self, least: Least) -> datetime:
        return min(least.limit.due(least.since, self.book.calendar(self.city)), least.old_due)


def anew_of(book: Rulebook, pack: Pack, rule: ClockRule, clock: ClockRecord, other_due: datetime | None = None) -> Anew:
    """By what a clock that runs is counted."""
    return Anew(
        book=book,
        pack=pack,
        city=clock.city,
        rule=rule,
        facts=clock.facts,
        start=clock.started_at,
        own=clock.own,
        upstream_due_at=clock.upstream_due_at,
        restarted_at=clock.restarted_at,
        extended=max(clock.extended.values(), default=0),
        grants=clock.grants,
        other_due=other_due,
    )


def least_of(floors: Sequence[Floor], facts: Facts, since: datetime, old_due: datetime) -> Least | None:
    """By the first of the pack's entries that fits; None: the limit counts whatever it leaves."""
    fitting = (floor for floor in floors if fits(floor.when, facts))
    return next((Least(since, old_due, floor.limit, floor.basis) for floor in fitting), None)


def least_by_own(pack: Pack, one: OwnLimit, facts: Facts, since: datetime, old_due: datetime) -> Least | None:
    """A limit leaves what the pack says; a moment that is fixed, or no longer, moves no limit."""
    rule = pack.own_limit(one.ground)
    return least_of(rule.never_before, facts, since, old_due) if rule and one.limit else None


STAYS = Step("时限不变，从此前确定的期限", "the limit is the same, so the deadline stands as before")
UPSTREAM = Step("上级平台期限更早，从其期限", "the upstream platform's earlier deadline governs")


def correction(pack: Pack, old: Facts, new: Facts, at: datetime) -> Step:
    """What was corrected, from what to what."""
    zh, en = [], []
    for field, what in (("category", "类别"), ("item", "清单事项"), ("emergency_class", "紧急类别")):
        was, is_ = getattr(old, field), getattr(new, field)
        if was != is_:
            before, after = pack.vocabulary.name(field, was), pack.vocabulary.name(field, is_)
            zh.append(f"{what}由“{before.zh}”更正为“{after.zh}”")
            en.append(f"{field.replace('_', ' ')} from “{before.en}” to “{after.en}”")
    told = Step("，".join(zh) or "诉求信息更正", ", ".join(en) or "facts of the case")
    return Step(
        f"{zh_time(at)} {told.zh}，自原起算点重新计算",
        f"corrected {en_time(at)}: {told.en}; counted anew from its start",
    )


def lifted(rule: OwnLimitRule, at: datetime) -> Step:
    return Step(f"{zh_time(at)} 撤销“{rule.name.zh}”的期限", f"the limit by {rule.name.en} was lifted {en_time(at)}")


def _left(least: Least) -> Step:
    words, basis = limit_text(least.limit), source(least.basis.rule, least.basis.article)
    return Step(
        f"自更改之时起至少留 {words.zh}，但不晚于原期限（{basis.zh}）",
        f"the change leaves at least {words.en}, though not more than the deadline before it ({basis.en})",
    )


def _set_by(one: OwnLimit, rule: OwnLimitRule) -> Step:
    cited = one.cited
    zh, en = f"{rule.name.zh}：{cited.zh}" if cited.zh else rule.name.zh, f"{rule.name.en}: {cited.en}".rstrip(": ")
    return Step(f"{zh_time(one.set_at)} 登记{zh}", f"on record since {en_time(one.set_at)}: {en}")


def _not_stricter(limit: Limit, basis: Basis) -> Step:
    words, told = limit_text(limit), source(basis.rule, basis.article)
    return Step(
        f"其期限 {words.zh} 不严于本办法，仍从本办法（{told.zh}）",
        f"its limit of {words.en} is not stricter, so the pack's own stays ({told.en})",
    )
