"""Applies one event to the clocks that a pack connects with it. It knows events and clocks, and no regime."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from chassis.application import Ignored
from chassis.domain import Event, NotYet, Step, latest
from chassis.work import Work
from services.sla.application.correcting import correct, from_the_start, limit
from services.sla.application.extending import extend, use
from services.sla.application.foreign import Assigned, Happening, instant_of, subjects_of, watched_by
from services.sla.application.starting import facts_of
from services.sla.domain.clock import FINAL, Clock
from services.sla.domain.counting import leaves_no_trace, stays_overdue
from services.sla.domain.explanation import due_step, en_time, zh_time
from services.sla.domain.facts import Facts, fits
from services.sla.domain.limits import Deadline
from services.sla.domain.rulebook import PARTS, Pack, Part, Rulebook
from services.sla.domain.rules import ClockRule, Kpi, Watches

_LEADS = ("lead", "fallback_lead")
_SIGNED = "counted_from_sign_off"
_ACCEPTS = "intake"


@dataclass
class Timekeeping:
    """One event at work on the clocks of one case, policy, call or article."""

    type: str
    event: Happening
    work: Work
    book: Rulebook
    clocks: list[Clock] = field(init=False)
    pack: Pack = field(init=False)

    def __post_init__(self) -> None:
        self.clocks = [clock for key in subjects_of(self.event) for clock in self.work.find_by(Clock, *key)]
        self.known = self._context()
        self.pack = self._pack()
        self.at = instant_of(self.type, self.event)

    def observe(self) -> None:
        """Does to clocks what the pack says, in the order of the parts."""
        steps: dict[Part, Callable[[ClockRule], None]] = {
            "uses": partial(use, self),
            "moves": partial(extend, self),
            "corrects": partial(correct, self),
            "limits": partial(limit, self),
            "restarts": self._restart,
            "voids": self._void,
            "stops": self._stop,
            "cancels": self._cancel,
            "holds": self._hold,
            "releases": self._release,
            "starts": self._start,
        }
        for part in PARTS:
            for rule in self.pack.touching(part, self.type):
                steps[part](rule)

    # -- what the event concerns -------------------------------------------------------------------------------------

    def _pack(self) -> Pack:
        """The pack that the case is pinned to; without a case, that of the city."""
        if self.event.pack:
            return self.book.pack(self.event.pack)
        if self.known is not None:
            return self.book.pack(self.known.pack)
        if self.event.case_id and _publisher(self.type) == _ACCEPTS:
            # Its acceptance would have come before in the same stream: a case that only follows another has no clocks.
            raise Ignored("the case was never accepted")
        if self.event.case_id:
            raise NotYet(f"the case of {self.type} is not known yet")
        return self.book.pack_of_city(self.event.city)

    def _context(self) -> Clock | None:
        """A clock that knows the category, the round and the unit: of the assignment, else the order, else the case."""
        event = self.event
        same_order = [c for c in self.clocks if event.work_order_id and c.work_order_id == event.work_order_id]
        same_assignment = [c for c in same_order if event.assignment_id and c.assignment_id == event.assignment_id]
        of_the_order = same_assignment or [c for c in same_order if c.role in _LEADS] or same_order
        # Of a case that was handed over, each tenant's clocks follow its own pack.
        found = of_the_order or [c for c in self.clocks if c.city == event.city] or self.clocks
        return max(found, key=lambda c: (c.started_at, c.id), default=None)

    def _concerned(self, rule: ClockRule, *, whole_order: bool = False) -> Iterator[Clock]:
        for clock in self.clocks:
            if clock.kind == rule.kind and clock.state not in FINAL and self._belongs(clock, whole_order):
                yield clock

    def _belongs(self, clock: Clock, whole_order: bool) -> bool:
        event = self.event
        if clock.watches in (Watches.CASE, Watches.POLICY, Watches.CALL, Watches.ARTICLE):
            return True
        if clock.watches in (Watches.EXTENSION, Watches.SUPERVISION) and (asked := watched_by(event, clock.watches)):
            return clock.watched_id == asked
        if (event.work_order_id and clock.work_order_id != event.work_order_id) or 0 < event.round < clock.round:
            return False
        # Events of the order as a whole reach every assignment of it; those of a unit reach its own.
        whole = whole_order or self.type.startswith("dispatch.work_order_")
        return whole or not event.assignment_id or clock.assignment_id == event.assignment_id

    # -- what happens to clocks --------------------------------------------------------------------------------------

    def _other_due(self, rule: ClockRule, work_order_id: str) -> datetime | None:
        """The deadline of the clock of the same order that this one precedes, if it precedes one."""
        if rule.before is None:
            return None
        same_order = (c for c in reversed(self.clocks) if c.work_order_id == work_order_id)
        other = next((c for c in same_order if c.kind == rule.before.kind), None)
        if other is None:
            raise ValueError(f"{rule.kind} needs the clock {rule.before.kind} of its order")
        return other.due_at

    def _restart(self, rule: ClockRule) -> None:
        """The limit counts from this event; where that would be later, the first deadline stays."""
        for clock in self._concerned(rule):
            clock.restarted_at = self.at
            self.work.save(clock)
            timing = self.book.time_again(self.pack, clock.city, rule, clock.facts, self.at)
            if timing.deadline.due < clock.due_at:
                clock.limit = str(timing.limit)  # of two, the one that ends first may be another now
                zh, en = zh_time(self.at, starts=True), en_time(self.at, starts=True)
                step = Step(f"自 {zh} 签收起算", f"counted from the sign-off, {en}")
                self._moved(rule, clock, timing.deadline, _SIGNED, step)

    def _moved(self, rule: ClockRule, clock: Clock, to: Deadline, why: str, step: Step) -> None:
        last = self.book.last_extension(rule, clock.facts, to.due, clock.city, clock.grants)
        reminder = self.book.remind(rule, clock.started_at, to.due, last, clock.city)
        due = due_step(to.due)
        step = Step(f"{step.zh}，{due.zh}", f"{step.en}, {due.en}")
        if events := clock.move(to, last, why, self.at, step, reminder=reminder):
            self.work.save(clock, *events)

    def _void(self, rule: ClockRule) -> None:
        """The clocks that the supervisor named, of that round of the order; also those that ended late."""
        if rule.kind not in self.event.clocks:
            return
        step = Step("已认定不可抗力，超期不计", "force majeure is on record: a breach does not count")
        for clock in self.clocks:
            this_round = clock.watches is Watches.CASE or clock.round == self.event.round
            if clock.kind == rule.kind and this_round and self._belongs(clock, whole_order=True):
                events = clock.excuse(self.at, step)
                if events is not None:
                    self.work.save(clock, *events)

    def _stop(self, rule: ClockRule) -> None:
        self._wait_for_start(rule)
        judged = latest(*(getattr(self.event, name) for name in rule.judged_by)) or self.at
        self._remember(rule)
        for clock in self._concerned(rule):
            if not clock.begun_after(self.at):
                self.work.save(clock, *clock.stop(self.at, judged))

    def _remember(self, rule: ClockRule) -> None:
        """The act may answer an acceptance anew of which we have not heard yet."""
        if rule.watches is Watches.CASE and not self._in_one_stream(rule):
            newest = max((c for c in self.clocks if c.kind == rule.kind), key=lambda c: c.started_at)
            newest.acts.append(self.at)
            self.work.save(newest)

    def _wait_for_start(self, rule: ClockRule) -> None:
        """Order holds within one stream only: an act may arrive before the event of another that starts its clock."""
        if self._in_one_stream(rule):
            return
        known = (c for c in self.clocks if c.kind == rule.kind and self._belongs(c, whole_order=False))
        if not any(c.watches is Watches.CASE or self.event.round in (0, c.round) for c in known):
            raise NotYet(f"the clock {rule.kind} is not started yet")

    def _in_one_stream(self, rule: ClockRule) -> bool:
        """A publisher tells of one case or article in order; of a policy, and of what explains it, it does not."""
        if self.event.case_id:
            return any(_publisher(start) == _publisher(self.type) for start in rule.starts_on)
        return rule.watches is not Watches.POLICY or not self.event.policy_id

    def _cancel(self, rule: ClockRule) -> None:
        for clock in self._concerned(rule):
            late = stays_overdue(clock, self.type, why=self.event.why, late=self.event.late, at=self.at)
            if not clock.outlives(self.event.work_order_id, self.event.ground, self.at):
                self.work.save(clock, *clock.cancel(self.at, late_return=late))
        if leaves_no_trace(self.type, why=self.event.why, late=self.event.late):
            self._leave_out(rule)

    def _leave_out(self, rule: ClockRule) -> None:
        """Also what the unit kept or missed before its order left it so."""
        for clock in self.clocks:
            counted = clock.kind == rule.kind and clock.kpi is not Kpi.NONE and not clock.late_return
            if counted and clock.assignment_id == self.event.assignment_id:
                clock.left_out = True
                self.work.save(clock)

    def _hold(self, rule: ClockRule) -> None:
        for hold in rule.holds:
            for clock in self._concerned(rule) if hold.starts == self.type else ():
                if (events := clock.hold(hold.starts, self.at)) is not None:
                    self.work.save(clock, *events)

    def _release(self, rule: ClockRule) -> None:
        for hold in rule.holds:
            for clock in self._concerned(rule) if self.type in hold.ends else ():
                events = clock.release(hold.starts, self.at)
                if events is not None:
                    self.work.save(clock, *events)

    # -- new clocks --------------------------------------------------------------------------------------------------

    def _start(self, rule: ClockRule, known: Container[str] = ()) -> None:
        for assigned in self._started_for(rule):
            facts = facts_of(self.event, self.known, assigned)
            if assigned.assignment_id not in known and fits(rule.when, facts):
                clock = self._new(rule, facts, assigned)
                self.work.save(clock, clock.started(), *self._done_before(rule, clock))
                self.clocks.append(clock)

    def _done_before(self, rule: ClockRule, clock: Clock) -> list[Event]:
        """A case accepted anew may have been dispatched, or disputed, before we hear of it."""
        known = (at for other in self.clocks if other.kind == rule.kind for at in other.acts)
        acts = [at for at in known if not clock.begun_after(at)]
        return clock.stop(min(acts)) if acts else []

    def _started_for(self, rule: ClockRule) -> Iterator[Assigned]:
        """A dispatched order starts a clock for each assignment, or one for its lead."""
        event = self.event
        if not event.assignments:
            role = event.role or (self.known.role if self.known and event.assignment_id else "")
            yield Assigned(event.assignment_id, event.unit if rule.judges == "unit" else "", role)
        for assigned in event.assignments:
            if rule.watches is Watches.ASSIGNMENT or assigned.role in _LEADS:
                yield assigned

    def _new(self, rule: ClockRule, facts: Facts, assigned: Assigned) -> Clock:
        event = self.event
        start = instant_of(self.type, event, rule.starts_at)
        timing = self.book.time(self.pack, event.city, rule, facts, start, self._other_due(rule, event.work_order_id))
        watched = watched_by(event, rule.watches, assigned.assignment_id)
        clock = Clock(
            id=self.work.new_id(),
            city=event.city,
            pack=self.pack.ref,
            kind=rule.kind,
            watches=rule.watches,
            watched_id=watched,
            round=facts.round,
            occurrence=1 + sum(self._same(rule, watched, facts.round)),
            judges=rule.judges,
            kpi=rule.kpi,
            window=rule.window,
            started_at=start,
            due_at=timing.deadline.due,
            warn_at=timing.deadline.warn,
            last_extension_at=timing.last_extension,
            reminder=self.book.remind(rule, start, timing.deadline.due, timing.last_extension, event.city),
            rule=timing.entry.basis.rule,
            article=timing.entry.basis.article,
            limit=str(timing.limit),
            calendar=self.book.calendar(event.city).version,
            provisional=timing.deadline.provisional,
            beyond=timing.deadline.beyond,
            case_id=event.case_id,
            policy_id=event.policy_id,
            call_id=event.call_id,
            article_id=event.article_id,
            work_order_id=event.work_order_id,
            assignment_id=assigned.assignment_id,
            unit=assigned.unit,
            role=assigned.role,
            category=facts.category,
            item=facts.item,
            emergency_class=facts.emergency_class,
            citizen_reachable=facts.citizen_reachable,
            explain_only=facts.explain_only,
            supervision=facts.supervision,
            steps=self.book.explain(rule, timing, event.city),
            trace=self.work.origin.trace,
        )
        return from_the_start(self, rule, clock)

    def _same(self, rule: ClockRule, watched: str, round: int) -> Iterator[bool]:
        return ((c.kind, c.watched_id, c.round) == (rule.kind, watched, round) for c in self.clocks)


def _publisher(type: str) -> str:
    return type.partition(".")[0]
